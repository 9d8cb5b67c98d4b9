import {
  DayTimeInterval,
  Decimal,
  functions as F,
  LocalDate,
  LocalTime,
  Timestamp,
} from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.lit(1)", () => F.lit(1)),
  golden("F.lit(-2147483648)", () => F.lit(-2147483648)),
  golden("F.lit(3000000000)", () => F.lit(3_000_000_000)),
  golden("F.lit(9223372036854775807)", () => F.lit(9223372036854775807n)),
  golden("F.lit(1.5)", () => F.lit(1.5)),
  golden("F.lit(float('nan'))", () => F.lit(Number.NaN)),
  golden("F.lit(float('-inf'))", () => F.lit(Number.NEGATIVE_INFINITY)),
  golden("F.lit('text')", () => F.lit("text")),
  golden("F.lit(True)", () => F.lit(true)),
  golden("F.lit(None)", () => F.lit(null)),
  golden("F.lit(b'ab')", () => F.lit(Buffer.from("ab"))),
  golden("F.lit(datetime.date(2024, 2, 29))", () => F.lit(LocalDate.parse("2024-02-29"))),
  golden("F.lit(datetime.datetime(2024, 2, 29, 1, 2, 3, 4, datetime.timezone.utc))", () =>
    F.lit(Timestamp.parse("2024-02-29T01:02:03.000004Z")),
  ),
  golden("F.lit(datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc))", () =>
    F.lit(new Date("2024-02-29T00:00:00Z")),
  ),
  golden("F.lit(datetime.time(1, 2, 3, 4))", () => F.lit(LocalTime.parse("01:02:03.000004"))),
  golden("F.lit(datetime.timedelta(days=1, microseconds=5))", () =>
    F.lit(new DayTimeInterval(86_400_000_005n)),
  ),
  golden("F.lit(Decimal('1234567890'))", () => F.lit(Decimal.parse("1234567890"))),
  golden("F.lit([])", () => F.lit([])),
  golden("F.lit([1, 2])", () => F.lit([1, 2])),
  golden("F.lit([1, None, 3000000000 - 2999999998])", () => F.lit([1, null, 2])),
  golden("F.lit([[1], [2, 3]])", () => F.lit([[1], [2, 3]])),
  golden("F.lit(['a', None])", () => F.lit(["a", null])),
  golden("F.lit([1.5, 2.5])", () => F.lit([1.5, 2.5])),
  golden("F.lit([datetime.date(1970, 1, 2)])", () => F.lit([new LocalDate(1)])),
  golden("F.lit(F.col('age'))", () => F.lit(F.col("age"))),
];
