import { expect } from "chai";
import type { ArrowField, ArrowType } from "../../../src/arrow/arrow-type.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { encodeBatches } from "../../../src/arrow/encode.ts";
import { makeRow, rowValues } from "../../../src/arrow/row.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import { Timestamp } from "../../../src/arrow/values/timestamp.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { fixture } from "./fixtures.ts";

const unlimited = { maxRows: 1e9, maxBytes: 1e9 };
const long: ArrowType = { kind: "int", bits: 64, signed: true };
const int: ArrowType = { kind: "int", bits: 32, signed: true };
const text: ArrowType = { kind: "utf8" };
const timestamp: ArrowType = { kind: "timestamp", unit: "microsecond", timezone: "UTC" };
const time: ArrowType = { kind: "time", unit: "microsecond" };
const money: ArrowType = { kind: "decimal", precision: 5, scale: 2, bits: 128 };

function field(name: string, type: ArrowType, nullable = true): ArrowField {
  return { name, type, nullable };
}

function struct(...fields: readonly ArrowField[]): ArrowType {
  return { kind: "struct", fields };
}

function list(type: ArrowType, nullable = true): ArrowType {
  return { kind: "list", element: field("element", type, nullable) };
}

function encoded(
  fields: readonly ArrowField[],
  rows: readonly unknown[][],
  limits = unlimited,
): Uint8Array[] {
  return [...encodeBatches(fields, rows, limits)];
}

/** What one value becomes on its way through a column of the type. */
function through(type: ArrowType, value: unknown): unknown {
  const [batch] = encoded([field("c", type)], [[value]]);
  return batch && decodeBatch(batch).rows()[0]?.["c"];
}

