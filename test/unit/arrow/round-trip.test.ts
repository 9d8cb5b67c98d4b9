import { deepStrictEqual } from "node:assert";
import { expect } from "chai";
import fc from "fast-check";
import type { ArrowField, ArrowType } from "../../../src/arrow/arrow-type.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { encodeBatches } from "../../../src/arrow/encode.ts";
import { makeRow, rowValues } from "../../../src/arrow/row.ts";
import { CalendarInterval } from "../../../src/arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../../src/arrow/values/day-time-interval.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import { LocalDateTime } from "../../../src/arrow/values/local-date-time.ts";
import { LocalTime } from "../../../src/arrow/values/local-time.ts";
import { Timestamp } from "../../../src/arrow/values/timestamp.ts";
import { Variant } from "../../../src/arrow/values/variant.ts";
import { YearMonthInterval } from "../../../src/arrow/values/year-month-interval.ts";

/** A type together with what makes values of it. */
interface Column {
  readonly type: ArrowType;
  readonly values: fc.Arbitrary<unknown>;
}

const int32: fc.Arbitrary<number> = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int64: fc.Arbitrary<bigint> = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const anyText: fc.Arbitrary<string> = fc.string({ unit: "binary" });
const anyBytes: fc.Arbitrary<Uint8Array> = fc.uint8Array();

function int(bits: 8 | 16 | 32 | 64, signed: boolean): Column {
  const min = signed ? -(2n ** BigInt(bits - 1)) : 0n;
  const max = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const big = fc.bigInt({ min, max });
  return { type: { kind: "int", bits, signed }, values: bits === 64 ? big : big.map(Number) };
}

const decimals: fc.Arbitrary<Column> = fc
  .constantFrom([32, 9] as const, [64, 18] as const, [128, 38] as const, [256, 76] as const)
  .chain(([bits, most]) =>
    fc.integer({ min: 1, max: most }).chain((precision) =>
      fc.integer({ min: 0, max: precision }).map((scale) => ({
        type: { kind: "decimal", precision, scale, bits } as const,
        values: fc
          .bigInt({ min: 1n - 10n ** BigInt(precision), max: 10n ** BigInt(precision) - 1n })
          .map((unscaled) => new Decimal(unscaled, scale)),
      })),
    ),
  );

const nanosOfDay = fc.integer({ min: 0, max: 86_399_999_999 }).map((micros) => micros * 1000);
const intervalMicros = fc.bigInt({ min: -(2n ** 63n) / 1000n, max: (2n ** 63n - 1n) / 1000n });

const scalars: fc.Arbitrary<Column> = fc.oneof(
  fc.constantFrom<Column>(
    { type: { kind: "null" }, values: fc.constant(null) },
    { type: { kind: "boolean" }, values: fc.boolean() },
    int(8, true),
    int(16, true),
    int(32, true),
    int(64, true),
    int(8, false),
    int(16, false),
    int(32, false),
    int(64, false),
    { type: { kind: "float", bits: 32 }, values: fc.float() },
    { type: { kind: "float", bits: 64 }, values: fc.double() },
    { type: { kind: "utf8" }, values: anyText },
    { type: { kind: "utf8" }, values: fc.string() },
    { type: { kind: "largeUtf8" }, values: anyText },
    { type: { kind: "binary" }, values: anyBytes },
    { type: { kind: "largeBinary" }, values: anyBytes },
    {
      type: { kind: "fixedSizeBinary", byteWidth: 3 },
      values: fc.uint8Array({ minLength: 3, maxLength: 3 }),
    },
    { type: { kind: "date" }, values: int32.map((days) => new LocalDate(days)) },
    {
      type: { kind: "timestamp", unit: "microsecond", timezone: "UTC" },
      values: int64.map((micros) => new Timestamp(micros)),
    },
    {
      type: { kind: "timestamp", unit: "microsecond", timezone: undefined },
      values: int64.map((micros) => new LocalDateTime(micros)),
    },
    {
      type: { kind: "timestamp", unit: "nanosecond", timezone: "UTC" },
      values: intervalMicros.map((micros) => new Timestamp(micros)),
    },
    { type: { kind: "time", unit: "nanosecond" }, values: nanosOfDay.map((nanos) => new LocalTime(nanos)) },
    { type: { kind: "time", unit: "microsecond" }, values: nanosOfDay.map((nanos) => new LocalTime(nanos)) },
    {
      type: { kind: "time", unit: "second" },
      values: fc.integer({ min: 0, max: 86_399 }).map((seconds) => new LocalTime(seconds * 1e9)),
    },
    {
      type: { kind: "interval", unit: "yearMonth" },
      values: int32.map((months) => new YearMonthInterval(months)),
    },
    {
      type: { kind: "duration", unit: "microsecond" },
      values: int64.map((micros) => new DayTimeInterval(micros)),
    },
    {
      type: { kind: "interval", unit: "monthDayNano" },
      values: fc
        .tuple(int32, int32, intervalMicros)
        .map(([months, days, micros]) => new CalendarInterval(months, days, micros)),
    },
    {
      type: { kind: "variant" },
      values: fc.tuple(anyBytes, anyBytes).map(([value, metadata]) => new Variant(value, metadata)),
    },
  ),
  decimals,
);

