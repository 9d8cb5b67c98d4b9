import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const importer: string = new URL("../../../src/modules/import-function.ts", import.meta.url).href;
const source: string = new URL("../../../src/", import.meta.url).href;

/** The test runner compiles TypeScript in full, so what Node itself cannot strip is tried in a process of its own. */
const script = `
  const { importFunction } = await import(${JSON.stringify(importer)});
  const results = {};
  for (const ref of process.argv.slice(2)) {
    try {
      results[ref] = { value: String(await (await importFunction(ref, { root: process.argv[1], allowedModules: [] }))()) };
    } catch ({ code, position, message, hint }) {
      results[ref] = { code, line: position?.line, column: position?.column, message, hint };
    }
  }
  console.log(JSON.stringify(results));
`;

const files: Readonly<Record<string, string>> = {
  "enums.ts": "export const a: number = 1;\nexport enum Color { Red }\nexport const fn = () => 1;\n",
  "spaces.ts": "export namespace Space { export const a = 1; }\nexport const fn = () => 1;\n",
  "fields.ts":
    "export class A {\n  constructor(private readonly x: number) {}\n}\nexport const fn = () => 1;\n",
  "nested.ts": "import { Color } from './enums.ts';\nexport const fn = () => Color;\n",
  "typo.ts": "export const a: number = 1;\nexport const fn = (: => 1;\n",
  "typed.ts": "import type { X } from './nowhere.ts';\nexport const fn = (x?: X): string => 'typed';\n",
  "own.ts":
    "export const fn = async () => import.meta.resolve('sparkwright') + ' ' + import.meta.resolve('sparkwright/sql');\n",
};

describe("TypeScript of users", () => {
  let results: Record<string, Record<string, string | number | undefined>> = {};

  before(() => {
    const root = mkdtempSync(join(tmpdir(), "sparkwright-strip-"));
    mkdirSync(join(root, "src"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "src", name), text);
    const refs = Object.keys(files).map((name) => name.replace(".ts", ".fn"));
    const args = ["--input-type=module", "-e", script, root, ...refs];
    const output = execFileSync(process.execPath, args, { encoding: "utf8", env: { PATH: "" } });
    results = JSON.parse(output) as typeof results;
    rmSync(root, { recursive: true });
  });

  const unsupported: readonly [ref: string, what: string, line: number, column: number][] = [
    ["enums.fn", "a TypeScript enum cannot be run without a build", 2, 8],
    ["spaces.fn", "a TypeScript namespace declaration cannot", 1, 8],
    ["fields.fn", "a TypeScript parameter property cannot", 2, 32],
    ["nested.fn", "a TypeScript enum cannot", 2, 8],
  ];
  for (const [ref, what, line, column] of unsupported) {
    it(`says where ${ref} needs a build and what to write instead`, () => {
      expect(results[ref]).to.include({ code: "IMPORT_UNSUPPORTED_SYNTAX", line, column });
      expect(results[ref]?.["message"]).to.include(what);
      expect(results[ref]?.["hint"]).to.include("as const");
    });
  }

  it("says where the syntax is wrong", () => {
    expect(results["typo.fn"]).to.include({ code: "IMPORT_SYNTAX", line: 2 });
  });

  it("runs typed code in a folder without a package.json", () => {
    expect(results["typed.fn"]).to.deep.equal({ value: "typed" });
  });

  it("resolves sparkwright to the copy that runs", () => {
    expect(results["own.fn"]?.["value"]).to.equal(`${source}index.ts ${source}sql/index.ts`);
  });
});
