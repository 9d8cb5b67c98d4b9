import type { Expression_Literal } from "../../../gen/spark/connect/expressions_pb.ts";
import { LocalDate } from "../../arrow/values/local-date.ts";
import { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import { LocalTime } from "../../arrow/values/local-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import { SparkwrightError } from "../../core/error.ts";
import { literalSql } from "./expression-sql.ts";

const longest = 60;

/** A literal as people read it; long ones are cut. What has to be exact SQL is made by `literalSql`. */
export function literalText(literal: Expression_Literal): string {
  const kind = literal.literalType;
  switch (kind.case) {
    case undefined:
      return "NULL";
    case "byte":
    case "short":
    case "integer":
    case "long":
    case "double":
    case "float":
      return Object.is(kind.value, -0) ? "-0.0" : String(kind.value);
    case "decimal":
      return kind.value.value;
    case "string":
      return `'${cut(kind.value).replaceAll("'", "''").replaceAll("\n", "\\n")}'`;
    case "binary":
      return `X'${cut(Buffer.from(kind.value.subarray(0, longest)).toString("hex"))}'`;
    case "date":
      return `DATE'${new LocalDate(kind.value)}'`;
    case "timestamp":
      return `TIMESTAMP'${new Timestamp(kind.value)}'`;
    case "timestampNtz":
      return `TIMESTAMP_NTZ'${new LocalDateTime(kind.value)}'`;
    case "time":
      return `TIME'${new LocalTime(Number(kind.value.nano))}'`;
    case "array":
      return `array(${kind.value.elements.map(literalText).join(", ")})`;
    case "struct":
      return `struct(${kind.value.elements.map(literalText).join(", ")})`;
    case "map": {
      const { keys, values } = kind.value;
      const entries = keys.flatMap((key, i) => [key, ...values.slice(i, i + 1)]);
      return `map(${entries.map(literalText).join(", ")})`;
    }
    case "specializedArray":
      return `array(${(kind.value.valueType.value?.values ?? []).map(String).join(", ")})`;
    default:
      return exactOrKind(literal);
  }
}

function exactOrKind(literal: Expression_Literal): string {
  try {
    return literalSql(literal);
  } catch (error) {
    if (error instanceof SparkwrightError) return String(literal.literalType.case);
    throw error;
  }
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
