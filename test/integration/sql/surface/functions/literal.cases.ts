import {
  CalendarInterval,
  DayTimeInterval,
  Decimal,
  type functions,
  LocalDate,
  LocalDateTime,
  LocalTime,
  Timestamp,
  YearMonthInterval,
} from "../../../../../src/sql/index.ts";
import type { FunctionCase, FunctionTable } from "../function-cases.ts";

const tiny = Decimal.parse(`0.${"0".repeat(37)}1`);
const great = Decimal.parse("9".repeat(38));

/** What is written, its type in Spark, and what is read where that is another value. */
const values: readonly (readonly [written: unknown, type: string, read?: unknown])[] = [
  [2 ** 31 - 1, "int"],
  [-(2 ** 31), "int"],
  [3_000_000_000, "bigint", 3_000_000_000n],
  [Number.MAX_SAFE_INTEGER, "bigint", BigInt(Number.MAX_SAFE_INTEGER)],
  [1n, "bigint"],
  [2n ** 63n - 1n, "bigint"],
  [-(2n ** 63n), "bigint"],
  [1.5, "double"],
  [-0, "double"],
  [Number.NaN, "double"],
  [Number.NEGATIVE_INFINITY, "double"],
  [1e300, "double"],
  ["it's \\ ünï\n", "string"],
  [true, "boolean"],
  [null, "void"],
  [undefined, "void", null],
  [Uint8Array.of(0, 255), "binary"],
  [Decimal.parse("1.50"), "decimal(3,2)"],
  [tiny, "decimal(38,38)"],
  [great, "decimal(38,0)"],
  [new Date(-1), "timestamp", new Timestamp(-1000n)],
  [Timestamp.parse("0001-01-01T00:00:00.000001Z"), "timestamp"],
  [LocalDateTime.parse("9999-12-31T23:59:59.999999"), "timestamp_ntz"],
  [LocalDate.parse("0001-01-01"), "date"],
  [LocalTime.parse("23:59:59.999999"), "time(6)"],
  [new YearMonthInterval(-14), "interval year to month"],
  [new DayTimeInterval(-1n), "interval day to second"],
  [new CalendarInterval(1, -2, 3n), "interval"],
  [[1, null], "array<int>"],
  [[1, 3_000_000_000], "array<bigint>", [1n, 3_000_000_000n]],
  [[1, 0.5], "array<double>"],
  [[Decimal.parse("1.50"), Decimal.parse("20.25")], "array<decimal(4,2)>"],
  [[[1], [], [0.5]], "array<array<double>>"],
  [[LocalDate.parse("1969-12-31")], "array<date>"],
  [Int8Array.of(-128), "array<tinyint>", [-128]],
  [Int16Array.of(-1), "array<smallint>", [-1]],
  [Float32Array.of(0.1), "array<float>", [Math.fround(0.1)]],
  [new Map([["a", 1.5]]), "map<string,double>"],
  [new Map([[[1], { n: 2n }]]), "map<array<int>,struct<n:bigint>>"],
];

const cases = (f: typeof functions): FunctionCase[] =>
  values.flatMap(([written, type, ...read]): FunctionCase[] => [
    [f.callFunction("typeof", f.lit(written)), type],
    [f.lit(written), read.length > 0 ? read[0] : written],
  ]);

export const tables: readonly FunctionTable[] = [
  {
    conf: { "spark.sql.timeType.enabled": "true" },
    cases: {
      lit: (f) => [
        ...cases(f),
        [f.toJson(f.lit([{ a: 1 }, { b: "x" }])), '[{"a":1},{"b":"x"}]'],
        [f.callFunction("typeof", f.lit([{ a: 1 }, { b: "x" }])), "array<struct<a:int,b:string>>"],
        [f.lit(f.lit(1)), 1],
      ],
    },
  },
];