function fieldOf(name: string, { type }: Column, nullable: boolean): ArrowField {
  return { name, type, nullable };
}

function valuesOf({ type, values }: Column, nullable: boolean): fc.Arbitrary<unknown> {
  return type.kind === "null" ? fc.constant(null) : nullable ? fc.option(values) : values;
}

/** Names may be doubled, empty, integers, or what every object has. */
const anyName = fc.oneof(fc.constantFrom("a", "b", "0", "1", "__proto__", "constructor", ""), anyText);
const named = (column: fc.Arbitrary<Column>): fc.Arbitrary<readonly [string, Column, boolean]> =>
  fc.tuple(anyName, column, fc.boolean());

const { column: columns } = fc.letrec<{ column: Column }>((tie) => ({
  column: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    fc
      .tuple(tie("column"), fc.boolean(), fc.constantFrom("list", "largeList"))
      .map(([element, nullable, kind]) => ({
        type: {
          kind: kind as "list" | "largeList",
          element: fieldOf("element", element, nullable || element.type.kind === "null"),
        },
        values: fc.array(valuesOf(element, nullable), { maxLength: 5 }),
      })),
    fc.tuple(tie("column"), fc.boolean()).map(([element, nullable]) => ({
      type: { kind: "fixedSizeList" as const, length: 2, element: fieldOf("element", element, nullable) },
      values: fc.array(valuesOf(element, nullable), { minLength: 2, maxLength: 2 }),
    })),
    fc.tuple(tie("column"), fc.boolean()).map(([value, nullable]) => ({
      type: {
        kind: "map" as const,
        key: { name: "key", type: { kind: "utf8" as const }, nullable: false },
        value: fieldOf("value", value, nullable),
        keysSorted: false,
      },
      values: fc
        .array(fc.tuple(anyText, valuesOf(value, nullable)), { maxLength: 4 })
        .map((entries) => new Map(entries)),
    })),
    fc.array(named(tie("column")), { maxLength: 4 }).map((fields) => ({
      type: {
        kind: "struct" as const,
        fields: fields.map(([name, column, nullable]) => fieldOf(name, column, nullable)),
      },
      values: fc.tuple(...fields.map(([, column, nullable]) => valuesOf(column, nullable))).map((values) =>
        makeRow(
          fields.map(([name]) => name),
          values,
        ),
      ),
    })),
  ),
}));

const tables = fc.array(named(columns), { maxLength: 5 }).chain((fields) =>
  fc.record({
    fields: fc.constant(fields.map(([name, column, nullable]) => fieldOf(name, column, nullable))),
    rows: fc.array(fc.tuple(...fields.map(([, column, nullable]) => valuesOf(column, nullable))), {
      maxLength: 20,
    }),
    maxRows: fc.integer({ min: 1, max: 25 }),
  }),
);

describe("encodeBatches and decodeBatch", () => {
  it("give back every value of every type, nested in any way", () => {
    fc.assert(
      fc.property(tables, ({ fields, rows, maxRows }) => {
        const batches = [...encodeBatches(fields, rows, { maxRows, maxBytes: 1e9 })].map((bytes) =>
          decodeBatch(bytes, fields),
        );
        for (const batch of batches) {
          expect(batch.fields).to.deep.equal(fields);
        }
        const back = batches.flatMap((batch) => batch.rows().map(rowValues));
        deepStrictEqual(
          back.map((row) => row.map(comparable)),
          rows.map((row) => row.map(comparable)),
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** Rows as their values by position, since equal objects may hide what a second column of one name holds. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(comparable);
  }
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, comparable(item)]));
  }
  return typeof value === "object" && value !== null && Symbol.iterator in value && !ArrayBuffer.isView(value)
    ? ["row", ...[...(value as Iterable<unknown>)].map(comparable)]
    : value;
}
