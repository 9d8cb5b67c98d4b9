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
const remote = await benchServer();

/** In processes of its own: a million rows that one holds would slow the collection of another's garbage. */
async function alone(command: string, check?: string): Promise<Map<string, number[]>> {
  const rivals = startRivals(remote);
  for (const worker of Object.values(rivals)) if (check !== undefined) await worker.ask(`${check} 1`);
  const samples = await measure(rivals, command, { rounds, times: 3, warmUp: 2 });
  for (const worker of Object.values(rivals)) worker.stop();
  return samples;
}

// "created" proves once that every row arrives; counting them costs the server the same for everybody.
const created = await alone("create", "created");
const arrow = await alone("arrow");

report("client-data", "Rows and Arrow between clients and the same server, in the same run", [
  `\`createDataFrame\` of 1,000,000 rows of (long, double, string, boolean, timestamp) with a schema, each time in a session that has nothing of them yet, ${rounds} interleaved rounds of three; target: at least 2x faster than pyspark-client. Spread is min–max.`,
  table(created, 0),
  `5,000,000 rows of the same columns to a table of the language's own Arrow library (\`toArrowStream()\` read by apache-arrow, \`toArrow()\` of the two), ${rounds} interleaved rounds of three; target: not slower than the better of the two. Spread is min–max.`,
  table(arrow, 0),
]);
