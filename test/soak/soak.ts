import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureServer, stopServer } from "../../src/server/embedded-server.ts";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { openRunStore } from "../../src/state/sqlite-run-store.ts";
import { countOperations, type ServerCount } from "./operations.ts";
import { contents, doubledCommits, makeProject, type SoakProject } from "./project.ts";

export interface SoakOptions {
  readonly kills: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

export interface SoakResult {
  readonly kills: number;
  readonly trials: number;
  /** Trials whose tables are those of the undisturbed run, with no commit doubled. */
  readonly equal: number;
  readonly faults: readonly string[];
  /** How often each decision was made, over all resumes. */
  readonly decisions: Readonly<Record<string, number>>;
  readonly server: ServerCount;
  readonly seconds: number;
}

const bin = join(import.meta.dirname, "../../src/cli/bin.ts");
const mostResumes = 20;

/** Kills the runner of a pipeline at random moments, resumes it until it succeeds, and compares what is there then. */
export async function soak({ kills, seed, log }: SoakOptions): Promise<SoakResult> {
  const startedAt = performance.now();
  const random = mulberry32(seed);
  const folder = mkdtempSync(join(tmpdir(), "soak-server-"));
  const events = join(folder, "events");
  mkdirSync(events);
  const server = await ensureServer(folder, {
    onProgress: log,
    needsDelta: true,
    conf: {
      "spark.eventLog.enabled": "true",
      "spark.eventLog.dir": `file://${events}`,
      "spark.eventLog.compress": "false",
      "spark.eventLog.rolling.enabled": "false",
      "spark.ui.enabled": "false",
    },
  });
  const spark = new SparkSession({ remote: server.remote });
  const faults: string[] = [];
  const decisions: Record<string, number> = {};
  const projects: SoakProject[] = [];
  const project = async (db: string) => {
    const made = await makeProject(spark, db);
    projects.push(made);
    return made;
  };
  const sparkwright = (args: readonly string[], root: string, killAfterMs?: number) =>
    runCommand([...args, "--project", root], { SPARK_REMOTE: server.remote }, killAfterMs);
  let done = 0;
  let trials = 0;
  let equal = 0;
  try {
    // The first run of a server's life is slow; the second says what one takes.
    const warm = await sparkwright(["run", "p"], (await project("soak_warm")).root);
    log(`the first run took ${Math.round(warm.ms)} ms: exit ${warm.code}`);
    const undisturbed = await project("soak_undisturbed");
    const reference = await sparkwright(["run", "p"], undisturbed.root);
    if (reference.code !== 0) throw new Error(`the undisturbed run failed:\n${reference.output}`);
    const expected = await contents(spark, undisturbed.db);
    log(`seed ${seed}, an undisturbed run takes ${Math.round(reference.ms)} ms`);
    // Later runs are faster, and a kill that comes after the end is none.
    let shortest = reference.ms;

    while (done < kills) {
      trials += 1;
      const { root, db } = await project(`soak_${trials}`);
      const story: string[] = [];
      let code: number | null = null;
      for (let step = 0; code !== 0 && step < mostResumes; step += 1) {
        const store = openRunStore(root);
        const recorded = store.listRuns(1).length > 0;
        store.close();
        // Resumes are killed too, now and then.
        const kill = done < kills && (step === 0 || random() < 0.4);
        const killAfterMs = kill ? Math.round(300 + random() * (shortest - 300)) : undefined;
        const result = await sparkwright(recorded ? ["resume"] : ["run", "p"], root, killAfterMs);
        code = result.code;
        if (result.killed) done += 1;
        else if (!recorded) shortest = Math.min(shortest, result.ms);
        story.push(
          result.killed ? `killed at ${killAfterMs} ms` : `${recorded ? "resumed" : "ran"}: ${code}`,
        );
        if (!result.killed && code !== 0) faults.push(`${db}: exit ${code}\n${result.output}`);
        for (const [, decision = ""] of result.output.matchAll(
          /: (kept|settled|runs|needs|blocked)\b.* because/g,
        )) {
          decisions[decision] = (decisions[decision] ?? 0) + 1;
        }
      }
      const wrong = await differences(spark, db, expected, code);
      if (wrong.length === 0) equal += 1;
      faults.push(...wrong);
      log(`trial ${trials} (${done}/${kills} kills): ${story.join(", ")}: ${wrong.join("; ") || "equal"}`);
      await spark.sql(`drop database ${db} cascade`);
    }
  } finally {
    await spark.stop();
    await stopServer(folder, { onProgress: log });
  }
  const counted = await countOperations(events);
  for (const { root } of projects) rmSync(root, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return { kills: done, trials, equal, faults, decisions, server: counted, seconds };
}

async function differences(
  spark: SparkSession,
  db: string,
  expected: Readonly<Record<string, string>>,
  code: number | null,
): Promise<string[]> {
  if (code !== 0) return [`${db}: it did not end well within ${mostResumes} resumes`];
  const actual = await contents(spark, db);
  const wrong = Object.keys(expected).filter((table) => actual[table] !== expected[table]);
  return [
    ...wrong.map((table) => `${db}.${table}: ${actual[table]} instead of ${expected[table]}`),
    ...(await doubledCommits(spark, db)).map((commit) => `${db}: committed twice: ${commit}`),
  ];
}

interface CommandResult {
  readonly code: number | null;
  readonly killed: boolean;
  readonly output: string;
  readonly ms: number;
}

async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  killAfterMs: number | undefined,
): Promise<CommandResult> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      output += piece;
    });
  }
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once("close", (...ended) => resolve(ended));
  });
  clearTimeout(timer);
  return { code, killed: signal === "SIGKILL", output, ms: performance.now() - startedAt };
}

/** A small generator of random numbers that a seed repeats. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
