import fc from "fast-check";
import { makeRow } from "../../../src/arrow/row.ts";
import {
  ArrayType,
  BinaryType,
  BooleanType,
  ByteType,
  CalendarInterval,
  CalendarIntervalType,
  type DataType,
  DateType,
  DayTimeInterval,
  DayTimeIntervalType,
  Decimal,
  DecimalType,
  DoubleType,
  FloatType,
  IntegerType,
  LocalDate,
  LocalDateTime,
  LocalTime,
  LongType,
  MapType,
  NullType,
  ShortType,
  StringType,
  StructField,
  StructType,
  Timestamp,
  TimestampNTZType,
  TimestampType,
  TimeType,
  YearMonthInterval,
  YearMonthIntervalType,
} from "../../../src/sql/index.ts";
import { exact } from "../../integration/sql/exact-value.ts";

/** A type together with what makes values of it. */
export interface AnyColumn {
  readonly type: DataType;
  readonly values: fc.Arbitrary<unknown>;
}

export interface AnyFrame {
  readonly schema: StructType;
  readonly rows: readonly (readonly unknown[])[];
}

export const whole = (bits: number): fc.Arbitrary<number> =>
  fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
/** From 0001-01-01 to the end of 9999, in microseconds. */
const micros = fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n });
const intervalMicros = fc.bigInt({ min: -(2n ** 63n) / 1000n, max: (2n ** 63n - 1n) / 1000n });

const decimals: fc.Arbitrary<AnyColumn> = fc
  .integer({ min: 1, max: 38 })
  .chain((precision) => fc.tuple(fc.constant(precision), fc.integer({ min: 0, max: precision })))
  .map(([precision, scale]) => ({
    type: new DecimalType(precision, scale),
    values: fc
      .bigInt({ min: 1n - 10n ** BigInt(precision), max: 10n ** BigInt(precision) - 1n })
      .map((unscaled) => new Decimal(unscaled, scale)),
  }));

const keyColumns: fc.Arbitrary<AnyColumn> = fc.oneof(
  fc.constantFrom<AnyColumn>(
    { type: new StringType(), values: fc.string({ unit: "grapheme" }) },
    { type: IntegerType, values: whole(32) },
    {
      type: DateType,
      values: fc.integer({ min: -719_162, max: 2_932_896 }).map((days) => new LocalDate(days)),
    },
    {
      type: new StructType().add("a", IntegerType).add("b", new StringType()),
      values: fc.tuple(fc.option(whole(32)), fc.string()).map((values) => makeRow(["a", "b"], values)),
    },
  ),
  decimals,
);

/** Columns of single values. */
export const scalars: fc.Arbitrary<AnyColumn> = fc.oneof(
  fc.constantFrom<AnyColumn>(
    { type: NullType, values: fc.constant(null) },
    { type: BooleanType, values: fc.boolean() },
    { type: ByteType, values: whole(8) },
    { type: ShortType, values: whole(16) },
    { type: LongType, values: int64 },
    { type: FloatType, values: fc.float() },
    { type: DoubleType, values: fc.double() },
    { type: BinaryType, values: fc.uint8Array() },
    { type: TimestampType, values: micros.map((at) => new Timestamp(at)) },
    { type: TimestampNTZType, values: micros.map((at) => new LocalDateTime(at)) },
    {
      type: new TimeType(6),
      values: fc.integer({ min: 0, max: 86_399_999_999 }).map((at) => new LocalTime(at * 1000)),
    },
    { type: new YearMonthIntervalType(), values: whole(32).map((months) => new YearMonthInterval(months)) },
    { type: new DayTimeIntervalType(), values: int64.map((at) => new DayTimeInterval(at)) },
    {
      type: CalendarIntervalType,
      values: fc
        .tuple(whole(32), whole(32), intervalMicros)
        .map(([months, days, at]) => new CalendarInterval(months, days, at)),
    },
  ),
  keyColumns,
);

/** Values of the column, and NULL where it may be. */
export const anyValue = ({ type, values }: AnyColumn, nullable: boolean): fc.Arbitrary<unknown> =>
  type.kind === "null" ? fc.constant(null) : nullable ? fc.option(values) : values;

/** Names may repeat, and need quotes. */
const names = fc.oneof(
  fc.constantFrom("a", "a", "b", "A", "x y", "a.b", "`", "0", "constructor", "ü"),
  fc.string({ minLength: 1 }),
);
const fields = (columns: fc.Arbitrary<AnyColumn>, maxLength: number) =>
  fc.array(fc.tuple(names, columns, fc.boolean()), { minLength: 1, maxLength });
const structOf = (of: readonly (readonly [string, AnyColumn, boolean])[]) =>
  new StructType(
    of.map(([name, { type }, nullable]) => new StructField(name, type, nullable || type.kind === "null")),
  );

const { column: columns } = fc.letrec<{ column: AnyColumn }>((tie) => ({
  column: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    scalars,
    fc.tuple(tie("column"), fc.boolean()).map(([element, nullable]) => ({
      type: new ArrayType(element.type, nullable || element.type.kind === "null"),
      values: fc.array(anyValue(element, nullable), { maxLength: 4 }),
    })),
    fc.tuple(keyColumns, tie("column"), fc.boolean()).map(([key, value, nullable]) => ({
      type: new MapType(key.type, value.type, nullable || value.type.kind === "null"),
      values: fc
        .uniqueArray(fc.tuple(key.values, anyValue(value, nullable)), {
          maxLength: 3,
          selector: ([each]) => exact(each),
        })
        .map((entries) => new Map(entries)),
    })),
    fields(tie("column"), 3).map((parts) => ({
      type: structOf(parts),
      values: fc.tuple(...parts.map(([, column, nullable]) => anyValue(column, nullable))).map((values) =>
        makeRow(
          parts.map(([name]) => name),
          values,
        ),
      ),
    })),
  ),
}));

/** Columns of any type, and rows of them. */
export const frames: fc.Arbitrary<AnyFrame> = fields(columns, 6).chain((of) =>
  fc.record({
    schema: fc.constant(structOf(of)),
    rows: fc.array(fc.tuple(...of.map(([, column, nullable]) => anyValue(column, nullable))), {
      maxLength: 6,
    }),
  }),
);
