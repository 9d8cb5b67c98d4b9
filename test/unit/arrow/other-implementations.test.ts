import * as flechette from "@uwdata/flechette";
import * as apache from "apache-arrow";
import { expect } from "chai";
import type { ArrowField } from "../../../src/arrow/arrow-type.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { encodeBatches } from "../../../src/arrow/encode.ts";

describe("Arrow of other implementations", () => {
  const words = ["x", "é", null, "x", "a text that is longer than twelve bytes", "x"];

  it("is read with several record batches and dictionaries (flechette)", () => {
    const table = flechette.tableFromArrays(
      { word: words, n: [1, 2, 3, 4, 5, null] },
      { types: { word: flechette.dictionary(flechette.utf8()), n: flechette.int64() }, maxBatchRows: 2 },
    );
    const bytes = flechette.tableToIPC(table, { format: "stream" });
    const batch = decodeBatch(bytes ?? new Uint8Array());
    expect(batch.numRows).to.equal(6);
    expect(batch.rows()).to.deep.equal(
      words.map((word, index) => ({ word, n: index === 5 ? null : BigInt(index + 1) })),
    );
    expect(batch.fields[0]?.type).to.deep.equal({ kind: "utf8" });
  });

  it("is read with dictionaries inside lists and structs (apache-arrow)", () => {
    const dictionary = new apache.Dictionary(new apache.Utf8(), new apache.Int32());
    const vector = apache.vectorFromArray(
      [{ tags: ["a", "b", "a"] }, null, { tags: null }],
      new apache.Struct([
        new apache.Field("tags", new apache.List(new apache.Field("item", dictionary, true))),
      ]),
    );
    const bytes = apache.tableToIPC(new apache.Table({ s: vector }), "stream");
    expect(decodeBatch(bytes).rows()).to.deep.equal([
      { s: { tags: ["a", "b", "a"] } },
      { s: null },
      { s: { tags: null } },
    ]);
  });

  it("is read with string views (flechette)", () => {
    // flechette writes no views itself: bytes of a column are put together by hand.
    const text = new TextEncoder().encode("a text that is longer than twelve bytes");
    const views = new Uint8Array(32);
    const data = new DataView(views.buffer);
    data.setInt32(0, 2, true);
    views.set([0x68, 0x69], 4);
    data.setInt32(16, text.length, true);
    views.set(text.subarray(0, 4), 20);
    const type = flechette.utf8View();
    const batch = new flechette.Batch({
      type,
      length: 2,
      nullCount: 0,
      validity: new Uint8Array(0),
      values: views,
    });
    const column = new flechette.Column([Object.assign(batch, { data: [text] })], type);
    const bytes = flechette.tableToIPC(flechette.tableFromColumns({ s: column }), { format: "stream" });
    expect(decodeBatch(bytes ?? new Uint8Array()).rows()).to.deep.equal([
      { s: "hi" },
      { s: "a text that is longer than twelve bytes" },
    ]);
  });

  it("reads what we write (apache-arrow, flechette)", () => {
    const fields: ArrowField[] = [
      { name: "id", type: { kind: "int", bits: 64, signed: true }, nullable: false },
      { name: "word", type: { kind: "utf8" }, nullable: true },
      {
        name: "list",
        type: {
          kind: "list",
          element: { name: "element", type: { kind: "float", bits: 64 }, nullable: true },
        },
        nullable: true,
      },
      { name: "even", type: { kind: "boolean" }, nullable: true },
    ];
    const rows = words.map((word, index) => [
      BigInt(index),
      word,
      index === 3 ? null : [index, null],
      index % 2 === 0,
    ]);
    for (const bytes of encodeBatches(fields, rows, { maxRows: 100, maxBytes: 1e9 })) {
      const table = apache.tableFromIPC(bytes);
      expect(
        [...table].map((row) => [row["id"], row["word"], row["list"]?.toJSON() ?? null, row["even"]]),
      ).to.deep.equal(rows);
      const other = flechette.tableFromIPC(bytes, { useBigInt: true });
      expect(other.toArray().map((row) => row["word"])).to.deep.equal(words);
    }
  });
});
