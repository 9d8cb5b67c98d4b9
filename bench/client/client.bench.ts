/**
 * Latency of a trivial query, and a million rows to row objects: ours against two Python clients.
 * Same server, same run, interleaved, everybody warm.
 *
 *     node bench/client/client.bench.ts [rounds]
 */
import { report } from "../harness/report.ts";
import { benchServer } from "../harness/server.ts";
import { measure, startRivals, table } from "./rivals.ts";

const rounds = Number(process.argv[2] ?? 5);
const queriesPerRound = 40;
const warmUpQueries = 200;
const rivals = startRivals(await benchServer());

const latency = await measure(rivals, "latency", { rounds, times: queriesPerRound, warmUp: warmUpQueries });
const rows = await measure(rivals, "rows", { rounds, times: 1, warmUp: 1 });
for (const worker of Object.values(rivals)) worker.stop();

report("client", "Clients on the same server, in the same run", [
  `\`range(1).collect()\`, ${rounds} interleaved rounds of ${queriesPerRound} after ${warmUpQueries} to warm up; target: at most 1.1x the time of pyspark-client-rust. Spread is p10–p90.`,
  table(latency, 1),
  `1,000,000 rows of (long, double, string, boolean, timestamp) to row objects, ${rounds} interleaved rounds; target: at least 4x faster than pyspark-client and 1.5x faster than pyspark-client-rust. Spread is min–max.`,
  table(rows, 0),
]);
