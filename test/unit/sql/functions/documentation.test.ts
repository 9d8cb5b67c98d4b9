import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Column, DataFrame, functions } from "../../../../src/sql/index.ts";
import { spark } from "../plan-json.ts";

const folder = join(import.meta.dirname, "../../../../src/sql/functions");
const source = globSync("*.ts", { cwd: folder })
  .map((file) => readFileSync(join(folder, file), "utf8"))
  .join("\n");

describe("documentation of functions", () => {
  it("says of every function what it does and since when Spark has it", () => {
    const documented = [
      ...source.matchAll(
        /\/\*\*\s(?:(?!\*\/).)*@since \d\.\d\.\d\s(?:(?!\*\/).)*\*\/\nexport function (\w+)/gs,
      ),
    ].map(([, name]) => name);
    expect(Object.keys(functions).filter((name) => !documented.includes(name))).to.deep.equal([]);
  });

  for (const [, example = ""] of source.matchAll(/^ \* @example (.+)$/gm)) {
    it(`runs: ${example}`, () => {
      const names = { ...functions, df: spark.table("t") };
      const built: unknown = new Function(...Object.keys(names), `return ${example}`)(
        ...Object.values(names),
      );
      expect(built instanceof Column || built instanceof DataFrame).to.equal(true);
    });
  }
});
