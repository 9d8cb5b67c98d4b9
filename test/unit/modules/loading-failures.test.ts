import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { withFolder } from "../config/project-folder.ts";
import { type ImportCase, type ImportOutcome, importInChild } from "./import-in-child.ts";

interface Failure extends ImportCase {
  readonly code: string;
  readonly message: RegExp;
  readonly place: RegExp;
}

const fn = "export const fn = () => 'loaded';\n";
const ended = { code: "IMPORT_ENDED_PROCESS", place: /src\/etl\.ts:1:1$/ };

const failures: readonly Failure[] = [
  {
    ...ended,
    name: "ends the process",
    message: /src\/etl\.ts called process\.exit\(3\) while it was loaded/,
    files: { "src/etl.ts": `process.exit(3);\n${fn}` },
  },
  {
    ...ended,
    name: "ends the process and catches that",
    message: /process\.exit\(\)/,
    files: { "src/etl.ts": `try { process.exit(); } catch {}\n${fn}` },
  },
  {
    ...ended,
    name: "ends the process in a module that it imports",
    message: /src\/etl\.ts called process\.exit\(0\)/,
    files: { "src/etl.ts": `import './a.ts';\n${fn}`, "src/a.ts": "process.exit(0);\n" },
  },
  {
    ...ended,
    name: "ends the process by a name it imports",
    message: /process\.exit\(2\)/,
    files: { "src/etl.ts": `import { exit } from 'node:process';\nexit(2);\n${fn}` },
  },
  {
    ...ended,
    name: "ends the process after an await",
    message: /process\.exit\(4\)/,
    files: { "src/etl.ts": `await new Promise((done) => setTimeout(done, 2));\nprocess.exit(4);\n${fn}` },
  },
  {
    ...ended,
    name: "ends the process from a timer while it still waits",
    message: /process\.exit\(5\)/,
    files: {
      "src/etl.ts": `setTimeout(() => { try { process.exit(5); } catch {} }, 2);\nawait new Promise(() => {});\n${fn}`,
    },
  },
  {
    ...ended,
    name: "aborts the process",
    message: /process\.abort\(\)/,
    files: { "src/etl.ts": `process.abort();\n${fn}` },
  },
  {
    ...ended,
    name: "ends the process in a package that it imports",
    message: /process\.exit\(6\)/,
    allowed: ["left"],
    files: { "src/etl.ts": `import 'left';\n${fn}`, "node_modules/left/index.js": "process.exit(6);\n" },
  },
  {
    name: "throws",
    code: "IMPORT_FAILED",
    message: /src\/etl\.ts failed while it was loaded: no way/,
    place: /src\/etl\.ts:2:7$/,
    files: { "src/etl.ts": `${fn}throw new Error("no way");\n` },
  },
  {
    name: "throws no error",
    code: "IMPORT_FAILED",
    message: /failed while it was loaded: 7$/,
    place: /src\/etl\.ts:1:1$/,
    files: { "src/etl.ts": `${fn}throw 7;\n` },
  },
  {
    name: "never finishes",
    code: "IMPORT_TIMEOUT",
    message: /src\/etl\.ts is still loading after 0\.05 s/,
    place: /src\/etl\.ts:1:1$/,
    timeoutMs: 50,
    files: { "src/etl.ts": `await new Promise(() => {});\n${fn}` },
  },
  {
    name: "imports what is refused",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    message: /^src\/deep\/a\.ts imports "node:fs", a built-in module that the project does not allow$/,
    place: /src\/deep\/a\.ts:2:20$/,
    files: {
      "src/etl.ts": `import './deep/a.ts';\n${fn}`,
      "src/deep/a.ts": "\nimport { x } from  'node:fs';\n",
    },
  },
  {
    name: "uses require",
    code: "IMPORT_FAILED",
    message: /require is not defined/,
    place: /src\/etl\.js:1:12$/,
    files: { "src/etl.js": `const fs = require("node:fs");\nexports.fn = () => fs;\n` },
  },
];

const program: string = new URL("../../../src/cli/bin.ts", import.meta.url).pathname;

describe("an error that nobody catches, while a module loads", () => {
  it("ends the command with that error, not with the end of the process that it causes", () =>
    withFolder(
      {
        "config/nodes.yaml": "a: {function: etl.fn}\n",
        "src/etl.ts": `setTimeout(() => { throw new Error("too late"); }, 1);\nawait new Promise(() => {});\n${fn}`,
      },
      async (root) => {
        const run = spawnSync(process.execPath, [program, "validate", "--project", root], {
          encoding: "utf8",
        });
        expect(run.status).to.equal(1);
        expect(run.stderr).to.include("too late").and.not.include("process.exit");
      },
    ));
});

describe("a module that fails to load", () => {
  let outcomes: readonly ImportOutcome[] = [];

  before(() => {
    outcomes = importInChild(failures);
  });

  for (const [index, { name, code, message, place }] of failures.entries()) {
    it(`is reported when it ${name}`, () => {
      const outcome = outcomes[index];
      expect(outcome).to.include({ code, evil: false });
      expect(outcome?.message).to.match(message);
      expect(outcome?.place).to.match(place);
      expect(outcome?.hint).to.match(/^[A-Z].*\.$/);
    });
  }
});
