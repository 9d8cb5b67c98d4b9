import { mkdirSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { EngineProject, errorOf } from "../engine/engine-project.ts";
import { scratchFolder } from "../spark.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

const column = (name: string, type: string) => ({ name, type, nullable: true });
const schema = [column("id", "int"), column("name", "string"), column("price", "decimal(10,2)")];
const header = { options: { header: "true" } };

describe("files that others write", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("files");
  });
  after(async () => {
    await on.close();
  });

  const dataset = (format: string, files: readonly string[], some: Partial<DatasetConfig> = {}) => {
    const path = `${scratchFolder()}/in`;
    mkdirSync(path);
    for (const [index, text] of files.entries()) writeFileSync(`${path}/${index}.${format}`, text);
    return on.dataset("files", { format, location: { kind: "path", path }, schema, ...some });
  };
  const malformed = async (of: DatasetConfig, text: string) => {
    const error = await on.read(of).catch((thrown: unknown) => thrown);
    expect(error, text).to.have.property("code", "DATASET_MALFORMED");
    expect(error).to.have.property("message").that.contains(text);
  };

  it("csv: are read where the header has the declared columns, in any case, with a BOM, without rows", async () => {
    const row = "1,a,2.50\n";
    for (const isOutput of [false, true]) {
      for (const text of [`id,name,price\n${row}`, `ID,Name,PRICE\n${row}`, `\ufeffid,name,price\n${row}`]) {
        expect(await on.read(dataset("csv", [text], { ...header, isOutput })), text).to.deep.equal([
          "1 a 2.50",
        ]);
      }
    }
    expect(
      await on.read(dataset("csv", ["id,name,price\n", "", `id,name,price\n${row}`], header)),
    ).to.deep.equal(["1 a 2.50"]);
    expect(await on.read(dataset("csv", ["id,name,price\r\n1,a,2.50\r\n"], header))).to.deep.equal([
      "1 a 2.50",
    ]);
    expect(await on.read(dataset("csv", ["id,name,price\n"], header))).to.deep.equal([]);
    expect(await on.read(dataset("csv", [row]))).to.deep.equal(["1 a 2.50"]);
  });

  it("csv: are refused where the header says otherwise, also in the second file and without a schema", async () => {
    const wrong = [
      ["name,id,price\na,1,2.50\n", "Expected: id but found: name"],
      ["id,price,name\n1,2.50,a\n", "Expected: name but found: price"],
      ["id,name\n1,a\n", "Header length: 2, schema size: 3"],
      ["id,name,price,more\n1,a,2.50,z\n", "Header length: 4, schema size: 3"],
      ["id,name,name\n1,a,2.50\n", "Expected: price but found: name"],
      [" id , name,price\n1,a,2.50\n", "Expected: id but found:"],
    ] as const;
    for (const [text, why] of wrong) {
      for (const isOutput of [false, true]) {
        await malformed(dataset("csv", [text], { ...header, isOutput }), why);
        const two = dataset("csv", ["id,name,price\n1,a,2.50\n", text], { ...header, isOutput });
        await malformed(two, why);
      }
    }
    const { schema: _, ...open } = dataset("csv", ["a,b\n1,2\n", "b,a\n1,2\n"], header);
    await malformed(open, "CSV header does not conform to the schema");
  });

  it("csv: lose no field and no value without a word", async () => {
    for (const row of ["1,a", "1,a,2.50,z", "x,a,2.50", "99999999999,a,2.50", "1,a,many"]) {
      const text = `id,name,price\n7,fine,1.00\n${row}\n`;
      await malformed(dataset("csv", [text], header), "Malformed records are detected");
      // Of columns that nobody reads, too.
      const counted = on.read(dataset("csv", [text], header)).then((rows) => rows.length);
      expect(await counted.catch((error: { code: string }) => error.code), row).to.equal("DATASET_MALFORMED");
      const kept = dataset("csv", [text], {
        ...header,
        schema: [...schema, column("_corrupt_record", "string")],
      });
      expect(
        (await on.read(kept)).filter((line) => line.endsWith(row)),
        row,
      ).to.have.length(1);
      const dropped = dataset("csv", [text], { options: { header: "true", mode: "DROPMALFORMED" } });
      expect(await on.read(dropped), row).to.deep.equal(["7 fine 1.00"]);
    }
  });

  it("json: are read by name, and lose no line and no value without a word", async () => {
    const read = async (text: string) => await on.read(dataset("json", [text]));
    expect(await read('{"price":2.5,"name":"a","id":1}\n')).to.deep.equal(["1 a 2.50"]);
    expect(await read('{"id":1,"more":true}\n{"name":"b"}\n')).to.deep.equal(["1 null null", "null b null"]);
    expect(await read('[{"id":1},{"id":2}]\n')).to.deep.equal(["1 null null", "2 null null"]);
    for (const line of ['{"id":1', '{"id":"x"}', '{"id":1.5}', '{"id":99999999999}', '{"id":[1]}', "id: 1"]) {
      const text = `{"id":7}\n${line}\n`;
      await malformed(dataset("json", [text]), "Malformed records are detected");
      const kept = dataset("json", [text], { schema: [...schema, column("_corrupt_record", "string")] });
      expect(
        (await on.read(kept)).filter((row) => row.endsWith(line)),
        line,
      ).to.have.length(1);
      const dropped = dataset("json", [text], { options: { mode: "DROPMALFORMED" } });
      expect(await on.read(dropped), line).to.deep.equal(["7 null null"]);
    }
    const nested = [column("s", "struct<a: int>")];
    await malformed(dataset("json", ['{"s":{"a":"x"}}\n'], { schema: nested }), "Malformed records");
  });

  it("are told of by name, place and hint where a node reads them", async () => {
    const project = new EngineProject({
      "config/datasets.yaml":
        "in:\n  path: data/in\n  format: csv\n  options: {header: true}\n  schema: {id: int, name: string}\n$DB.out: {}\n",
      "config/nodes.yaml": "a:\n  sql: select count(*) as n from in\n  input: in\n  output: $DB.out\n",
      "data/in/one.csv": "name,id\nx,1\n",
    });
    try {
      const outcome = await project.run();
      expect(errorOf(outcome, "a")).to.equal("DATASET_MALFORMED");
      const [node] = outcome.summary.nodes;
      expect(node?.error?.message)
        .to.contain("dataset 'in'")
        .and.contain("Header: name, id")
        .and.contain("one.csv");
      expect(node?.error?.position).to.include({ line: 5 });
    } finally {
      await project.drop();
    }
  });
});
