/**
 * Runs the client's compatibility tests against real servers of Spark 4.0 to 4.3, one after the other, and prints what
 * works where. Not a part of CI: it installs each Spark from PyPI once (450 MB each).
 *
 *     npm run compat [-- 4.0.5 4.3.0] [-- --write]     # --write puts the table into docs/compatibility.md
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isOlder } from "../../src/connect/newer-features.ts";
import { features } from "./features.ts";
import { releases, withServer } from "./servers.ts";

const root = join(import.meta.dirname, "../..");

interface Report {
  readonly tests: readonly { readonly title: string; readonly err: { readonly stack?: string } }[];
}

/** The tests that failed, with why. */
type Failures = ReadonlyMap<string, string>;

async function testAgainst(remote: string): Promise<Failures> {
  const folder = mkdtempSync(join(tmpdir(), "sparkwright-compat-report-"));
  const file = join(folder, "report.json");
  const reporter = ["--reporter", "json", "--reporter-option", `output=${file}`];
  const child = spawn(
    join(root, "node_modules/.bin/mocha"),
    [...reporter, "--timeout", "180000", "test/compat/**/*.test.ts"],
    { cwd: root, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, SPARK_REMOTE: remote } },
  );
  await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  const { tests } = JSON.parse(readFileSync(file, "utf8")) as Report;
  rmSync(folder, { recursive: true });
  const ran = new Set(tests.map(({ title }) => title));
  const missing = features
    .filter(({ name }) => !ran.has(name))
    .map(({ name }) => [name, "did not run"] as const);
  const failed = tests.filter(({ err }) => err.stack !== undefined);
  return new Map([...missing, ...failed.map(({ title, err }) => [title, err.stack ?? ""] as const)]);
}

function table(results: ReadonlyMap<string, Failures>): string {
  const versions = [...results.keys()];
  const rows = features.map(({ name, since }) => {
    const cells = versions.map((version) => {
      if (results.get(version)?.has(name)) return "**fails**";
      return isOlder(version, since) ? `needs ${since}` : "yes";
    });
    return [name, ...cells];
  });
  const lines = [["", ...versions.map((version) => `Spark ${version}`)], versions.map(() => "---"), ...rows];
  lines[1]?.unshift("---");
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const args = process.argv.slice(2).filter((arg) => arg !== "--");
const given = args.filter((arg) => arg !== "--write");
const results = new Map<string, Failures>();
for (const version of given.length > 0 ? given : releases) {
  const failures = await withServer(version, console.log, ({ remote }) => testAgainst(remote));
  results.set(version, failures);
  console.log(`Spark ${version}: ${features.length - failures.size} passed, ${failures.size} failed`);
  for (const [name, why] of failures) console.log(`\n${name}\n${why}\n`);
}
const made = table(results);
console.log(`\n${made}\n`);
if (args.includes("--write")) {
  const file = join(root, "docs/compatibility.md");
  const marked = /(<!-- table -->\n\n)[\s\S]*?(\n\n<!-- end of table -->)/;
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(marked, (_, begin, end) => `${begin}${made}${end}`),
  );
}
if ([...results.values()].some((failures) => failures.size > 0)) process.exitCode = 1;
