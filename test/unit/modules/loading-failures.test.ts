import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
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

describe("the exit code of a command", () => {
  const bad = "a: {function: etl.fn}\n";
  const validate = (etl: string) =>
    withFolder(
      { "config/nodes.yaml": bad, "config/pipelines.yaml": "p: {nodes: [a]}\n", "src/etl.js": etl },
      async (root) =>
        spawnSync(process.execPath, ["--expose-gc", program, "validate", "--project", root], {
          encoding: "utf8",
          cwd: root,
        }),
    );
  const forgeries: readonly [name: string, etl: string][] = [
    ["an exit listener", "process.on('exit', () => process.reallyExit(0));\nthrow new Error('bad');\n"],
    [
      "an exit listener that sets it",
      "process.on('exit', () => { process.exitCode = 0; });\nthrow new Error('bad');\n",
    ],
    [
      "a setter of it",
      "Object.defineProperty(process, 'exitCode', { get: () => 0, set() {} });\nthrow new Error('bad');\n",
    ],
    ["another exit", "process.exit = () => process.reallyExit(0);\nthrow new Error('bad');\n"],
    [
      "text that is asked for",
      "throw { toString: process.exit.bind(process, 0), message: { toString: process.exit.bind(process, 0) } };\n",
    ],
    [
      "a finalizer",
      "const r = new FinalizationRegistry(() => process.exit(0));\nfor (let i = 0; i < 9; i++) r.register({}, i);\nfor (let i = 0; i < 9; i++) { gc(); await new Promise((done) => setTimeout(done, 2)); }\nthrow new Error('bad');\n",
    ],
    ["a push that forgets", "Array.prototype.push = () => 0;\nthrow new Error('bad');\n"],
    ["a push that forgets, and no error", "Array.prototype.push = () => 0;\nexport const fn = 1;\n"],
  ];
  for (const [name, etl] of forgeries) {
    it(`is not forged by ${name}`, async () => {
      const run = await validate(etl);
      expect(run.status, run.stdout + run.stderr).to.equal(6);
      expect(run.stderr).to.match(/IMPORT_\w+/);
    });
  }

  it("is not had by code that the check of a module's syntax would run", async () => {
    const evil = `data:text/javascript,${encodeURIComponent("import fs from 'node:fs'; fs.writeFileSync('ran', '')")}`;
    for (const how of [
      `process.env.NODE_OPTIONS = ${JSON.stringify(`--import=${evil}`)};`,
      "process.execPath = '/usr/bin/touch';",
      "Object.prototype.shell = '/usr/bin/touch';",
    ]) {
      await withFolder(
        {
          "config/nodes.yaml": bad,
          "config/pipelines.yaml": "p: {nodes: [a]}\n",
          "src/etl.js": `${how}\nawait import('./broken.js');\nexport const fn = () => 1;\n`,
          "src/broken.js": "const = 1;\n",
        },
        async (root) => {
          const run = spawnSync(process.execPath, [program, "validate", "--project", root], {
            encoding: "utf8",
            cwd: root,
          });
          expect(run.status, run.stderr).to.equal(6);
          expect(readdirSync(root).sort()).to.deep.equal(["config", "src"]);
        },
      );
    }
  });
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
