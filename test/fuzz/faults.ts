import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { ensureServer } from "../../src/server/embedded-server.ts";

/** A change to a copy of `src` that makes it wrong; `from` must stand in the file exactly once. */
interface PlantedFault {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const faults: readonly PlantedFault[] = [
  {
    name: "an append is made twice",
    file: "src/io/save-delta.ts",
    from: "await committing(request, () => store.append(frame, { ...options, ...txn }));",
    to: "for (const _ of [1, 2]) await committing(request, () => store.append(frame, options));",
  },
  {
    name: "a replaced window loses the rows of other days",
    file: "src/io/save-delta.ts",
    from: "store.overwrite(frame, windowCondition(request), options)",
    to: 'store.overwrite(frame, "true", options)',
  },
  {
    name: "a merge ignores NULL keys",
    file: "src/io/merge-into.ts",
    from: " <=> source.",
    to: " = source.",
  },
  {
    name: "a window ends a day too late",
    file: "src/io/day-window.ts",
    from: "} < DATE'$",
    to: "} <= DATE'$",
  },
  {
    name: "a resume keeps a node that failed",
    file: "src/execution/resume/decide.ts",
    from: "(hasSucceeded(record) ? (facts.written",
    to: '(["success", "failed"].includes(record.state) ? (facts.written',
  },
  {
    name: "declared columns are taken by position",
    file: "src/io/declared-schema.ts",
    from: "frame.select(...columns.map(({ name }) => col(quoteName(name)).alias(name)))",
    to: "frame.toDF(...columns.map(({ name }) => name))",
  },
  {
    name: "declared types are not used to read",
    file: "src/io/load-input.ts",
    from: "const declared = schema !== undefined &&",
    to: "const declared = schema === undefined &&",
  },
  {
    name: "a check refuses nothing",
    file: "src/io/save-output.ts",
    from: "refuseViolations(dataset, checks, checked);",
    to: "",
  },
  {
    name: "an overwrite keeps partitions",
    file: "src/io/delta-store.ts",
    from: '{ partitionOverwriteMode: "static" }',
    to: "{}",
  },
  {
    name: "a common table expression does not hide a dataset of its name",
    file: "src/sql-text/query-scanner.ts",
    from: "this.#local.has(only.toLowerCase())",
    to: "false",
  },
  {
    name: "nodes share their session",
    file: "src/execution/node-executor.ts",
    from: "new NodeAttempt(base, this.#mayShare(name))",
    to: "new NodeAttempt(base, true)",
  },
];

/** What Spark needs of the tree, copied; the rest is linked. */
function copyOfTree(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), "fuzz-fault-"));
  for (const name of ["src", "test"]) cpSync(join(root, name), join(copy, name), { recursive: true });
  for (const name of ["gen", "node_modules", "docker", "package.json"]) {
    symlinkSync(join(root, name), join(copy, name));
  }
  return copy;
}

export interface FaultsResult {
  readonly found: number;
  readonly missed: readonly string[];
}

/** Puts each fault in a copy of the tree and fuzzes it until the fault is found, `seconds` at most. */
export async function tryFaults(options: {
  readonly seed: number;
  readonly seconds: number;
  readonly only?: string | undefined;
}): Promise<FaultsResult> {
  const root = join(import.meta.dirname, "../..");
  const folder = join(tmpdir(), "sparkwright-test-project");
  mkdirSync(folder, { recursive: true });
  const { remote } = await ensureServer(folder, { needsDelta: true });
  const missed: string[] = [];
  const tried = faults.filter(({ name }) => name.includes(options.only ?? ""));
  for (const fault of tried) {
    const copy = copyOfTree(root);
    try {
      const file = join(copy, fault.file);
      const before = readFileSync(file, "utf8");
      const pieces = before.split(fault.from);
      if (pieces.length !== 2) {
        missed.push(
          `${fault.name}: its text stands ${pieces.length - 1} times in ${fault.file}, so it does not apply any more`,
        );
        continue;
      }
      writeFileSync(file, pieces.join(fault.to));
      const started = performance.now();
      const found = await fuzzCopy(copy, remote, options);
      const took = ((performance.now() - started) / 1_000).toFixed(0);
      if (found === undefined) missed.push(`${fault.name}: not found in ${took} s`);
      console.log(
        `${found === undefined ? "missed" : "found "} after ${took.padStart(4)} s: ${fault.name}${found === undefined ? "" : `\n        by ${found}`}`,
      );
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
  return { found: tried.length - missed.length, missed };
}

/** What was found first, if anything. */
async function fuzzCopy(
  copy: string,
  remote: string,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): Promise<string | undefined> {
  const args = [
    "--only",
    "pipelines",
    "--first",
    "--no-keep",
    "--seed",
    String(seed),
    "--seconds",
    String(seconds),
  ];
  const child = spawn(process.execPath, [join(copy, "test/fuzz/run.ts"), ...args], {
    cwd: copy,
    env: { ...process.env, SPARK_REMOTE: remote },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = await text(child.stdout);
  return /^found {2}(.*)$/m.exec(output)?.[1];
}
