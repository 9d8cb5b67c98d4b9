import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { SparkwrightError } from "../../../src/core/error.ts";
import { importFunction } from "../../../src/modules/import-function.ts";

const files: Readonly<Record<string, string>> = {
  "package.json": '{"type": "module"}',
  "src/etl.ts":
    "export function extract_raw(x: number): number { return x + 1; }\nexport const loadAll = async () => 'all';\nexport const limit = 3;\nexport class Job {}\nexport default function () { return 'default'; }\n",
  "src/my_pkg/etl.ts": "import { helper } from './helper.ts';\nexport const run = () => helper();\n",
  "src/my_pkg/helper.ts": "export const helper = () => 'helped';\n",
  "src/my_pkg/late.js": "export const fn = (name) => import(name);\n",
  "src/plain.js": "export function fn() { return 'js'; }\n",
  "src/both.ts": "export const fn = () => 'ts';\n",
  "src/both.js": "export const fn = () => 'js';\n",
  "src/folder/index.mts": "export const fn = () => 'index';\n",
  "lib/shared.mjs": "export const fn = () => 'lib';\n",
  "src/ml.ts": "export const evaluate = () => 'fine';\n",
  "src/throws.js": "const x = 1;\n\nthrow new Error('no way ' + x);\n",
  "src/lost.ts": "import { a } from './etl';\nexport const fn = () => a;\n",
  "src/package.ts": "import a from 'left-pad-that-is-not-there';\nexport const fn = () => a;\n",
  "src/deep.ts": "export { fn } from './lost.ts';\n",
  "src/broken.js": "export const fn = () => 1;\nconst = 3;\n",
  "src/unlinked.ts": "import { nothing } from './plain.js';\nexport const fn = () => nothing;\n",
  "outside.ts": "export const fn = () => 'outside';\n",
  "src/node_modules/dep.ts": "export const fn = () => 'dep';\n",
};

