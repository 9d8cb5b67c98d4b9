import { CalendarInterval } from "../../arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../arrow/values/day-time-interval.ts";
import { Decimal } from "../../arrow/values/decimal.ts";
import { LocalDate } from "../../arrow/values/local-date.ts";
import { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import { LocalTime } from "../../arrow/values/local-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import { YearMonthInterval } from "../../arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../core/error.ts";
import {
  BinaryType,
  BooleanType,
  CalendarIntervalType,
  type DataType,
  DateType,
  DayTimeIntervalType,
  DecimalType,
  DoubleType,
  IntegerType,
  LongType,
  NullType,
  StringType,
  TimestampNTZType,
  TimestampType,
  TimeType,
  YearMonthIntervalType,
} from "./data-type.ts";

const string: StringType = new StringType();
const yearMonth: YearMonthIntervalType = new YearMonthIntervalType();
const dayTime: DayTimeIntervalType = new DayTimeIntervalType();
const time: TimeType = new TimeType(6);
const int64Min: bigint = -(2n ** 63n);

/**
 * The Spark type of a JavaScript value that is not a container; `undefined` for containers and foreign objects.
 * A number is an INTEGER in 32 bits, else a LONG when it is a safe integer, else a DOUBLE.
 * Thrown when a number is an integer between 2^53 and 2^63, which may already have lost digits.
 */
export function scalarTypeOf(value: unknown): DataType | undefined {
  switch (typeof value) {
    case "undefined":
      return NullType;
    case "boolean":
      return BooleanType;
    case "string":
      return string;
    case "number":
      return numberType(value);
    case "bigint":
      return bigintType(value);
    case "object":
      return objectType(value);
    default:
      throw new SparkwrightError("USAGE_UNSUPPORTED_VALUE", `a ${typeof value} has no Spark type`, {
        hint: "Pass a value, an array, a Map, a plain object, a Date or one of the value classes of sparkwright/sql.",
      });
  }
}

function numberType(value: number): DataType {
  if (!Number.isInteger(value) || Object.is(value, -0) || Math.abs(value) >= 2 ** 63) return DoubleType;
  if (value === (value | 0)) return IntegerType;
  if (Number.isSafeInteger(value)) return LongType;
  throw new SparkwrightError(
    "USAGE_UNSAFE_INTEGER",
    `${value} is beyond the integers a number holds exactly`,
    {
      hint: `Use a bigint (${BigInt(value)}n) for a LONG, or lit(${BigInt(value)}n, "double") for a DOUBLE.`,
    },
  );
}

function bigintType(value: bigint): DataType {
  if (value >= int64Min && value < -int64Min) return LongType;
  if (value < 10n ** 38n && value > -(10n ** 38n)) return new DecimalType(38, 0);
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${value} has more than the 38 digits of a DECIMAL`, {
    hint: "Pass it as a string.",
  });
}

function objectType(value: object | null): DataType | undefined {
  if (value === null) return NullType;
  if (value instanceof Decimal) return decimalType(value);
  if (value instanceof Timestamp || value instanceof Date) return TimestampType;
  if (value instanceof LocalDate) return DateType;
  if (value instanceof LocalDateTime) return TimestampNTZType;
  if (value instanceof Uint8Array) return BinaryType;
  if (value instanceof LocalTime) return time;
  if (value instanceof YearMonthInterval) return yearMonth;
  if (value instanceof DayTimeInterval) return dayTime;
  if (value instanceof CalendarInterval) return CalendarIntervalType;
  return undefined;
}

/** The narrowest DECIMAL that holds the value. Thrown when it has more than 38 digits. */
function decimalType(value: Decimal): DecimalType {
  const digits = (value.unscaled < 0n ? -value.unscaled : value.unscaled).toString().length;
  const scale = Math.max(0, value.scale);
  const precision = Math.max(digits + scale - value.scale, scale, 1);
  if (precision <= 38) return new DecimalType(precision, scale);
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${value} has more than the 38 digits of a DECIMAL`, {
    hint: "Round it, or pass it as a string.",
  });
}
