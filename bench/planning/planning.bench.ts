/**
 * Time to plan: from YAML and alone, at three sizes; and whole commands next to an empty Node, cold start included.
 *
 *     node bench/planning/planning.bench.ts [rounds]
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/config/load-project.ts";
import { planRun } from "../../src/planning/run-plan.ts";
import { report } from "../harness/report.ts";
import { median, spread } from "../harness/statistics.ts";
import { makeProject } from "./make-project.ts";

const rounds = Number(process.argv[2] ?? 15);
const sizes = [1_000, 10_000, 100_000];
const repository = join(import.meta.dirname, "../..");
const root = mkdtempSync(join(tmpdir(), "sparkwright-bench-"));
const folderOf = (size: number): string => join(root, String(size));
for (const size of sizes) makeProject(folderOf(size), size);

async function planTimes(size: number): Promise<{ load: number[]; plan: number[] }> {
  const times = { load: [] as number[], plan: [] as number[] };
  for (let round = 0; round < (size > 10_000 ? 3 : 5); round++) {
    globalThis.gc?.();
    const started = performance.now();
    const project = await loadProject(folderOf(size));
    const loaded = performance.now();
    const { nodes } = planRun(project, "bench");
    if (nodes.length !== size) throw new Error(`planned ${nodes.length} nodes of ${size}`);
    times.load.push(loaded - started);
    times.plan.push(performance.now() - loaded);
  }
  return times;
}

const planRows: string[][] = [];
for (const size of sizes) {
  const { load, plan } = await planTimes(size);
  const both = load.map((ms, index) => ms + (plan[index] ?? 0));
  planRows.push([
    size.toLocaleString("en-US"),
    median(both).toFixed(0),
    ((median(both) * 1_000) / size).toFixed(1),
    median(plan).toFixed(1),
    ((median(plan) * 1_000) / size).toFixed(2),
  ]);
}

const source = join(repository, "src/cli/bin.ts");
const built = join(repository, "dist/src/cli/bin.js");
const bench = ["--project", folderOf(1_000)];
const flights = ["--project", join(repository, "examples/flights")];
const commands: Readonly<Record<string, readonly string[]>> = {
  "node -e 0": ["-e", "0"],
  "plan, 1,000 nodes (source)": [source, "plan", "bench", ...bench],
  "list, flights (source)": [source, "list", ...flights],
  ...(existsSync(built) && {
    "plan, 1,000 nodes (built)": [built, "plan", "bench", ...bench],
    "list, flights (built)": [built, "list", ...flights],
  }),
};
const samples = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
for (let round = -1; round < rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    if (status !== 0) throw new Error(`${name}: ${String(stderr)}`);
    // The first round fills Node's compile cache, as the first command of a user does.
    if (round >= 0) samples.get(name)?.push(performance.now() - started);
  }
}
const empty = median(samples.get("node -e 0") ?? []);
rmSync(root, { recursive: true });

report("planning", "Planning", [
  "A project in ten layers, each node with a function, an output and two inputs. `load` reads and checks the YAML.",
  [["nodes", "load and plan, ms", "µs a node", "plan alone, ms", "µs a node"], ...planRows],
  `Whole commands in processes of their own, ${rounds} interleaved rounds; targets: \`plan\` of 1,000 nodes within 10x of an empty \`node -e 0\`, \`list\` within 7x. Spread is min–max or p10–p90.`,
  [
    ["command", "median ms", "spread ms", "of an empty Node"],
    ...[...samples].map(([name, values]) => [
      name,
      median(values).toFixed(0),
      spread(values, 0),
      `${(median(values) / empty).toFixed(1)}x`,
    ]),
  ],
]);