describe("importFunction", () => {
  let root = "";
  let elsewhere = "";
  const load = (ref: string) => importFunction(ref, { root, allowedModules: ["left-pad-that-is-not-there"] });

  before(() => {
    root = mkdtempSync(join(tmpdir(), "sparkwright-modules-"));
    elsewhere = mkdtempSync(join(tmpdir(), "sparkwright-elsewhere-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    writeFileSync(join(elsewhere, "evil.ts"), "export const fn = () => 'evil';\n");
    symlinkSync(join(elsewhere, "evil.ts"), join(root, "src/linked.ts"));
    symlinkSync(elsewhere, join(root, "src/linked_folder"));
    symlinkSync(join(root, "outside.ts"), join(root, "src/linked_root.ts"));
    symlinkSync(join(root, "lib/shared.mjs"), join(root, "src/linked_lib.mjs"));
  });

  after(() => {
    rmSync(root, { recursive: true });
    rmSync(elsewhere, { recursive: true });
  });

  const loads: readonly [ref: string, result: unknown][] = [
    ["etl.extract_raw", 2],
    ["my_pkg.etl.run", "helped"],
    ["plain.fn", "js"],
    ["both.fn", "ts"],
    ["folder.fn", "index"],
    ["folder.index.fn", "index"],
    ["shared.fn", "lib"],
    ["ml.evaluate", "fine"],
    ["etl.default", "default"],
    ["linked_lib.fn", "lib"],
  ];
  for (const [ref, result] of loads) {
    it(`loads ${ref}`, async () => {
      expect(await (await load(ref))(1)).to.equal(result);
    });
  }

  it("finds the camelCase of a snake_case name", async () => {
    expect(await (await load("etl.load_all"))()).to.equal("all");
  });

  const refusals: readonly [ref: string, code: string, hint: string][] = [
    ["etl", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["../outside.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["..outside.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["/etc/passwd.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["a/../../outside.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["..\\outside.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["%2e%2e%2foutside.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["file:///etc/x.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["data:text/javascript,export const fn = 1.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["node:fs.readFileSync", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["https://evil.example/x.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["etl\0.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["еtl.extract_raw", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["ｅtl.extract_raw", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["node_modules.dep.fn", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["etl.__proto__", "IMPORT_INVALID_REFERENCE", "dots between"],
    ["linked.fn", "IMPORT_OUTSIDE_PROJECT", "links out of it"],
    ["linked_folder.evil.fn", "IMPORT_OUTSIDE_PROJECT", "links out of it"],
    ["linked_root.fn", "IMPORT_OUTSIDE_PROJECT", "links out of it"],
    ["fs.readFileSync", "IMPORT_MODULE_NOT_FOUND", "Create src/fs.ts"],
    ["child_process.execSync", "IMPORT_MODULE_NOT_FOUND", "Create"],
    ["outside.fn", "IMPORT_MODULE_NOT_FOUND", "Create"],
    ["my_pkg.elt.run", "IMPORT_MODULE_NOT_FOUND", 'Did you mean "my_pkg.etl.run"?'],
    ["etl.extract_rw", "IMPORT_MISSING_EXPORT", 'Did you mean "extract_raw"?'],
    ["etl.toString", "IMPORT_MISSING_EXPORT", "exports"],
    ["etl.constructor", "IMPORT_MISSING_EXPORT", "exports"],
    ["etl.limit", "IMPORT_NOT_A_FUNCTION", "Export a function"],
    ["etl.Job", "IMPORT_NOT_A_FUNCTION", "Export a function"],
  ];
  for (const [ref, code, hint] of refusals) {
    it(`refuses ${JSON.stringify(ref)} with ${code}`, async () => {
      const error = await failure(load(ref));
      expect(error.code).to.equal(code);
      expect(error.hint).to.include(hint);
    });
  }

  it("does not follow a code folder that is itself a link", async () => {
    const other = mkdtempSync(join(tmpdir(), "sparkwright-modules-"));
    symlinkSync(elsewhere, join(other, "src"));
    const error = await failure(importFunction("evil.fn", { root: other, allowedModules: [] }));
    rmSync(other, { recursive: true });
    expect(error.code).to.equal("IMPORT_OUTSIDE_PROJECT");
  });

  it("keeps the policies of several projects apart, also at run time", async () => {
    const folders = [root, join(root, "src/inner"), mkdtempSync(join(tmpdir(), "sparkwright-modules-"))];
    const outcomes: string[] = [];
    const loadedFunctions = [];
    for (const [index, folder] of folders.entries()) {
      mkdirSync(join(folder, "src"), { recursive: true });
      writeFileSync(join(folder, "package.json"), '{"type": "module"}');
      const text = "export const fn = async (name) => Object.keys(await import(name)).length > 0;\n";
      writeFileSync(join(folder, "src/late.js"), text);
      const allowedModules = index === 1 ? ["node:os"] : [];
      loadedFunctions.push(await importFunction("late.fn", { root: folder, allowedModules }));
    }
    for (const fn of loadedFunctions) {
      outcomes.push(
        await Promise.resolve(fn("node:os")).then(String, (error: { code: string }) => error.code),
      );
    }
    expect(outcomes).to.deep.equal(["IMPORT_BUILTIN_NOT_ALLOWED", "true", "IMPORT_BUILTIN_NOT_ALLOWED"]);
    // A project does not borrow the permissions of one inside it.
    const [outer] = loadedFunctions;
    const borrowed = await Promise.resolve(outer?.("./inner/src/late.js")).catch((error: unknown) => error);
    expect(borrowed).to.include({ code: "IMPORT_OUTSIDE_PROJECT" });
    rmSync(folders[2] ?? "", { recursive: true });
  });

  it("lets a later policy take away, and never add", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sparkwright-modules-"));
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    writeFileSync(join(folder, "src/late.js"), "export const fn = async (name) => import(name);\n");
    const outcomes: string[] = [];
    for (const allowedModules of [["node:os"], [], ["node:os"]]) {
      const other = await importFunction("late.fn", { root: folder, allowedModules });
      outcomes.push(
        await Promise.resolve(other("node:os")).then(
          () => "loaded",
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(outcomes).to.deep.equal(["loaded", "IMPORT_BUILTIN_NOT_ALLOWED", "loaded"]);
    for (const entry of ["node:fs", "left", "@acme/*"]) {
      const wider = { root: folder, allowedModules: ["node:os", entry] };
      expect((await failure(importFunction("late.fn", wider))).code).to.equal("IMPORT_POLICY_FIXED");
    }
    rmSync(folder, { recursive: true });
  });

  const failures: readonly [ref: string, code: string, place: string, message: string, hint: string][] = [
    ["throws.fn", "IMPORT_FAILED", "src/throws.js:3:7", "no way 1", "must not fail"],
    ["lost.fn", "IMPORT_UNRESOLVED", "src/lost.ts:1:19", 'imports "./etl"', '"./etl.ts"'],
    ["deep.fn", "IMPORT_UNRESOLVED", "src/lost.ts:1:19", 'src/lost.ts imports "./etl"', '"./etl.ts"'],
    ["package.fn", "IMPORT_UNRESOLVED", "src/package.ts:1:15", "left-pad", "npm install left-pad"],
    ["broken.fn", "IMPORT_SYNTAX", "src/broken.js:2:7", "Unexpected token", "Correct"],
    ["unlinked.fn", "IMPORT_SYNTAX", "src/unlinked.ts:1:10", "nothing", "import type"],
  ];
  for (const [ref, code, place, message, hint] of failures) {
    it(`says where ${ref} fails to load, every time`, async () => {
      for (const attempt of [1, 2]) {
        const error = await failure(load(ref));
        expect(error.code, `${attempt}`).to.equal(code);
        expect(error.message).to.include(message);
        expect(error.hint).to.include(hint);
        expect(`${error.position?.file}:${error.position?.line}:${error.position?.column}`).to.match(
          new RegExp(`${place}$`),
        );
      }
    });
  }
});

async function failure(work: Promise<unknown>): Promise<SparkwrightError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SparkwrightError)) throw new Error(`no error of ours: ${String(error)}`);
  return error;
}
