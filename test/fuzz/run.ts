/**
 * Random inputs against models: pipelines, SQL, values.
 *
 *     npm run fuzz -- [--only pipelines|sql|values] [--seconds N] [--seed S]
 *     npm run fuzz -- --replay [FILE]       # a kept input, or all of them
 *     npm run fuzz -- --ci                  # replays all, then 90 s with a seed from the commit's hash
 *     npm run fuzz -- --faults              # faults put in on purpose: is each of them found?
 */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Finding, Fuzzer } from "./fuzzer.ts";

const here = import.meta.dirname;
const keptFolder = join(here, "kept");

interface Kept extends Finding {
  readonly fuzzer: string;
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seconds: { type: "string" },
    seed: { type: "string" },
    replay: { type: "boolean", default: false },
    ci: { type: "boolean", default: false },
    faults: { type: "boolean", default: false },
    first: { type: "boolean", default: false },
    "no-keep": { type: "boolean", default: false },
  },
  allowPositionals: true,
});

async function fuzzers(): Promise<readonly Fuzzer[]> {
  const files = ["pipelines", "sql", "values"]
    .filter((name) => values.only === undefined || values.only === name)
    .map((name) => join(here, name, "fuzz.ts"))
    .filter((file) => existsSync(file));
  return await Promise.all(files.map(async (file) => (await import(pathToFileURL(file).href)) as Fuzzer));
}

function readKept(file: string): Kept {
  return JSON.parse(readFileSync(file, "utf8")) as Kept;
}

let passed = 0;
const failed: string[] = [];

async function replayAll(files: readonly string[]): Promise<void> {
  const all = await fuzzers();
  for (const file of files) {
    const kept = readKept(file);
    const fuzzer = all.find(({ name }) => name === kept.fuzzer);
    if (fuzzer === undefined) continue;
    const wrong = await fuzzer.replay(kept.input);
    if (wrong === undefined) passed += 1;
    else failed.push(`${file}: ${wrong}`);
    console.log(
      `${wrong === undefined ? "ok  " : "FAIL"} ${kept.fuzzer}: ${kept.name}${wrong === undefined ? "" : `\n     ${wrong}`}`,
    );
  }
}

function keep(fuzzer: string, finding: Finding): void {
  console.log(`found  ${fuzzer}: ${finding.name}\n       ${finding.message}`);
  failed.push(`${fuzzer}: ${finding.name}: ${finding.message}`);
  if (values["no-keep"]) return;
  mkdirSync(keptFolder, { recursive: true });
  const file = join(keptFolder, `${fuzzer}-${slug(finding.name)}.json`);
  writeFileSync(file, `${JSON.stringify({ fuzzer, ...finding }, bigintText, 1)}\n`);
  console.log(`       kept as ${file}`);
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
}

async function fuzzAll(seed: number, seconds: number): Promise<void> {
  const all = await fuzzers();
  for (const { name, run } of all) {
    const started = performance.now();
    const {
      tried,
      findings,
      counts,
      examples = {},
    } = await run({
      seed,
      seconds: seconds / all.length,
      first: values.first,
      keep: (finding) => keep(name, finding),
      log: (line) => console.log(`       ${line}`),
    });
    if (findings === 0) passed += 1;
    const took = ((performance.now() - started) / 1_000).toFixed(0);
    console.log(`${name}: seed ${seed}, ${tried} inputs in ${took} s, ${findings} findings`);
    for (const [what, count] of Object.entries(counts).sort(([, a], [, b]) => b - a)) {
      console.log(
        `  ${String(count).padStart(6)} ${what}${examples[what] === undefined ? "" : `    e.g. ${examples[what].slice(0, 200)}`}`,
      );
    }
  }
}

/** One commit has one seed, so that its result does not change from run to run. */
function seedOfCommit(): number {
  const hash = execFileSync("git", ["rev-parse", "HEAD"], { cwd: here, encoding: "utf8" });
  return Number.parseInt(hash.slice(0, 7), 16);
}

const started = performance.now();
if (values.faults) {
  const { tryFaults } = await import("./faults.ts");
  const result = await tryFaults({
    seed: Number(values.seed ?? 1),
    seconds: Number(values.seconds ?? 600),
    only: values.only,
  });
  passed += result.found;
  failed.push(...result.missed);
} else {
  const files = globSync("*.json", { cwd: keptFolder })
    .sort()
    .map((file) => join(keptFolder, file));
  const given = process.argv.slice(2).filter((arg) => arg.endsWith(".json"));
  if (values.replay || values.ci) await replayAll(given.length > 0 ? given : files);
  if (!values.replay) {
    const seed = Number(values.seed ?? (values.ci ? seedOfCommit() : Date.now() % 1_000_000));
    await fuzzAll(seed, Number(values.seconds ?? (values.ci ? 90 : 600)));
  }
}
for (const failure of failed) console.log(`\nfailed: ${failure}`);
console.log(
  `\n${passed} passed, ${failed.length} failed in ${((performance.now() - started) / 1_000).toFixed(0)} s`,
);
process.exit(failed.length > 0 ? 1 : 0);
