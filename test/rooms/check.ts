/**
 * Checks that `src/` keeps the rules of the house: what each room imports, who reads the environment, how long files are.
 * A deliberately bad tree in `fixtures/bad` is checked by the same code first and must fail in exactly the ways listed
 * there, so that a rule which no longer bites is noticed.
 *
 *     node test/rooms/check.ts [--update]     # --update rewrites fixtures/bad/expected.json
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { processMembers } from "./globals.ts";
import { checkImports } from "./imports.ts";
import { environmentReaders, fewestModules, medianLines, programs } from "./rooms.ts";

const root = join(import.meta.dirname, "../..");
const fixture = join(import.meta.dirname, "fixtures/bad");
const expectedFile = join(fixture, "expected.json");

function sources(base: string): string[] {
  return globSync("src/**/*.ts", { cwd: base }).sort();
}

/** Any unknown member (`*`) counts as the environment: what cannot be read must not pass. */
function checkGlobals(base: string): string[] {
  return sources(base).flatMap((file) => {
    const within = file.slice("src/".length);
    const mayRead = environmentReaders.some((place) => place.test(within));
    const isProgram = programs.some((place) => place.test(within));
    return processMembers(join(base, file)).flatMap(({ member, line }) => {
      const at = `${file}:${line}`;
      if (["env", "*"].includes(member) && !mayRead) return [`only three places read the environment: ${at}`];
      if (["argv", "exit", "exitCode"].includes(member) && !isProgram) {
        return [`only the command line uses process.${member}: ${at}`];
      }
      return [];
    });
  });
}

function lineCounts(base: string): { file: string; lines: number }[] {
  return sources(base)
    .map((file) => ({ file, lines: readFileSync(join(base, file), "utf8").split("\n").length - 1 }))
    .sort((a, b) => a.lines - b.lines);
}

async function violationsOf(
  base: string,
  tsConfig: object,
): Promise<{ modules: number; violations: string[] }> {
  const imports = await checkImports(base, tsConfig);
  return { modules: imports.modules, violations: [...imports.violations, ...checkGlobals(base)] };
}

const config = ts.getParsedCommandLineOfConfigFile(
  join(root, "tsconfig.json"),
  {},
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(String(diagnostic.messageText));
    },
  },
);

const bad = await violationsOf(fixture, { options: config?.options ?? {} });
if (process.argv.includes("--update"))
  writeFileSync(expectedFile, `${JSON.stringify(bad.violations, null, 2)}\n`);
const expected = JSON.parse(readFileSync(expectedFile, "utf8")) as string[];
const problems = [
  ...expected
    .filter((violation) => !bad.violations.includes(violation))
    .map((v) => `no longer caught in the bad fixture: ${v}`),
  ...bad.violations
    .filter((violation) => !expected.includes(violation))
    .map((v) => `not expected in the bad fixture: ${v}`),
];

const house = await violationsOf(root, { options: config?.options ?? {} });
problems.push(...house.violations);
if (house.modules < fewestModules) {
  problems.push(`only ${house.modules} modules of src were read, at least ${fewestModules} are expected`);
}

const lengths = lineCounts(root);
const median = lengths[Math.floor(lengths.length / 2)]?.lines ?? 0;
if (median > medianLines)
  problems.push(`the median file of src has ${median} lines, at most ${medianLines} are allowed`);

for (const problem of problems) console.error(`rooms: ${problem}`);
const long = lengths.filter(({ lines }) => lines > 300).map(({ file, lines }) => `${file} (${lines})`);
console.log(
  `rooms: ${house.modules} modules read, ${problems.length} problems; the bad fixture fails in ${bad.violations.length} ways; ` +
    `median file ${median} lines${long.length > 0 ? `; over 300 lines: ${long.join(", ")}` : ""}`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
