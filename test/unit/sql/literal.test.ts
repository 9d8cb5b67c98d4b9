import { expect } from "chai";
import fc from "fast-check";
import { CalendarInterval } from "../../../src/arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../../src/arrow/values/day-time-interval.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import { LocalDateTime } from "../../../src/arrow/values/local-date-time.ts";
import { LocalTime } from "../../../src/arrow/values/local-time.ts";
import { Timestamp } from "../../../src/arrow/values/timestamp.ts";
import { YearMonthInterval } from "../../../src/arrow/values/year-month-interval.ts";
import { literal, literalMessage } from "../../../src/sql/plan/literal.ts";
import { literalValue } from "../../../src/sql/plan/literal-value.ts";
import { protoOf } from "./plan-json.ts";

const literalOf = (value: unknown) => (protoOf(literal(value)) as { literal: unknown }).literal;

describe("literals", () => {
  const exact: readonly (readonly [string, unknown, unknown])[] = [
    ["an INTEGER", 2_147_483_647, { integer: 2147483647 }],
    ["a LONG beyond 32 bits", 3_000_000_000, { long: "3000000000" }],
    ["a LONG at 2^53 - 1", Number.MAX_SAFE_INTEGER, { long: "9007199254740991" }],
    ["a DOUBLE", 1.5, { double: 1.5 }],
    ["a DOUBLE of -0", -0, { double: -0 }],
    ["NaN", Number.NaN, { double: "NaN" }],
    ["a DOUBLE beyond every LONG", 1e300, { double: 1e300 }],
    ["a bigint as a LONG", 1n, { long: "1" }],
    ["the least LONG", -(2n ** 63n), { long: "-9223372036854775808" }],
    [
      "a Decimal with its digits",
      Decimal.parse("1.50"),
      { decimal: { value: "1.50", precision: 3, scale: 2 } },
    ],
    [
      "DECIMAL(38,38)",
      Decimal.parse("0.00000000000000000000000000000000000001"),
      { decimal: { value: "0.00000000000000000000000000000000000001", precision: 38, scale: 38 } },
    ],
    ["a string", "ünï", { string: "ünï" }],
    ["a boolean", true, { boolean: true }],
    ["NULL", null, { null: { null: {} } }],
    ["undefined as NULL", undefined, { null: { null: {} } }],
    ["binary", new Uint8Array([1, 255]), { binary: "Af8=" }],
    ["a Date as a TIMESTAMP", new Date(1), { timestamp: "1000" }],
    ["a Timestamp", new Timestamp(-1n), { timestamp: "-1" }],
    ["a LocalDateTime", new LocalDateTime(5n), { timestampNtz: "5" }],
    ["a LocalDate", new LocalDate(-719162), { date: -719162 }],
    ["a LocalTime", new LocalTime(1000), { time: { nano: "1000", precision: 6 } }],
    ["months", new YearMonthInterval(-14), { yearMonthInterval: -14 }],
    ["microseconds", new DayTimeInterval(7n), { dayTimeInterval: "7" }],
    [
      "a calendar interval",
      new CalendarInterval(1, 2, 3n),
      { calendarInterval: { months: 1, days: 2, microseconds: "3" } },
    ],
  ];
  for (const [name, value, message] of exact) {
    it(name, () => expect(literalOf(value)).to.deep.equal(message));
  }

  it("nests by constructors of SQL", () => {
    expect(protoOf(literal([1, null]))).to.deep.equal({
      unresolvedFunction: {
        functionName: "array",
        arguments: [{ literal: { integer: 1 } }, { literal: { null: { null: {} } } }],
      },
    });
    expect(protoOf(literal(new Map([[1, "a"]])))).to.have.nested.property(
      "unresolvedFunction.functionName",
      "map",
    );
    expect(protoOf(literal({ a: { b: [] } }))).to.deep.nested.include({
      "unresolvedFunction.functionName": "named_struct",
      "unresolvedFunction.arguments[1].unresolvedFunction.functionName": "named_struct",
    });
  });

  it("takes Temporal objects of any implementation", () => {
    const temporal = (tag: string, fields: object) => ({
      ...fields,
      [Symbol.toStringTag]: `Temporal.${tag}`,
    });
    const text = (value: string) => ({ toString: () => value });
    expect(literalOf(temporal("Instant", { epochNanoseconds: 1_000_001_000n }))).to.deep.equal({
      timestamp: "1000001",
    });
    expect(literalOf(temporal("PlainDate", text("2001-02-03")))).to.deep.equal({ date: 11356 });
    expect(literalOf(temporal("PlainTime", text("00:00:01")))).to.deep.equal({
      time: { nano: "1000000000", precision: 6 },
    });
    expect(literalOf(temporal("PlainDateTime", text("1970-01-01T00:00:01")))).to.deep.equal({
      timestampNtz: "1000000",
    });
    expect(literalOf(temporal("ZonedDateTime", { epochNanoseconds: -1_000n }))).to.deep.equal({
      timestamp: "-1",
    });
    const none = { years: 0, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0 };
    const duration = (parts: object) =>
      temporal("Duration", { ...none, milliseconds: 0, microseconds: 0, nanoseconds: 0, ...parts });
    expect(literalOf(duration({ days: 1, microseconds: 2 }))).to.deep.equal({
      dayTimeInterval: "86400000002",
    });
    expect(literalOf(duration({ years: 1, months: 2 }))).to.deep.equal({ yearMonthInterval: 14 });
    expect(literalOf(duration({ months: 1, weeks: 1, seconds: 1 }))).to.deep.equal({
      calendarInterval: { months: 1, days: 7, microseconds: "1000000" },
    });
    expect(protoOf(literal([temporal("PlainDate", text("1970-01-02"))]))).to.deep.nested.include({
      "unresolvedFunction.arguments[0].literal": { date: 1 },
    });
    expect(() => literal(temporal("PlainYearMonth", text("2001-02"))))
      .to.throw()
      .with.property("code", "USAGE_UNSUPPORTED_VALUE");
    expect(() => literal(temporal("Instant", { epochNanoseconds: 1n })))
      .to.throw()
      .with.property("code", "USAGE_INEXACT_VALUE");
  });

  it("refuses what would lose digits, and what has no type", () => {
    const codes: readonly (readonly [unknown, string])[] = [
      [2 ** 53, "USAGE_UNSAFE_INTEGER"],
      [-(2 ** 60), "USAGE_UNSAFE_INTEGER"],
      [2n ** 63n, "USAGE_OUT_OF_RANGE"],
      ["\ud800", "USAGE_UNSUPPORTED_VALUE"],
      [new LocalTime(1), "USAGE_INEXACT_VALUE"],
      [new LocalTime(86_400_000_000_000), "USAGE_OUT_OF_RANGE"],
      [new LocalTime(-1_000), "USAGE_OUT_OF_RANGE"],
      [new LocalDate(2 ** 31), "USAGE_OUT_OF_RANGE"],
      [new LocalDate(0.5), "USAGE_OUT_OF_RANGE"],
      [new Timestamp(2n ** 63n), "USAGE_OUT_OF_RANGE"],
      [new LocalDateTime(-(2n ** 63n) - 1n), "USAGE_OUT_OF_RANGE"],
      [new YearMonthInterval(2 ** 31), "USAGE_OUT_OF_RANGE"],
      [new DayTimeInterval(2n ** 63n), "USAGE_OUT_OF_RANGE"],
      [new CalendarInterval(0, 2 ** 31, 0n), "USAGE_OUT_OF_RANGE"],
      [[new LocalDate(-(2 ** 31) - 1)], "USAGE_OUT_OF_RANGE"],
      [new Decimal(10n ** 38n, 0), "USAGE_OUT_OF_RANGE"],
      [Symbol("x"), "USAGE_UNSUPPORTED_VALUE"],
      [() => 1, "USAGE_UNSUPPORTED_VALUE"],
      [new WeakMap(), "USAGE_UNSUPPORTED_VALUE"],
      [new Date(Number.NaN), "VALUE_OUT_OF_RANGE"],
    ];
    for (const [value, code] of codes)
      expect(() => literal(value))
        .to.throw()
        .with.property("code", code);
    expect(() => literalMessage([1]))
      .to.throw()
      .with.property("code", "USAGE_UNSUPPORTED_VALUE");
  });

  it("reads every value back that it wrote", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)),
        (value) => {
          fc.pre(!(typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 63));
          expect(Object.is(literalValue(literalMessage(value)), value)).to.equal(true);
        },
      ),
    );
  });
});