function failure(run: () => unknown): SparkwrightError {
  try {
    run();
  } catch (error) {
    if (error instanceof SparkwrightError) {
      return error;
    }
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("encodeBatches", () => {
  for (const name of [
    "scalars",
    "decimals",
    "moments",
    "intervals",
    "nested",
    "duplicates",
    "empty",
    "voids",
  ]) {
    it(`writes back what Spark sent (${name})`, () => {
      const { fields, rows } = decodeBatch(fixture(name));
      const [batch] = encoded(fields, rows().map(rowValues));
      const back = batch && decodeBatch(batch);
      expect(back?.fields).to.deep.equal(fields);
      // Struct keys of a Map are compared as what they print: chai compares keys of Maps by identity.
      expect(JSON.stringify(back?.rows())).to.equal(JSON.stringify(rows()));
      if (name !== "nested") {
        expect(back?.rows()).to.deep.equal(rows());
      }
    });
  }

  it("splits by rows and by bytes and loses none", () => {
    const rows = Array.from({ length: 25 }, (_, index) => [BigInt(index), "x".repeat(100)]);
    const fields = [field("id", long), field("s", text)];
    const byRows = encoded(fields, rows, { maxRows: 10, maxBytes: 1e9 });
    expect(byRows.map((batch) => decodeBatch(batch).numRows)).to.deep.equal([10, 10, 5]);
    const byBytes = encoded(fields, rows, { maxRows: 1e9, maxBytes: 500 });
    expect(byBytes.length).to.be.within(5, 7);
    expect(byBytes.flatMap((batch) => decodeBatch(batch).rows().map(rowValues))).to.deep.equal(rows);
  });

  it("takes rows one by one from a generator", () => {
    let pulled = 0;
    function* rows(): Generator<unknown[]> {
      for (; ; pulled++) {
        yield [pulled];
      }
    }
    const batches = encodeBatches([field("i", int)], rows(), { maxRows: 3, maxBytes: 1e9 });
    batches.next();
    expect(pulled).to.equal(2);
  });

  it("gives one batch without rows for no rows, and rows of no columns", () => {
    const [none, ...more] = encoded([field("i", int)], []);
    expect(more).to.deep.equal([]);
    expect(none && decodeBatch(none)).to.deep.include({ numRows: 0, fields: [field("i", int)] });
    const [nothing] = encoded([], [[], [], []]);
    expect(nothing && decodeBatch(nothing).rows().map(rowValues)).to.deep.equal([[], [], []]);
  });

  it("takes the JavaScript values that mean the same", () => {
    expect(through(long, 5)).to.equal(5n);
    expect(through(money, "1.5")).to.deep.equal(new Decimal(150n, 2));
    expect(through(money, 0.1)).to.deep.equal(new Decimal(10n, 2));
    expect(through(money, 3n)).to.deep.equal(new Decimal(300n, 2));
    expect(through({ kind: "date" }, "2001-02-03")).to.deep.equal(LocalDate.parse("2001-02-03"));
    expect(through({ kind: "date" }, new Date("2001-02-03"))).to.deep.equal(LocalDate.parse("2001-02-03"));
    expect(through(timestamp, new Date(1))).to.deep.equal(new Timestamp(1000n));
    expect(through(timestamp, "1970-01-01T01:00:00.000001+01:00")).to.deep.equal(new Timestamp(1n));
    expect(through(list({ kind: "float", bits: 64 }), new Float64Array([1, -0]))).to.deep.equal([1, -0]);
    expect(through(struct(field("a", int), field("b", int)), { b: 2 })).to.deep.equal({ a: null, b: 2 });
    expect(through(struct(field("a", int), field("a", int)), [1, 2])).to.deep.equal(
      makeRow(["a", "a"], [1, 2]),
    );
    const map: ArrowType = {
      kind: "map",
      key: field("key", text, false),
      value: field("value", int),
      keysSorted: false,
    };
    expect(through(map, { x: 1, __proto__: null })).to.deep.equal(new Map([["x", 1]]));
  });

  it("knows Temporal objects by their tag", () => {
    const temporal = (tag: string, text: string, more: object = {}): object => ({
      ...more,
      [Symbol.toStringTag]: tag,
      toString: () => text,
    });
    expect(
      through({ kind: "date" }, temporal("Temporal.PlainDate", "2001-02-03[u-ca=gregory]")),
    ).to.deep.equal(LocalDate.parse("2001-02-03"));
    expect(through(timestamp, temporal("Temporal.Instant", "", { epochNanoseconds: 5000n }))).to.deep.equal(
      new Timestamp(5n),
    );
    const duration = { years: 0, months: 0, weeks: 1, days: 1, hours: 0, minutes: 0, seconds: 0 };
    const parts = { ...duration, milliseconds: 0, microseconds: 3, nanoseconds: 0 };
    expect(
      through({ kind: "duration", unit: "microsecond" }, temporal("Temporal.Duration", "", parts)),
    ).to.deep.include({ micros: 691_200_000_003n });
  });

  const refused: readonly [ArrowType, unknown, string][] = [
    [long, 2 ** 53, "VALUE_INEXACT"],
    [long, 2n ** 63n, "VALUE_OUT_OF_RANGE"],
    [long, "5", "VALUE_WRONG_TYPE"],
    [int, 1.5, "VALUE_INEXACT"],
    [int, 2 ** 31, "VALUE_OUT_OF_RANGE"],
    [int, Number.NaN, "VALUE_OUT_OF_RANGE"],
    [int, true, "VALUE_WRONG_TYPE"],
    [{ kind: "int", bits: 8, signed: true }, 128, "VALUE_OUT_OF_RANGE"],
    [{ kind: "float", bits: 32 }, 1e39, "VALUE_OUT_OF_RANGE"],
    [{ kind: "float", bits: 32 }, 2 ** 24 + 1, "VALUE_INEXACT"],
    [{ kind: "float", bits: 32 }, 2n ** 60n + 1n, "VALUE_INEXACT"],
    [{ kind: "float", bits: 64 }, 2n ** 53n + 1n, "VALUE_INEXACT"],
    [{ kind: "float", bits: 64 }, "1", "VALUE_WRONG_TYPE"],
    [money, "1000", "VALUE_OUT_OF_RANGE"],
    [money, "0.001", "VALUE_INEXACT"],
    [money, 0.1 + 0.2, "VALUE_INEXACT"],
    [money, "abc", "VALUE_INVALID"],
    [money, Number.NaN, "VALUE_INVALID"],
    [text, 5, "VALUE_WRONG_TYPE"],
    [text, "\ud800", "VALUE_INVALID"],
    [{ kind: "binary" }, "abc", "VALUE_WRONG_TYPE"],
    [{ kind: "boolean" }, 1, "VALUE_WRONG_TYPE"],
    [{ kind: "date" }, new Date("2001-02-03T00:00:01Z"), "VALUE_INEXACT"],
    [{ kind: "date" }, new Date(Number.NaN), "VALUE_INVALID"],
    [{ kind: "date" }, "2001-02-29", "VALUE_INVALID"],
    [timestamp, new Date(Number.NaN), "VALUE_INVALID"],
    [timestamp, "2001-02-03T00:00:00", "VALUE_INVALID"],
    [timestamp, new Timestamp(2n ** 63n), "VALUE_OUT_OF_RANGE"],
    [{ ...timestamp, timezone: undefined }, new Date(), "VALUE_WRONG_TYPE"],
    [time, "24:00:00", "VALUE_INVALID"],
    [time, "23:59:59.9999999", "VALUE_INEXACT"],
    [{ kind: "null" }, 1, "VALUE_WRONG_TYPE"],
    [list(int), "abc", "VALUE_WRONG_TYPE"],
    [list(int, false), [1, null], "VALUE_NULL"],
    [struct(field("name", text)), { nmae: "x" }, "VALUE_INVALID"],
    [struct(field("name", text)), ["x", "y"], "VALUE_OUT_OF_RANGE"],
    [struct(field("name", text)), new Date(), "VALUE_WRONG_TYPE"],
    [{ kind: "variant" }, { a: 1 }, "VALUE_WRONG_TYPE"],
  ];
  for (const [type, value, code] of refused) {
    it(`refuses ${String(value)} as ${type.kind} with ${code}`, () => {
      expect(failure(() => through(type, value))).to.have.property("code", code);
    });
  }

  it("names column, row and value of what it refuses", () => {
    const fields = [field("id", long), field("tags", list(struct(field("size", int))))];
    const rows = [
      [1n, []],
      [2n, [{ size: 1 }, { size: 1.5 }]],
    ];
    const error = failure(() => encoded(fields, rows, { maxRows: 1, maxBytes: 1e9 }));
    expect(error.message).to.equal('column "tags.element.size", row 1: 1.5 would lose digits as INT');
    expect(error.details).to.deep.equal({ column: "tags.element.size", row: 1, type: "INT" });
    expect(error.hint).to.contain("Round it");
  });

  it("refuses null in columns that have none, and rows of another length", () => {
    expect(failure(() => encoded([field("id", long, false)], [[undefined]])).code).to.equal("VALUE_NULL");
    expect(failure(() => encoded([field("id", long)], [[1n], [1n, 2n]])).message).to.equal(
      "row 1 has 2 values for 1 columns",
    );
  });
});
