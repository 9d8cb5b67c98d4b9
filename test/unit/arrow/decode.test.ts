import { expect } from "chai";
import type { ArrowField } from "../../../src/arrow/arrow-type.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { Row, rowFields, rowValues } from "../../../src/arrow/row.ts";
import { CalendarInterval } from "../../../src/arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../../src/arrow/values/day-time-interval.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import { LocalDateTime } from "../../../src/arrow/values/local-date-time.ts";
import { LocalTime } from "../../../src/arrow/values/local-time.ts";
import { Timestamp } from "../../../src/arrow/values/timestamp.ts";
import type { Variant } from "../../../src/arrow/values/variant.ts";
import { YearMonthInterval } from "../../../src/arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { fixture } from "./fixtures.ts";

function rowsOf(name: string, names?: readonly ArrowField[]): Row[] {
  return decodeBatch(fixture(name), names).rows();
}

describe("decodeBatch", () => {
  it("keeps every scalar of Spark, nulls included", () => {
    const nothing = {
      byte: null,
      short: null,
      int: null,
      long: null,
      float: null,
      double: null,
      boolean: null,
      string: null,
      binary: null,
      sometimes: null,
    };
    expect(rowsOf("scalars")).to.deep.equal([
      {
        byte: 1,
        short: 2,
        int: 3,
        long: 4n,
        float: 1.5,
        double: 2.5,
        boolean: true,
        string: "é𝄞",
        binary: new Uint8Array([0, 255]),
        sometimes: null,
      },
      {
        byte: -128,
        short: -32768,
        int: -2147483648,
        long: -9223372036854775808n,
        float: Number.NaN,
        double: Number.NEGATIVE_INFINITY,
        boolean: false,
        string: "",
        binary: new Uint8Array(0),
        sometimes: 7,
      },
      nothing,
    ]);
  });

  it("keeps all digits of decimals", () => {
    const [row] = rowsOf("decimals");
    expect(row).to.deep.equal({
      a: Decimal.parse("-0.12345678901234567890123456789012345678"),
      b: Decimal.parse("-99999999999999999999999999999999999999"),
      c: new Decimal(150n, 2),
      d: new Decimal(-1n, 0),
      e: null,
      f: new Decimal(9223372036854775808n, 0),
    });
  });

  it("keeps microseconds from year 1 to 9999", () => {
    expect(rowsOf("moments")).to.deep.equal([
      {
        d1: LocalDate.parse("0001-01-01"),
        d2: LocalDate.parse("9999-12-31"),
        t1: Timestamp.parse("0001-01-01T00:00:00Z"),
        t2: Timestamp.parse("9999-12-31T23:59:59.999999Z"),
        t3: new Timestamp(-1n),
        n1: LocalDateTime.parse("0001-01-01T00:00:00.000001"),
        time: LocalTime.parse("23:59:59.999999"),
      },
    ]);
  });

  it("keeps intervals at their limits", () => {
    expect(rowsOf("intervals")).to.deep.equal([
      {
        ym: new YearMonthInterval(-2147483648),
        ds: new DayTimeInterval(-9223372036854775808n),
        ci: new CalendarInterval(-10, 17, 18367500000n),
      },
    ]);
  });

  it("nests arrays, maps, structs and variants, with null anywhere", () => {
    const [row = new Row()] = rowsOf("nested");
    expect(row["a"]).to.deep.equal([1, null, 3]);
    expect(row["m"]).to.deep.equal(
      new Map([
        ["a", 1n],
        ["b", null],
      ]),
    );
    const [entry] = [...(row["mm"] as Map<Row, unknown>)];
    expect(entry).to.deep.equal([{ k: 1 }, [new Map([[2, null]])]]);
    expect(row["s"]).to.deep.equal({ a: 1, b: null, s: { z: "x" } });
    expect(row["ns"]).to.equal(null);
    expect((row["v"] as Variant).toObject()).to.deep.equal({ a: [1, Decimal.parse("2.5"), null, "x"] });
    expect(row["sa"]).to.deep.equal([{ x: 1 }, null]);
    expect(Object.keys(row["es"] as Row)).to.deep.equal([]);
  });

  it("reaches columns of one name by position", () => {
    const [row] = rowsOf("duplicates");
    expect(row && rowFields(row)).to.deep.equal(["a", "a", "s", "0", "__proto__", "constructor", "toString"]);
    expect(row?.["a"]).to.equal(1);
    expect(row?.[1]).to.equal(2);
    expect(row && rowValues(row).slice(3)).to.deep.equal([5, 6, 7, 8]);
  });

  it("gives the fields of nested structs the names of the schema, which Spark made unique", () => {
    const sent = decodeBatch(fixture("duplicates")).fields;
    const int = { kind: "int", bits: 32, signed: true } as const;
    const x: ArrowField = { name: "x", type: int, nullable: false };
    const names = sent.map((field) =>
      field.name === "s" ? { ...field, type: { kind: "struct", fields: [x, x] } as const } : field,
    );
    const [struct] = rowsOf("duplicates").map((row) => row["s"] as Row);
    const [renamed] = rowsOf("duplicates", names).map((row) => row["s"] as Row);
    expect(struct).to.deep.equal({ x_0: 3, x_1: 4 });
    expect(renamed).to.deep.equal({ x: 3 });
    expect(renamed && rowValues(renamed)).to.deep.equal([3, 4]);
  });

  it("reads no rows, and rows of nothing", () => {
    expect(decodeBatch(fixture("empty")).fields.map((field) => field.name)).to.deep.equal([
      "id",
      "s",
      "a",
      "m",
      "st",
    ]);
    expect(rowsOf("empty")).to.deep.equal([]);
    expect(rowsOf("voids")).to.deep.equal([{ nothing: null }, { nothing: null }]);
  });

  for (const codec of ["lz4", "zstd"]) {
    it(`decompresses ${codec}`, () => {
      const { numRows, rows } = decodeBatch(fixture(codec));
      expect(rows()).to.have.lengthOf(numRows);
      for (const [index, row] of rows().entries()) {
        expect(row).to.deep.equal({
          id: BigInt(index),
          s: "ab".repeat(index),
          t: index % 3 === 0 ? null : "héllo",
          x: index * 1.5,
        });
      }
    });
  }

  it("reads bytes at any alignment", () => {
    const bytes = fixture("scalars");
    for (let shift = 0; shift < 8; shift++) {
      const moved = new Uint8Array(bytes.length + shift).subarray(shift);
      moved.set(bytes);
      expect(decodeBatch(moved).rows()).to.deep.equal(rowsOf("scalars"));
    }
  });

  it("refuses text that is not UTF-8 instead of altering it", () => {
    expect(() => rowsOf("invalid-utf8"))
      .to.throw(SparkwrightError, /column "s"/)
      .with.property("code", "VALUE_INVALID_UTF8");
  });

  it("gives values that do not keep or change the message", () => {
    const bytes = fixture("scalars").slice();
    const [row] = decodeBatch(bytes).rows();
    bytes.fill(0);
    expect(row?.["binary"]).to.deep.equal(new Uint8Array([0, 255]));
  });

  it("says ARROW_INVALID, and nothing else, whatever is cut off or altered", () => {
    for (const name of ["scalars", "nested", "lz4", "zstd"]) {
      const whole = fixture(name);
      for (let step = 1; step < 400; step++) {
        const at = Math.floor((whole.length * step) / 400);
        const altered = whole.slice();
        altered[at] = (altered[at] ?? 0) ^ 0xff;
        for (const bytes of [whole.slice(0, at), altered]) {
          try {
            decodeBatch(bytes).rows();
          } catch (error) {
            expect(error, `${name} at ${at}`).to.be.instanceOf(SparkwrightError);
          }
        }
      }
    }
  });
});
