/**
 * Four nodes that each wait 2 s on a server of eight cores: what the engine adds to the wait, at four nodes at once and
 * at one. A bound that is missed is an error.
 *
 *     node bench/engine/waiting.bench.ts [rounds]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/config/load-project.ts";
import { EventBus } from "../../src/events/event-bus.ts";
import { runPipeline } from "../../src/execution/run-pipeline.ts";
import { planRun } from "../../src/planning/run-plan.ts";
import { ensureServer, stopServer } from "../../src/server/embedded-server.ts";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { openRunStore } from "../../src/state/sqlite-run-store.ts";
import { report, type Table } from "../harness/report.ts";
import { median, spread } from "../harness/statistics.ts";

const rounds = Number(process.argv[2] ?? 5);
/** A server that has just started compiles its own code first. */
const warmUps = 8;
const waitMs = 2_000;
const names = ["a", "b", "c", "d"];
const root = mkdtempSync(join(tmpdir(), "sparkwright-bench-waiting-"));
writeFileSync(
  join(root, "config.yaml"),
  `nodes:\n${names
    .map((name) => `  ${name}: { sql: "select reflect('java.lang.Thread', 'sleep', ${waitMs}L)" }\n`)
    .join("")}`,
);

/** From the start of the first node to the end of the last, ms. */
async function nodePhaseMs(remote: string, maxParallelNodes: number): Promise<number> {
  const project = await loadProject(root);
  const [pipeline = ""] = project.pipelines.keys();
  const plan = planRun(project, pipeline, { maxParallelNodes });
  const bus = new EventBus();
  let [first, last] = [0, 0];
  bus.subscribe("bench", ({ type }) => {
    if (type === "node_started") first ||= performance.now();
    if (type === "node_succeeded") last = performance.now();
  });
  const store = openRunStore(root);
  const openSession = async () => {
    const session = await SparkSession.builder().remote(remote).create();
    await session.version();
    return session;
  };
  const summary = await runPipeline({ project, plan, openSession, store, bus });
  store.close();
  if (summary.completed !== names.length) throw new Error(`only ${summary.completed} nodes were completed`);
  return last - first;
}

const bounds: Readonly<Record<number, (ms: number) => boolean>> = {
  4: (ms) => ms < 2_300,
  1: (ms) => ms > 8_000,
};
const given = process.env["SPARK_REMOTE"];
const remote =
  given ||
  (await ensureServer(root, { onProgress: console.error, conf: { "spark.master": "local[8]" } })).remote;
try {
  for (let round = 0; round < warmUps; round++) await nodePhaseMs(remote, 4);
  const table: string[][] = [["nodes at once", "median", "range", "over the wait"]];
  for (const places of [4, 1]) {
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) samples.push(await nodePhaseMs(remote, places));
    const wait = (waitMs * names.length) / places;
    table.push([
      String(places),
      `${median(samples).toFixed(0)} ms`,
      `${spread(samples, 0)} ms`,
      `${(median(samples) - wait).toFixed(0)} ms`,
    ]);
    if (!samples.every(bounds[places] ?? (() => true))) process.exitCode = 1;
  }
  report("waiting", "Four nodes that each wait 2 s", [table as Table]);
} finally {
  if (!given) await stopServer(root);
  rmSync(root, { recursive: true, force: true });
}
