/**
 * daily_etl against the same five steps as a plain PySpark script, one after the other.
 * Same server, same run, interleaved, everybody warm: the concurrency has to pay for the orchestration.
 *
 *     node bench/flights/flights.bench.ts [rounds]
 */
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { python } from "../harness/python.ts";
import { report } from "../harness/report.ts";
import { benchServer } from "../harness/server.ts";
import { median, spread } from "../harness/statistics.ts";
import { Worker } from "../harness/worker.ts";

const rounds = Number(process.argv[2] ?? 7);
const warmUps = 2;
const here = import.meta.dirname;
const remote = await benchServer();
const data = realpathSync(join(here, "../../node_modules/vega-datasets/data"));
const pyspark = python("pyspark-client", "pyspark-client==4.2.0");
const plain = new Worker(pyspark, [join(here, "plain_etl.py"), remote, data], {
  SPARK_CONNECT_MODE_ENABLED: "1",
});

const rivals: Readonly<Record<string, Worker>> = {
  "plain PySpark script": plain,
  "sparkwright, 4 nodes at once": new Worker(process.execPath, [join(here, "ours.ts"), remote, "4"]),
  "sparkwright, 1 node at once": new Worker(process.execPath, [join(here, "ours.ts"), remote, "1"]),
};

const samples = new Map(Object.keys(rivals).map((name) => [name, [] as number[]]));
for (let round = -warmUps; round < rounds; round++) {
  for (const [name, worker] of Object.entries(rivals)) {
    const times = await worker.ask("etl");
    if (round >= 0) samples.get(name)?.push(...times);
  }
}
await plain.ask("check");
for (const worker of Object.values(rivals)) worker.stop();

const base = median(samples.get("plain PySpark script") ?? []);
report("flights", "daily_etl against a plain PySpark script", [
  `January 2001 out of 3,000,000 flights, all writes to Delta; ${rounds} interleaved rounds after ${warmUps} to warm up; target: a ratio of at most 1. Spread is min–max.`,
  [
    ["what", "median ms", "spread ms", "ratio to plain PySpark"],
    ...[...samples].map(([name, values]) => [
      name,
      median(values).toFixed(0),
      spread(values, 0),
      `${(median(values) / base).toFixed(2)}x`,
    ]),
  ],
]);
