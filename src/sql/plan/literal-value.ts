import type { Expression_Literal } from "../../../gen/spark/connect/expressions_pb.ts";
import { CalendarInterval } from "../../arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../arrow/values/day-time-interval.ts";
import { Decimal } from "../../arrow/values/decimal.ts";
import { LocalDate } from "../../arrow/values/local-date.ts";
import { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import { LocalTime } from "../../arrow/values/local-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import { YearMonthInterval } from "../../arrow/values/year-month-interval.ts";

/** The JavaScript value of a literal that the server sent, by the same mapping as result columns. */
export function literalValue(literal: Expression_Literal): unknown {
  const kind = literal.literalType;
  switch (kind.case) {
    case undefined:
    case "null":
      return null;
    case "decimal": {
      const parsed = Decimal.parse(kind.value.value);
      return parsed.rescale(kind.value.scale ?? parsed.scale) ?? parsed;
    }
    case "date":
      return new LocalDate(kind.value);
    case "timestamp":
      return new Timestamp(kind.value);
    case "timestampNtz":
      return new LocalDateTime(kind.value);
    case "time":
      return new LocalTime(Number(kind.value.nano));
    case "yearMonthInterval":
      return new YearMonthInterval(kind.value);
    case "dayTimeInterval":
      return new DayTimeInterval(kind.value);
    case "calendarInterval":
      return new CalendarInterval(kind.value.months, kind.value.days, kind.value.microseconds);
    case "array":
      return kind.value.elements.map(literalValue);
    case "specializedArray":
      return kind.value.valueType.value?.values ?? [];
    case "map": {
      const values = kind.value.values.map(literalValue);
      return new Map(kind.value.keys.map((key, i) => [literalValue(key), values[i]]));
    }
    case "struct": {
      const type = (literal.dataType ?? kind.value.structType)?.kind;
      const names = type?.case === "struct" ? type.value.fields.map((field) => field.name) : [];
      return Object.fromEntries(
        kind.value.elements.map((element, i) => [names[i] ?? `_${i + 1}`, literalValue(element)]),
      );
    }
    default:
      return kind.value;
  }
}
