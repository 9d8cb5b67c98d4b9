import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { surface } from "../surface/coverage.ts";
import { coverageTable, pysparkTable } from "../surface/documents.ts";
import { excused } from "../surface/excused.ts";

const docs = join(import.meta.dirname, "../../docs");

/** The formatter aligns tables. */
function unaligned(text: string): string {
  return text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---");
}

describe("the surface of PySpark", () => {
  const names = surface();
  const nameOf = ({ owner, name }: { owner: string; name: string }) => `${owner}.${name}`;
  const due = names.filter(({ excuse }) => excuse === undefined);

  it("is implemented but for what is excused", () => {
    expect(due.filter(({ implemented }) => !implemented).map(nameOf)).to.deep.equal([]);
  });

  it("is tested on Spark, name by name", () => {
    expect(due.filter(({ tested }) => !tested).map(nameOf)).to.deep.equal([]);
  });

  it("has 529 functions, of which at most 12 are excused", () => {
    const functions = names.filter(({ owner }) => owner === "functions");
    expect(functions).to.have.lengthOf(529);
    expect(functions.filter(({ excuse }) => excuse !== undefined).length).to.be.at.most(12);
  });

  it("is excused by names that it has, and never for what we have", () => {
    expect(Object.keys(excused).filter((name) => !names.map(nameOf).includes(name))).to.deep.equal([]);
    expect(
      names.filter(({ excuse, implemented }) => excuse !== undefined && implemented).map(nameOf),
    ).to.deep.equal([]);
  });

  for (const [file, expected] of Object.entries({
    "pyspark.md": pysparkTable(names),
    "coverage.md": coverageTable(names),
  })) {
    it(`is documented as it is in docs/${file}`, () => {
      if (process.env["UPDATE_DOCS"] === "1") writeFileSync(join(docs, file), expected);
      const written = readFileSync(join(docs, file), "utf8");
      expect(unaligned(written), "run: npm run docs:surface").to.equal(unaligned(expected));
    });
  }
});
