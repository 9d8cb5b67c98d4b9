import { expect } from "chai";
import { type OptionsInUse, optionFaults } from "../../../src/formats/option-faults.ts";
import { typeFault } from "../../../src/formats/type-fault.ts";

const faults = (some: Partial<OptionsInUse>) =>
  optionFaults({ format: "delta", mode: "append", options: {}, read: false, written: true, ...some }).map(
    ({ key, why }) => `${key}: ${why}`,
  );

describe("options of datasets", () => {
  it("name what jdbc and kafka need to be read and written", () => {
    const jdbc = (...names: string[]) =>
      faults({ format: "jdbc", options: Object.fromEntries(names.map((name) => [name, "secret"])) });
    expect(jdbc("url", "dbTable")).to.deep.equal([]);
    expect(jdbc()).to.deep.equal([
      "options: jdbc needs the option url",
      "options: jdbc needs dbtable or query",
    ]);
    expect(jdbc("url", "query")).to.deep.equal(["options: a query cannot be written to"]);
    expect(jdbc("url", "query", "dbtable")).to.deep.equal(["options: jdbc takes dbtable or query, not both"]);
    const kafka = (read: boolean, ...names: string[]) =>
      faults({
        format: "kafka",
        read,
        written: !read,
        options: Object.fromEntries(["kafka.bootstrap.servers", ...names].map((name) => [name, "x"])),
      });
    expect(kafka(true, "subscribePattern")).to.deep.equal([]);
    expect(kafka(true)).to.have.length(1);
    expect(kafka(true, "subscribe", "assign")[0]).to.contain("and has 2");
    expect(kafka(false, "topic")).to.deep.equal([]);
    expect(kafka(false)).to.deep.equal([]);
    expect(kafka(false, "subscribe")[0]).to.contain("needs the option topic");
  });

  it("do not contradict schema_evolution", () => {
    expect(faults({ schemaEvolution: "add" })).to.deep.equal([]);
    expect(faults({ schemaEvolution: "any" })[0]).to.contain("mode append keeps stored rows");
    expect(faults({ schemaEvolution: "any", mode: "overwrite", format: "csv" })).to.deep.equal([]);
    expect(faults({ schemaEvolution: "add", format: "parquet" })[0]).to.contain("parquet cannot add columns");
    expect(faults({ schemaEvolution: "none", options: { MergeSchema: "TRUE" } })[0]).to.contain("both say");
    expect(faults({ options: { mergeSchema: "true" } })).to.deep.equal([]);
  });
});

describe("types of columns", () => {
  const why = (format: string, columns: Readonly<Record<string, string>>, partitionBy: string[] = []) =>
    typeFault(
      format,
      Object.entries(columns).map(([name, type]) => ({ name, type })),
      partitionBy,
    )?.why;

  it("must be what the format can hold", () => {
    expect(why("csv", { a: "int", b: "STRUCT<a: int>" })).to.contain("column 'b', which is STRUCT<a: int>");
    expect(why("csv", { structure: "string", a: "decimal(3,1)" })).to.equal(undefined);
    expect(why("parquet", { a: "map<string,int>" })).to.equal(undefined);
    expect(why("text", { value: "string", day: "date" }, ["day"])).to.equal(undefined);
    expect(why("text", { value: "string", day: "date" })).to.contain("text holds one column of type string");
    expect(why("kafka", { key: "binary", value: "string" })).to.equal(undefined);
    expect(why("kafka", { key: "binary" })).to.contain("needs a column 'value'");
  });
});
