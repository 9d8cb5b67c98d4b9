/**
 * Breaks connections and kills servers under everything that a client does, and compares what it said with what is there.
 *
 *     npm run chaos -- [--seconds N] [--seed S] [--kills K] [--writes N --cancellations N]
 *     npm run chaos -- --ci     # 90 s with a seed from the commit's hash
 */
import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { chaos } from "./chaos.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string" },
    seed: { type: "string" },
    kills: { type: "string" },
    writes: { type: "string" },
    cancellations: { type: "string" },
    ci: { type: "boolean", default: false },
  },
});
const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const seconds = numberOf(values.seconds) ?? 90;
const seed =
  numberOf(values.seed) ?? (values.ci ? Number.parseInt(headHash().slice(0, 7), 16) : Date.now() % 1_000_000);
const kills = numberOf(values.kills) ?? Math.max(1, Math.round(seconds / 120));
console.log(`seed ${seed}, ${seconds} s, ${kills} kills`);
const result = await chaos({
  seconds,
  seed,
  kills,
  writes: numberOf(values.writes),
  cancellations: numberOf(values.cancellations),
  log: (line) => console.log(line),
});
for (const [name, n] of Object.entries(result.counts).sort()) console.log(`${name.padEnd(28)} ${n}`);
console.log(`writes of unknown outcome, with the server there: ${result.unknownPercent.toFixed(1)} %`);
console.log(`cancellations confirmed, with the server there: ${result.confirmedPercent.toFixed(1)} %`);
for (const violation of result.violations) console.log(`WRONG  ${violation}`);
console.log(`seed ${seed}: ${result.violations.length === 0 ? "nothing wrong" : "see above"}`);
process.exit(result.violations.length === 0 ? 0 : 1);

function headHash(): string {
  return execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
}
