import { expect } from "chai";
import {
  builtinName,
  harmlessBuiltins,
  packageOf,
  parseAllowedModules,
} from "../../../src/modules/allowed-modules.ts";

describe("parseAllowedModules", () => {
  const packages: readonly [entry: string, allows: readonly string[], refuses: readonly string[]][] = [
    ["left", ["left", "left/a", "left/a/b.js"], ["lef", "left-pad", "Left", "@left/a"]],
    ["left/a", ["left/a", "left/a/b"], ["left", "left/ab"]],
    ["@a/b", ["@a/b", "@a/b/c"], ["@a/bc", "@a", "b", "a/b"]],
    ["@a/*", ["@a/b", "@a/c/d"], ["@ab/c", "@a", "a/b", "@a/"]],
    [
      "sparkwright",
      ["sparkwright", "sparkwright/sql"],
      ["sparkwright/dist/x.js", "sparkwright/package.json"],
    ],
  ];
  for (const [entry, allows, refuses] of packages) {
    it(`reads ${entry}`, () => {
      const allowed = parseAllowedModules([entry]);
      expect(allows.filter((specifier) => !allowed.package(specifier))).to.deep.equal([]);
      expect(refuses.filter((specifier) => allowed.package(specifier))).to.deep.equal([]);
    });
  }

  it("allows nothing but the harmless built-ins and the two own packages by itself", () => {
    const allowed = parseAllowedModules([]);
    expect(harmlessBuiltins.every((name) => allowed.builtin(name))).to.equal(true);
    expect(["node:fs", "node:fs/promises", "node:test", "node:sqlite"].some(allowed.builtin)).to.equal(false);
    expect(allowed.package("sparkwright") && allowed.package("sparkwright/sql")).to.equal(true);
  });

  for (const entry of ["fs", "node:fs"]) {
    it(`reads ${entry} as the built-in`, () => {
      const allowed = parseAllowedModules([entry]);
      expect(["node:fs", "node:fs/promises"].every(allowed.builtin)).to.equal(true);
      expect(allowed.package("fs")).to.equal(false);
    });
  }

  for (const entry of [
    "",
    "*",
    "@a",
    "@*/a",
    "a*",
    "node:",
    "node:nope",
    "node:*",
    "../x",
    "/x",
    "a/../b",
    "a b",
    "\u0430",
  ]) {
    it(`refuses the entry ${JSON.stringify(entry)}`, () => {
      expect(() => parseAllowedModules([entry]))
        .to.throw()
        .that.includes({ code: "IMPORT_INVALID_ALLOWED_MODULE" });
    });
  }
});

describe("packageOf", () => {
  const names: readonly [specifier: string, name: string | undefined][] = [
    ["a", "a"],
    ["a/b/c", "a"],
    ["@a/b/c", "@a/b"],
    ["@a", undefined],
    ["#a", undefined],
    ["../a", undefined],
    ["node_modules/a", undefined],
  ];
  for (const [specifier, name] of names) {
    it(`finds ${name} in ${specifier}`, () => {
      expect(packageOf(specifier)).to.equal(name);
    });
  }
});

describe("builtinName", () => {
  it("is one name for two spellings", () => {
    expect([builtinName("fs/promises"), builtinName("node:fs/promises")]).to.deep.equal([
      "node:fs/promises",
      "node:fs/promises",
    ]);
  });
});
