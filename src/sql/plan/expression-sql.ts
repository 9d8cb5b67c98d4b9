import type { Expression, Expression_Literal } from "../../../gen/spark/connect/expressions_pb.ts";
import { DayTimeInterval } from "../../arrow/values/day-time-interval.ts";
import { LocalDate } from "../../arrow/values/local-date.ts";
import { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import { LocalTime } from "../../arrow/values/local-time.ts";
import { YearMonthInterval } from "../../arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../core/error.ts";

const constructors: ReadonlySet<string> = new Set([
  "array",
  "map",
  "named_struct",
  "struct",
  "map_from_arrays",
  "map_from_entries",
]);

/**
 * The SQL text of what SQL arguments may be: literals, and collections of them. The text has the same type and
 * value under every setting of the session. Thrown when the expression is something else.
 */
export function expressionSql(of: Expression): string {
  const kind = of.exprType;
  if (kind.case === "literal") return literalSql(kind.value);
  if (kind.case === "alias" && kind.value.expr !== undefined) return expressionSql(kind.value.expr);
  if (kind.case === "unresolvedFunction" && constructors.has(kind.value.functionName)) {
    return `${kind.value.functionName}(${kind.value.arguments.map(expressionSql).join(", ")})`;
  }
  throw new SparkwrightError("USAGE_SQL_ARGUMENT", `a ${kind.case} cannot be an argument of SQL text`, {
    hint: "Pass values, arrays, Maps or plain objects; write other expressions into the text.",
  });
}

/** The SQL text of a literal, of the same type and value under every setting. Thrown when no text has both. */
export function literalSql(literal: Expression_Literal): string {
  const kind = literal.literalType;
  switch (kind.case) {
    case "null":
      return "NULL";
    case "boolean":
      return kind.value ? "TRUE" : "FALSE";
    case "byte":
      return signed(`${kind.value}Y`);
    case "short":
      return signed(`${kind.value}S`);
    case "integer":
      return signed(String(kind.value));
    case "long":
      return signed(`${kind.value}L`);
    case "float":
      return `CAST(${doubleSql(kind.value)} AS FLOAT)`;
    case "double":
      return doubleSql(kind.value);
    case "decimal": {
      const { value, precision = 38, scale = 0 } = kind.value;
      return `CAST('${value}' AS DECIMAL(${precision}, ${scale}))`;
    }
    case "string":
      return stringSql(kind.value);
    case "binary":
      return `X'${Buffer.from(kind.value).toString("hex")}'`;
    case "date":
      return inCommonEra(kind.value)
        ? `DATE'${new LocalDate(kind.value)}'`
        : `date_from_unix_date(${kind.value})`;
    case "timestamp":
      return `timestamp_micros(${kind.value}L)`;
    case "timestampNtz":
      return inCommonEra(Number(kind.value / 86_400_000_000n))
        ? `TIMESTAMP_NTZ'${new LocalDateTime(kind.value)}'`
        : `CAST(timestamp_micros(${kind.value}L) AT TIME ZONE 'UTC' AS TIMESTAMP_NTZ)`;
    case "time":
      return `TIME'${new LocalTime(Number(kind.value.nano))}'`;
    case "yearMonthInterval":
      return String(new YearMonthInterval(kind.value));
    case "dayTimeInterval":
      return String(new DayTimeInterval(kind.value));
    case "calendarInterval": {
      const { months, days, microseconds } = kind.value;
      const seconds = `CAST('${microseconds}' AS DECIMAL(24, 0)) / 1000000BD`;
      return `make_interval(0, ${months}, 0, ${days}, 0, 0, CAST(${seconds} AS DECIMAL(18, 6)))`;
    }
    default:
      throw new SparkwrightError("USAGE_SQL_ARGUMENT", `a ${kind.case} cannot be an argument of SQL text`);
  }
}

/** A negative number in parentheses: after another minus it would begin a comment. */
function signed(text: string): string {
  return text.startsWith("-") ? `(${text})` : text;
}

function doubleSql(value: number): string {
  if (!Number.isFinite(value)) return `double('${Number.isNaN(value) ? "NaN" : value}')`;
  return signed(Object.is(value, -0) ? "-0.0D" : `${String(value).replace("+", "").toUpperCase()}D`);
}

/**
 * Text as SQL. Quotes and backslashes mean different things by `spark.sql.parser.escapedStringLiterals`, and `${...}` is
 * replaced by `spark.sql.variable.substitute`. A raw string has the same value under every setting; text that no raw
 * string can hold goes as its bytes.
 */
function stringSql(text: string): string {
  return exactToken(text) ?? `CAST(X'${Buffer.from(text).toString("hex")}' AS STRING)`;
}

/** Text where Spark's grammar has a string and no expression, exact under the default settings of Spark. */
export function stringToken(text: string): string {
  const exact = exactToken(text);
  if (exact !== undefined) return exact;
  const escaped = text.replace(/[\\']/g, "\\$&").replaceAll("${", "$\\u007b");
  return `'${escaped}'`;
}

function exactToken(text: string): string | undefined {
  if (text.includes("${")) return undefined;
  if (!/['"\\]/.test(text)) return `'${text}'`;
  if (!text.includes("'")) return `r'${text}'`;
  return text.includes('"') ? undefined : `r"${text}"`;
}

const firstDay = -719_162;
const lastDay = 2_932_896;

/** Whether the days since 1970 lie in the years 0001 to 9999, which date literals can say. */
function inCommonEra(days: number): boolean {
  return days >= firstDay && days <= lastDay;
}
