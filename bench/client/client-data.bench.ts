/**
 * A million local rows to the server, and five million rows as Arrow: ours against two Python clients.
 * Same server, same run, interleaved, everybody warm.
 *
 *     node bench/client/client-data.bench.ts [rounds]
 */
import { report } from "../harness/report.ts";
import { benchServer } from "../harness/server.ts";
import { measure, startRivals, table } from "./rivals.ts";

const rounds = Number(process.argv[2] ?? 3);
const rivals = startRivals(await benchServer());

// Proves once that every row arrives; counting them costs the server the same for everybody.
for (const worker of Object.values(rivals)) await worker.ask("created 1");
const created = await measure(rivals, "create", { rounds, times: 1, warmUp: 1 });
const arrow = await measure(rivals, "arrow", { rounds, times: 1, warmUp: 1 });
for (const worker of Object.values(rivals)) worker.stop();

report("client-data", "Rows and Arrow between clients and the same server, in the same run", [
  `\`createDataFrame\` of 1,000,000 rows of (long, double, string, boolean, timestamp) with a schema, each time in a session that has nothing of them yet, ${rounds} interleaved rounds; target: at least 2x faster than pyspark-client. Spread is min–max.`,
  table(created, 0),
  `\`toArrow\` of 5,000,000 rows of the same columns to a table of the language's own Arrow library, ${rounds} interleaved rounds; target: not slower than the better of the two. Spread is min–max.`,
  table(arrow, 0),
]);
