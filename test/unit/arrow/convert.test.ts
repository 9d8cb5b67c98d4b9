import * as flechette from "@uwdata/flechette";
import * as apache from "apache-arrow";
import { expect } from "chai";
import fc from "fast-check";
import { type ArrowSource, ipcSource } from "../../../src/arrow/arrow-source.ts";
import { convertBatches } from "../../../src/arrow/convert.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { type ArrowTableLike, isArrowTable, tableSource } from "../../../src/arrow/table-source.ts";
import { arrowFields } from "../../../src/sql/types/type-arrow.ts";
import { schemaFromArrow } from "../../../src/sql/types/type-from-arrow.ts";

/** The rows that arrive where the data is sent in slices of at most `maxRows`. */
function sent(source: ArrowSource, maxRows: number): { schema: string; rows: unknown[][]; sizes: number[] } {
  const schema = schemaFromArrow(source.fields);
  const batches = [...convertBatches(source, arrowFields(schema), { maxRows, maxBytes: 1e9 })].map((bytes) =>
    decodeBatch(bytes),
  );
  return {
    schema: schema.simpleString(),
    rows: batches.flatMap((batch) => batch.rows().map((row) => [...row])),
    sizes: batches.map((batch) => batch.numRows),
  };
}

const bools = apache.vectorFromArray(
  [true, null, false, true, true, null, false, true, true, false],
  new apache.Bool(),
);
const words = ["a", null, "", "é", "longer than twelve bytes", null, "x", "y", "z", "ß"];
const lists = words.map((word, i) => (i % 4 === 1 ? null : [word, String(i), null].slice(0, i % 4)));
const list = new apache.List(new apache.Field("item", new apache.Utf8(), true));

describe("Arrow data from elsewhere", () => {
  it("goes in slices of every size without losing a bit", () => {
    const table = new apache.Table({
      b: bools,
      w: apache.vectorFromArray(words, new apache.Utf8()),
      l: apache.vectorFromArray(lists, list),
      n: apache.vectorFromArray(
        words.map(() => null),
        new apache.Null(),
      ),
    });
    const expected = words.map((word, i) => [bools.get(i), word, lists[i], null]);
    for (let maxRows = 1; maxRows <= 10; maxRows++) {
      const { schema, rows, sizes } = sent(tableSource(table), maxRows);
      expect(schema).to.equal("struct<b:boolean,w:string,l:array<string>,n:void>");
      expect(rows, `in slices of ${maxRows}`).to.deep.equal(expected);
      expect(Math.max(...sizes)).to.equal(maxRows);
    }
    for (let from = 0; from < 9; from++) {
      const slice = tableSource(table.slice(from, 10).select(["b", "w", "n"]));
      expect(sent(slice, 3).rows).to.deep.equal(expected.slice(from).map(([b, w, , n]) => [b, w, n]));
    }
  });

  it("is the same from a table, a stream and a file", () => {
    const table = flechette.tableFromArrays(
      { n: [1, 2, null, 4, 5], d: ["x", "y", "x", null, "y"], u: [0, 1, 255, 3, 4] },
      {
        types: { n: flechette.int64(), d: flechette.dictionary(flechette.utf8()), u: flechette.uint8() },
        maxBatchRows: 2,
      },
    );
    const bytes = (format: "stream" | "file") => flechette.tableToIPC(table, { format }) as Uint8Array;
    const expected = {
      schema: "struct<n:bigint,d:string,u:smallint>",
      rows: [
        [1n, "x", 0],
        [2n, "y", 1],
        [null, "x", 255],
        [4n, null, 3],
        [5n, "y", 4],
      ],
      sizes: [2, 2, 1],
    };
    for (const source of [tableSource(table), ipcSource(bytes("stream")), ipcSource(bytes("file"))]) {
      expect(sent(source, 100)).to.deep.equal(expected);
    }
    expect(sent(ipcSource(bytes("stream")), 1).rows).to.deep.equal(expected.rows);
  });

  it("keeps what Spark has no type for in the next wider one, or says what does not fit", () => {
    const column = (type: apache.DataType, values: readonly unknown[]) =>
      sent(tableSource(new apache.Table({ c: apache.vectorFromArray(values, type) })), 10);
    const big = column(new apache.Uint64(), [18_446_744_073_709_551_615n, null]);
    expect([big.schema, String(big.rows)]).to.deep.equal([
      "struct<c:decimal(20,0)>",
      "18446744073709551615,",
    ]);
    const seconds = column(new apache.TimestampSecond("UTC"), [-1_000, 253_402_300_799_000]);
    expect(seconds.rows.map(String)).to.deep.equal(["1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z"]);
    const fixed = new apache.FixedSizeList(2, new apache.Field("item", new apache.Int16(), true));
    expect(
      column(fixed, [
        [1, 2],
        [3, 4],
      ]).rows,
    ).to.deep.equal([[[1, 2]], [[3, 4]]]);
    expect(() => column(new apache.Float16(), [1]))
      .to.throw()
      .with.property("code", "ARROW_UNSUPPORTED");
    const millis = new apache.Table({
      c: apache.vectorFromArray([new Date(5)], new apache.DateMillisecond()),
    });
    expect(() => sent(tableSource(millis), 10))
      .to.throw('column "c", row 0')
      .with.property("code", "VALUE_INEXACT");
  });

  it("has a schema without rows", () => {
    const table = new apache.Table({ c: apache.vectorFromArray([1], new apache.Int32()) }).slice(0, 0);
    expect(sent(tableSource(table), 10)).to.deep.include({ schema: "struct<c:int>", rows: [] });
    const bytes = apache.tableToIPC(table, "stream");
    expect(sent(ipcSource(bytes), 10)).to.deep.include({ schema: "struct<c:int>", rows: [] });
  });

  it("is known by its form, and nothing else is taken for it", () => {
    const table = new apache.Table({ c: apache.vectorFromArray([1], new apache.Int32()) });
    const others = [null, 1, "x", [], [{ a: 1 }], { schema: { fields: [] } }, { batches: [] }, new Map()];
    expect(isArrowTable(table)).to.equal(true);
    expect(isArrowTable(flechette.tableFromArrays({ a: [1] }))).to.equal(true);
    expect(others.some(isArrowTable)).to.equal(false);
    expect(() => tableSource(uneven()))
      .to.throw()
      .with.property("code", "USAGE_ARROW_TABLE");
  });

  it("that is cut off or altered is refused, never read past its end", () => {
    const bytes = apache.tableToIPC(
      new apache.Table({ w: apache.vectorFromArray(words, new apache.Utf8()) }),
      "file",
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const damaged = cut ? bytes.slice(0, at) : bytes.slice();
        if (!cut) damaged[at] = byte;
        try {
          sent(ipcSource(damaged), 3);
        } catch (error) {
          expect((error as { code?: string }).code, String(error)).to.match(/^(ARROW|VALUE)_/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function uneven(): ArrowTableLike {
  const [a, b] = [2, 3].map((maxBatchRows) =>
    flechette.tableFromArrays({ a: [1, 2, 3, 4] }, { maxBatchRows }),
  );
  const { schema } = flechette.tableFromArrays({ a: [1], b: [1] });
  return { schema, children: [a?.children[0], b?.children[0]] as object[] };
}
