/**
 * What a node costs that does nothing, with durable state: ours against Dagster and Prefect, each with its SQLite
 * storage. Same run, interleaved, everybody warm.
 *
 *     node bench/engine/engine.bench.ts [rounds] [nodes of the graphs that Dagster runs]
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { python } from "../harness/python.ts";
import { report } from "../harness/report.ts";
import { median, spread } from "../harness/statistics.ts";
import { Worker } from "../harness/worker.ts";
import { shapes } from "./shapes.ts";

interface Rival {
  readonly name: string;
  /** How many nodes each of its graphs has: who takes long for a node gets fewer of them. */
  readonly nodes: readonly number[];
  readonly start: (graphs: string) => Worker;
}

const rounds = Number(process.argv[2] ?? 5);
const rivalNodes = Number(process.argv[3] ?? 1_000);
const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), "sparkwright-bench-shapes-"));
const program = (script: string) => join(here, script);

const rivals: readonly Rival[] = [
  {
    name: "sparkwright",
    nodes: [1_000, 10_000],
    start: (graphs) => new Worker(process.execPath, [program("ours.ts"), graphs]),
  },
  {
    name: "Dagster 1.13.29",
    nodes: [rivalNodes],
    start: (graphs) =>
      new Worker(python("dagster", "dagster==1.13.29"), [program("dagster_engine.py"), graphs]),
  },
  {
    name: "Prefect 3.9.1",
    nodes: [Math.ceil(rivalNodes / 5)],
    start: (graphs) =>
      new Worker(python("prefect", "prefect==3.9.1"), [program("prefect_engine.py"), graphs]),
  },
];

/** One graph of one engine: its milliseconds per node, a sample for each round. */
interface Series {
  readonly rival: string;
  readonly shape: string;
  readonly nodes: number;
  readonly worker: Worker;
  readonly samples: number[];
}

const command = (shape: string, nodes: number) => `${shape.replaceAll(" ", "-")}-${nodes}`;

function startRival({ name, nodes, start }: Rival): Series[] {
  const graphs = Object.entries(shapes).flatMap(([shape, of]) =>
    nodes.map((count) => ({ shape, nodes: count, graph: of(count) })),
  );
  const file = join(folder, `${name}.json`);
  const contents = graphs.map(({ shape, nodes: count, graph }) => [command(shape, count), graph]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(contents)));
  const worker = start(file);
  return graphs.map(({ shape, nodes: count }) => ({ rival: name, shape, nodes: count, worker, samples: [] }));
}

const all = rivals.flatMap(startRival);
for (let round = -1; round < rounds; round++) {
  // Nobody always comes after the same neighbour.
  const order = [...all];
  order.push(...order.splice(0, Math.max(0, round) % order.length));
  for (const { shape, nodes, worker, samples } of order) {
    const [ms = Number.NaN] = await worker.ask(command(shape, nodes));
    if (round >= 0) samples.push(ms / nodes);
  }
}
for (const worker of new Set(all.map((series) => series.worker))) worker.stop();
rmSync(folder, { recursive: true });

const find = (rival: string, shape: string, nodes: number): number =>
  median(all.find((one) => one.rival === rival && one.shape === shape && one.nodes === nodes)?.samples ?? []);
const atThousand = (shape: string) => find("sparkwright", shape, 1_000);

report("engine", "What a node costs that does nothing", [
  `Milliseconds per node, ${rounds} interleaved rounds after one to warm up; state in SQLite everywhere, our run log included. Targets: below 1 ms, at least 20x faster than the better rival, flat to 10,000 nodes. What starting a run costs weighs more on engines with fewer nodes. Spread is min–max.`,
  [
    ["graph", "engine", "nodes", "median ms per node", "spread ms", "time relative to ours"],
    ...Object.keys(shapes).flatMap((shape) =>
      all
        .filter((one) => one.shape === shape && one.nodes <= 1_000)
        .map(({ rival, nodes, samples }) => [
          shape,
          rival,
          nodes.toLocaleString("en"),
          median(samples).toFixed(3),
          spread(samples, 3),
          `${(median(samples) / atThousand(shape)).toFixed(1)}x`,
        ]),
    ),
  ],
  "Flat: sparkwright with ten times the nodes.",
  [
    ["graph", "ms per node of 1,000", "ms per node of 10,000", "ratio"],
    ...Object.keys(shapes).map((shape) => {
      const many = find("sparkwright", shape, 10_000);
      return [
        shape,
        atThousand(shape).toFixed(3),
        many.toFixed(3),
        `${(many / atThousand(shape)).toFixed(2)}x`,
      ];
    }),
  ],
]);
