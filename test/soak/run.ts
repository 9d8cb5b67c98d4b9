/**
 * Kills the runner of a pipeline at random moments and resumes it, and writes what came of it to test/soak/report.md.
 *
 *     npm run soak -- --kills 100 --seed 1
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { soak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const result = await soak({ kills: Number(values.kills), seed, log: (line) => console.log(line) });
const { kills, trials, equal, decisions, server, seconds, faults } = result;
const bad = faults.length > 0 || server.sameIdTwice.length > 0 || server.overlapping.length > 0;
const report = `# Kill test

Written by \`npm run soak -- --kills ${values.kills} --seed ${seed}\`.

A pipeline of 12 nodes (appends, merges, replaced windows, overwrites, one node with two outputs), of which \`kill -9\`
ends the runner at a random moment; then \`resume\` until it succeeds. A resume is itself killed two times out of five.

| | |
| --- | --- |
| kills | ${kills} |
| trials | ${trials} |
| trials whose 13 tables equal the undisturbed run's (rows, contents), no commit doubled | ${equal} |
| decisions of the resumes | ${Object.entries(decisions)
  .map(([decision, number]) => `${decision} ${number}`)
  .join(", ")} |
| operations of nodes that the server began | ${server.operations} |
| ids that it began twice | ${server.sameIdTwice.length} |
| operations that began while one of an earlier attempt of their node was alive | ${server.overlapping.length} |
| seconds | ${seconds} |

The operations are counted on the server: Spark's event log has the start and the end of every Connect operation.
${bad ? `\n## Faults\n\n${[...faults, ...server.sameIdTwice, ...server.overlapping].map((fault) => `- ${fault}`).join("\n")}\n` : ""}`;
writeFileSync(join(import.meta.dirname, "report.md"), report);
console.log(report);
process.exit(bad || equal !== trials ? 1 : 0);
