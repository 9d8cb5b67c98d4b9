import { globSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import { functions } from "../../../../src/sql/index.ts";
import { casesOf, topics } from "../../../golden/topics.ts";
import type { FunctionTable } from "../../../integration/sql/surface/function-cases.ts";
import { surface } from "../../../surface/coverage.ts";

const load = createRequire(import.meta.url);
const folder = join(import.meta.dirname, "../../../integration/sql/surface/functions");

describe("tests of functions", () => {
  it("run every function on Spark", () => {
    const tested = globSync("*.cases.ts", { cwd: folder }).flatMap((file) =>
      (load(join(folder, file)) as { tables: readonly FunctionTable[] }).tables.flatMap(({ cases }) =>
        Object.keys(cases),
      ),
    );
    expect(Object.keys(functions).filter((name) => !tested.includes(name))).to.deep.equal([]);
    expect(tested.filter((name) => !Object.hasOwn(functions, name))).to.deep.equal([]);
  });

  it("compare the plan of every function with PySpark's", () => {
    const compared = new Set(
      topics().flatMap((topic) =>
        casesOf(topic).flatMap(({ python }) => [...python.matchAll(/\bF\.(\w+)\(/g)].map(([, name]) => name)),
      ),
    );
    const missing = surface().filter(
      ({ owner, name, excuse }) => owner === "functions" && excuse === undefined && !compared.has(name),
    );
    expect(missing.map(({ name }) => name)).to.deep.equal([]);
  });
});
