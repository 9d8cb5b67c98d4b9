/**
 * Latency of a trivial query, and a million rows to row objects: ours against two Python clients.
 * Same server, same run, interleaved, everybody warm.
 *
 *     node bench/client/client.bench.ts [rounds]
 */
import { join } from "node:path";
import { python } from "../harness/python.ts";
import { report } from "../harness/report.ts";
import { benchServer } from "../harness/server.ts";
import { median, spread } from "../harness/statistics.ts";
import { Worker } from "../harness/worker.ts";

const rounds = Number(process.argv[2] ?? 5);
const queriesPerRound = 40;
const warmUpQueries = 200;
const here = import.meta.dirname;
const remote = await benchServer();
const script = join(here, "pyspark_client.py");
const connectMode = { SPARK_CONNECT_MODE_ENABLED: "1" };

const rivals: Readonly<Record<string, Worker>> = {
  sparkwright: new Worker(process.execPath, [join(here, "ours.ts"), remote]),
  "pyspark-client-rust 4.2.0": new Worker(
    python("pyspark-client-rust", "pyspark-client-rust==4.2.0"),
    [script, remote],
    connectMode,
  ),
  "pyspark-client 4.2.0": new Worker(
    python("pyspark-client", "pyspark-client==4.2.0"),
    [script, remote],
    connectMode,
  ),
};

async function measure(command: string, times: number): Promise<Map<string, number[]>> {
  const samples = new Map(Object.keys(rivals).map((name) => [name, [] as number[]]));
  for (const worker of Object.values(rivals))
    await worker.ask(`${command} ${times === 1 ? 1 : warmUpQueries}`); // warm up
  for (let round = 0; round < rounds; round++) {
    // Nobody always comes after the same neighbour.
    const order = Object.entries(rivals);
    order.push(...order.splice(0, round % order.length));
    for (const [name, worker] of order) samples.get(name)?.push(...(await worker.ask(`${command} ${times}`)));
  }
  return samples;
}

function table(samples: ReadonlyMap<string, readonly number[]>, digits: number): string[][] {
  const ours = median(samples.get("sparkwright") ?? []);
  return [
    ["client", "median ms", "spread ms", "samples", "time relative to ours"],
    ...[...samples].map(([name, values]) => [
      name,
      median(values).toFixed(digits),
      spread(values, digits),
      String(values.length),
      `${(median(values) / ours).toFixed(2)}x`,
    ]),
  ];
}

const latency = await measure("latency", queriesPerRound);
const rows = await measure("rows", 1);
for (const worker of Object.values(rivals)) worker.stop();

report("client", "Clients on the same server, in the same run", [
  `\`range(1).collect()\`, ${rounds} interleaved rounds of ${queriesPerRound} after ${warmUpQueries} to warm up; target: at most 1.1x the time of pyspark-client-rust. Spread is p10–p90.`,
  table(latency, 1),
  `1,000,000 rows of (long, double, string, boolean, timestamp) to row objects, ${rounds} interleaved rounds; target: at least 3x faster than pyspark-client. Spread is min–max.`,
  table(rows, 0),
]);
