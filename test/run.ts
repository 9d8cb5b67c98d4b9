/**
 * Runs the tests, the fast ones first, and ends with one line: `N passed, N failed`.
 *
 *     node test/run.ts [check|unit|integration|fuzz|chaos|cluster|docker|package]...     # default: all, in this order
 *
 * What failed is told once more before that line, since a log may be kept by its end only.
 * A part that ends badly without saying which test failed counts as one failure, and so does one that ran no test.
 */
import { spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "sparkwright-test-"));

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

/** Mocha's arguments of each part; those of `programs` are programs of their own. */
const parts: Readonly<Record<string, readonly string[]>> = {
  check: [],
  unit: ["test/unit/**/*.test.ts"],
  integration: ["test/integration/**/*.test.ts"],
  fuzz: [],
  chaos: [],
  cluster: ["test/cluster/**/*.test.ts"],
  docker: ["test/docker/**/*.test.ts"],
  package: ["test/package/**/*.test.ts"],
};

/** Run only when they are named: whether they pass has not been seen on a quiet machine yet. */
const onRequest: readonly string[] = ["fuzz", "chaos"];

/** Parts that are no mocha, and fail as a whole. */
const programs: Readonly<Record<string, readonly string[]>> = {
  check: ["test/check.ts"],
  fuzz: ["test/fuzz/run.ts", "--ci"],
  chaos: ["test/chaos/run.ts", "--ci"],
};

function start(command: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

async function runPart(name: string, globs: readonly string[]): Promise<Counts> {
  const program = programs[name];
  if (program !== undefined) {
    const code = await start([process.execPath, ...program], process.env);
    const failures = code === 0 ? [] : [`${name}: see above`];
    return { passed: code === 0 ? 1 : 0, failed: failures.length, skipped: 0, failures };
  }
  // The docker part runs mocha in mocha: every run below writes a file of its own into this folder.
  const folder = mkdtempSync(join(work, `${name}-`));
  const base = name === "unit" ? "dot" : "spec";
  const counting = ["--reporter", "test/counting-reporter.cjs", "--reporter-option"];
  const code = await start(
    [
      join(root, "node_modules/.bin/mocha"),
      ...counting,
      `base=${base},counts=${join(folder, "counts.json")}`,
      ...globs,
    ],
    { ...process.env, SPARKWRIGHT_TEST_COUNTS: folder },
  );
  const files = globSync("*.json", { cwd: folder }).map((file) => join(folder, file));
  const counts = sum(files.map((file) => JSON.parse(readFileSync(file, "utf8")) as Counts));
  const ranSilentlyBad = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return ranSilentlyBad ? { ...counts, failed: 1, failures: [`${name} ended with code ${code}`] } : counts;
}

function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (a, b) => ({
      passed: a.passed + b.passed,
      failed: a.failed + b.failed,
      skipped: a.skipped + b.skipped,
      failures: [...a.failures, ...b.failures],
    }),
    { passed: 0, failed: 0, skipped: 0, failures: [] },
  );
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0)
  throw new Error(`unknown part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);

const total: Counts[] = [];
for (const [name, globs] of Object.entries(parts)) {
  if (wanted.length > 0 ? !wanted.includes(name) : onRequest.includes(name)) continue;
  const started = performance.now();
  console.log(`\n=== ${name}`);
  const counts = await runPart(name, globs);
  total.push(counts);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`=== ${name}: ${line(counts)} in ${seconds} s`);
}
if (existsSync(work)) rmSync(work, { recursive: true, force: true });

function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
const result = sum(total);
for (const failure of result.failures) console.log(`\nfailed: ${failure}`);
console.log(`\n${line(result)}`);
process.exitCode = result.failed > 0 ? 1 : 0;
