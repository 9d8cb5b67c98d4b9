import { join } from "node:path";
import { expect } from "chai";
import { Decimal, functions, Observation, type Row, StorageLevels } from "../../../src/sql/index.ts";
import { getSpark } from "../spark.ts";
import { examplesOf } from "./document-examples.ts";

const document = join(import.meta.dirname, "../../../docs/from-pyspark.md");

/** What the examples leave behind. */
interface Left {
  readonly columns: readonly string[];
  readonly first: Row;
  readonly victorians: bigint;
  readonly total: Row;
  readonly names: readonly string[];
  readonly rows: bigint;
  readonly isKept: boolean;
}

describe("docs/from-pyspark.md", () => {
  it("has examples that run", async () => {
    const examples = examplesOf(document);
    const given = { spark: await getSpark(), Decimal, Observation, StorageLevels, ...functions };
    const used = Object.keys(given).filter((name) =>
      new RegExp(`\\b${name}\\(|\\b${name}\\.`).test(examples),
    );
    const code = `return (async () => { ${examples} return { columns, first, victorians, total, names, rows, isKept }; })();`;
    const values = used.map((name) => given[name as keyof typeof given]);
    const left = (await new Function(...used, code)(...values)) as Left;
    expect(left.columns).to.deep.equal(["name", "born", "fee"]);
    expect(left.first).to.include({ name: "Ada", born: 1815 });
    expect(String(left.first["fee"])).to.equal("12.50");
    expect(left.victorians).to.equal(1n);
    expect(left.total).to.include({ total: 1815 + 1912 });
    expect(left.names).to.deep.equal(["id", "tags"]);
    expect(left.rows).to.equal(2n);
    expect(left.isKept).to.equal(true);
  });
});
