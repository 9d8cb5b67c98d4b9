import { SparkwrightError } from "../core/error.ts";
import type { Column } from "./column.ts";
import { Query } from "./data-frame/query.ts";
import type { AnyRow } from "./typed/row-type.ts";

/** The operators of a column, by their names in Spark's Scala API; a plain value becomes a literal (see `lit`). */
export abstract class ColumnOperators {
  /** Equality; NULL when either side is NULL. Spark: `==`. */
  eq(other: unknown): Column<boolean | null> {
    return this.call("==", other);
  }

  /** Inequality; NULL when either side is NULL. Spark: `!=`. */
  notEqual(other: unknown): Column<boolean | null> {
    return this.eq(other).not();
  }

  /** Equality where NULL equals NULL. Spark: `<=>`. */
  eqNullSafe(other: unknown): Column<boolean> {
    return this.call("<=>", other);
  }

  /** Whether this is less. Spark: `<`. */
  lt(other: unknown): Column<boolean | null> {
    return this.call("<", other);
  }

  /** Whether this is less or equal. Spark: `<=`. */
  leq(other: unknown): Column<boolean | null> {
    return this.call("<=", other);
  }

  /** Whether this is greater. Spark: `>`. */
  gt(other: unknown): Column<boolean | null> {
    return this.call(">", other);
  }

  /** Whether this is greater or equal. Spark: `>=`. */
  geq(other: unknown): Column<boolean | null> {
    return this.call(">=", other);
  }

  /** The sum; also a date or timestamp later by an interval. Spark: `+`. */
  plus(other: unknown): Column {
    return this.call("+", other);
  }

  /** The difference; also of two dates or timestamps, an interval. Spark: `-`. */
  minus(other: unknown): Column {
    return this.call("-", other);
  }

  /** The product. Spark: `*`. */
  multiply(other: unknown): Column {
    return this.call("*", other);
  }

  /** The quotient, of whole numbers a DOUBLE; by zero an error under ANSI, else NULL. Spark: `/`. */
  divide(other: unknown): Column {
    return this.call("/", other);
  }

  /** The remainder, with the sign of the left side. Spark: `%`. */
  mod(other: unknown): Column {
    return this.call("%", other);
  }

  /** This to the power of the other, a double. Spark: `power`. */
  pow(other: unknown): Column {
    return this.call("power", other);
  }

  /** The negated number. Spark: `negative`. */
  negate(): Column {
    return this.call("negative");
  }

  /** Whether both are true; false AND NULL is false. PySpark: `&`. */
  and(other: unknown): Column<boolean | null> {
    return this.call("and", other);
  }

  /** Whether one is true; true OR NULL is true. PySpark: `|`. */
  or(other: unknown): Column<boolean | null> {
    return this.call("or", other);
  }

  /** The negated boolean. PySpark: `~`. */
  not(): Column<boolean | null> {
    return this.call("not");
  }

  /** Whether the value is NULL; NaN is not. */
  isNull(): Column<boolean> {
    return this.call("isNull");
  }

  /** Whether the value is not NULL. */
  isNotNull(): Column<boolean> {
    return this.call("isNotNull");
  }

  /** Whether the floating-point value is NaN. */
  isNaN(): Column<boolean> {
    return this.call("isNaN");
  }

  /**
   * Whether the value is one of those given, as arguments or as one array, or is a row of a DataFrame of one column;
   * a `struct` is a row of a DataFrame of several. NULL where it is not among them, but NULL is. Spark: `in`.
   *
   * @example customers.filter(col("id").isin(orders.select("customer")))
   */
  isin(...values: readonly unknown[]): Column<boolean | null> {
    const [first] = values;
    if (values.length === 1 && first instanceof Query) return this.inQuery(first);
    if (values.some((value) => value instanceof Query)) {
      throw new SparkwrightError("USAGE_ISIN", "isin() was given a DataFrame among other values", {
        hint: "Pass the DataFrame alone.",
      });
    }
    const list: readonly unknown[] = values.length === 1 && Array.isArray(first) ? first : values;
    return this.call("in", ...list);
  }

  /** Whether the value lies between the two, both included. */
  between(lower: unknown, upper: unknown): Column<boolean | null> {
    return this.geq(lower).and(this.leq(upper));
  }

  /** SQL LIKE: `%` for any characters, `_` for one. */
  like(pattern: unknown): Column<boolean | null> {
    return this.call("like", pattern);
  }

  /** Whether a part matches the Java regular expression. */
  rlike(pattern: unknown): Column<boolean | null> {
    return this.call("rlike", pattern);
  }

  /** SQL LIKE without regard to case. */
  ilike(pattern: unknown): Column<boolean | null> {
    return this.call("ilike", pattern);
  }

  /** Whether the string begins with the other one. PySpark: `startswith`. */
  startsWith(prefix: unknown): Column<boolean | null> {
    return this.call("startsWith", prefix);
  }

  /** Whether the string ends with the other one. PySpark: `endswith`. */
  endsWith(suffix: unknown): Column<boolean | null> {
    return this.call("endsWith", suffix);
  }

  /** Whether the string contains the other one. */
  contains(part: unknown): Column<boolean | null> {
    return this.call("contains", part);
  }

  /** The part of a string or binary that begins at `start` (the first is 1) and is `length` long. */
  substr(start: unknown, length: unknown): Column {
    return this.call("substr", start, length);
  }

  /** The bits that both have. Spark: `&`. */
  bitwiseAND(other: unknown): Column {
    return this.call("&", other);
  }

  /** The bits that one of them has. Spark: `|`. */
  bitwiseOR(other: unknown): Column {
    return this.call("|", other);
  }

  /** The bits that only one of them has. Spark: `^`. */
  bitwiseXOR(other: unknown): Column {
    return this.call("^", other);
  }

  /** A function of this column and more. */
  protected abstract call(functionName: string, ...others: readonly unknown[]): Column;

  /** Whether this value is a row of a query. */
  protected abstract inQuery(query: Query<AnyRow>): Column;
}
