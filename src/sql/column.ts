import {
  Expression_Cast_EvalMode as EvalMode,
  type Expression,
} from "../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { attribute, expression, functionCall, sortOrder } from "./plan/expression.ts";
import { literal } from "./plan/literal.ts";
import type { DataType } from "./types/data-type.ts";
import { typeToProto } from "./types/type-proto.ts";
import type { WindowSpec } from "./window.ts";

/** A column, or the name of one. */
export type ColumnOrName = Column | string;

/**
 * An expression over the columns of a DataFrame, not yet evaluated. Immutable.
 *
 * Every method takes columns or plain values; a plain value becomes a literal of its exact type (see `lit`).
 *
 * @example df.filter(col("delay").gt(15).and(col("origin").notEqual("SFO")))
 * @see org.apache.spark.sql.Column
 */
export class Column {
  readonly #expression: Expression;

  constructor(expression: Expression) {
    this.#expression = expression;
  }

  /** The protocol message of this column, for tests and integrators; it must not be changed. */
  toProto(): Expression {
    return this.#expression;
  }

  /** Equality; NULL when either side is NULL. Spark: `==`. */
  eq(other: unknown): Column {
    return this.#binary("==", other);
  }

  /** Inequality; NULL when either side is NULL. */
  notEqual(other: unknown): Column {
    return this.eq(other).not();
  }

  /** Equality where NULL equals NULL. Spark: `<=>`. */
  eqNullSafe(other: unknown): Column {
    return this.#binary("<=>", other);
  }

  lt(other: unknown): Column {
    return this.#binary("<", other);
  }

  leq(other: unknown): Column {
    return this.#binary("<=", other);
  }

  gt(other: unknown): Column {
    return this.#binary(">", other);
  }

  geq(other: unknown): Column {
    return this.#binary(">=", other);
  }

  plus(other: unknown): Column {
    return this.#binary("+", other);
  }

  minus(other: unknown): Column {
    return this.#binary("-", other);
  }

  multiply(other: unknown): Column {
    return this.#binary("*", other);
  }

  divide(other: unknown): Column {
    return this.#binary("/", other);
  }

  /** The remainder, with the sign of the left side. Spark: `%`. */
  mod(other: unknown): Column {
    return this.#binary("%", other);
  }

  /** This to the power of the other, a double. Spark: `power`. */
  pow(other: unknown): Column {
    return this.#binary("power", other);
  }

  /** The negated number. Spark: `negative`. */
  negate(): Column {
    return this.#call("negative");
  }

  and(other: unknown): Column {
    return this.#binary("and", other);
  }

  or(other: unknown): Column {
    return this.#binary("or", other);
  }

  /** The negated boolean. Spark: `not`. */
  not(): Column {
    return this.#call("not");
  }

  isNull(): Column {
    return this.#call("isNull");
  }

  isNotNull(): Column {
    return this.#call("isNotNull");
  }

  /** Whether the floating-point value is NaN. */
  isNaN(): Column {
    return this.#call("isNaN");
  }

  /** Whether the value is one of those given, as arguments or as one array. Spark: `in`. */
  isin(...values: readonly unknown[]): Column {
    const [first] = values;
    const list: readonly unknown[] = values.length === 1 && Array.isArray(first) ? first : values;
    return this.#call("in", ...list);
  }

  /** Whether the value lies between the two, both included. */
  between(lower: unknown, upper: unknown): Column {
    return this.geq(lower).and(this.leq(upper));
  }

  /** SQL LIKE: `%` for any characters, `_` for one. */
  like(pattern: unknown): Column {
    return this.#binary("like", pattern);
  }

  /** Whether a part matches the Java regular expression. */
  rlike(pattern: unknown): Column {
    return this.#binary("rlike", pattern);
  }

  /** SQL LIKE without regard to case. */
  ilike(pattern: unknown): Column {
    return this.#binary("ilike", pattern);
  }

  startsWith(prefix: unknown): Column {
    return this.#binary("startsWith", prefix);
  }

  endsWith(suffix: unknown): Column {
    return this.#binary("endsWith", suffix);
  }

  /** Whether the string contains the other one. */
  contains(part: unknown): Column {
    return this.#binary("contains", part);
  }

  /** The part of a string or binary that begins at `start` (the first is 1) and is `length` long. */
  substr(start: unknown, length: unknown): Column {
    return this.#call("substr", start, length);
  }

  bitwiseAND(other: unknown): Column {
    return this.#binary("&", other);
  }

  bitwiseOR(other: unknown): Column {
    return this.#binary("|", other);
  }

  bitwiseXOR(other: unknown): Column {
    return this.#binary("^", other);
  }

  /** The value as another type, named as in DDL (`"decimal(10,2)"`) or given as a DataType. */
  cast(to: DataType | string): Column {
    return this.#cast(to, EvalMode.UNSPECIFIED);
  }

  /** As `cast`, with NULL where the value cannot be converted. Spark: `try_cast`. */
  tryCast(to: DataType | string): Column {
    return this.#cast(to, EvalMode.TRY);
  }

  /** The column under another name; several names for a generator of several columns. */
  alias(name: string | readonly string[], metadata?: Readonly<Record<string, unknown>>): Column {
    const names = typeof name === "string" ? [name] : [...name];
    if (metadata !== undefined && names.length !== 1) {
      throw new SparkwrightError("USAGE_ALIAS_METADATA", "metadata can be given with one name only", {
        hint: "Name the columns one by one.",
      });
    }
    return new Column(
      expression({
        case: "alias",
        value: {
          expr: this.#expression,
          name: names,
          ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata) }),
        },
      }),
    );
  }

  /** The same as `alias`. */
  as(name: string | readonly string[], metadata?: Readonly<Record<string, unknown>>): Column {
    return this.alias(name, metadata);
  }

  /** The same as `alias`. */
  name(name: string): Column {
    return this.alias(name);
  }

  /** Ascending, NULLs first. */
  asc(): Column {
    return this.ascNullsFirst();
  }

  ascNullsFirst(): Column {
    return new Column(sortOrder(this.#expression, false, "first"));
  }

  ascNullsLast(): Column {
    return new Column(sortOrder(this.#expression, false, "last"));
  }

  /** Descending, NULLs last. */
  desc(): Column {
    return this.descNullsLast();
  }

  descNullsFirst(): Column {
    return new Column(sortOrder(this.#expression, true, "first"));
  }

  descNullsLast(): Column {
    return new Column(sortOrder(this.#expression, true, "last"));
  }

  /** The element of an array at an index from 0, or the value of a map at a key. */
  getItem(key: unknown): Column {
    return new Column(
      expression({
        case: "unresolvedExtractValue",
        value: { child: this.#expression, extraction: toExpression(key) },
      }),
    );
  }

  /** The field of a struct. */
  getField(name: string): Column {
    return this.getItem(name);
  }

  /** The struct with a field added or replaced; the name may have dots. */
  withField(fieldName: string, value: unknown): Column {
    return new Column(
      expression({
        case: "updateFields",
        value: { structExpression: this.#expression, fieldName, valueExpression: toExpression(value) },
      }),
    );
  }

  /** The struct without these fields; the names may have dots. */
  dropFields(...fieldNames: readonly string[]): Column {
    let structExpression = this.#expression;
    for (const fieldName of fieldNames) {
      structExpression = expression({ case: "updateFields", value: { structExpression, fieldName } });
    }
    return new Column(structExpression);
  }

  /** One more branch of a `when`. Thrown when this column was not made by `when`, or is closed by `otherwise`. */
  when(condition: Column, value: unknown): Column {
    return this.#call("when", ...this.#branches("when"), condition, value);
  }

  /** The value where no branch of a `when` holds; without it, NULL. Thrown as in `when`. */
  otherwise(value: unknown): Column {
    return this.#call("when", ...this.#branches("otherwise"), value);
  }

  /** This aggregate or window function over a window. */
  over(window: WindowSpec): Column {
    return new Column(expression({ case: "window", value: window.toProto(this.#expression) }));
  }

  /** This column passed through a function, for chains. */
  transform(apply: (column: Column) => Column): Column {
    return apply(this);
  }

  /** Not a value: a column in a template or a string comparison is nearly always a mistake. */
  [Symbol.toPrimitive](): never {
    throw new SparkwrightError("USAGE_COLUMN_AS_VALUE", "a Column has no value in TypeScript", {
      hint: "Compare with eq(), lt(), and() and so on; concatenate with concat().",
    });
  }

  #branches(method: string): readonly Column[] {
    const kind = this.#expression.exprType;
    const branches = kind.case === "unresolvedFunction" && kind.value.functionName === "when";
    if (!branches || kind.value.arguments.length % 2 !== 0) {
      throw new SparkwrightError(
        "USAGE_WHEN",
        `${method}() follows when(...) only, and nothing follows otherwise()`,
        { hint: "Begin with when(condition, value) of the functions." },
      );
    }
    return kind.value.arguments.map((argument) => new Column(argument));
  }

  #binary(functionName: string, other: unknown): Column {
    return new Column(functionCall(functionName, [this.#expression, toExpression(other)]));
  }

  #call(functionName: string, ...args: readonly unknown[]): Column {
    const own = functionName === "when" ? [] : [this.#expression];
    return new Column(functionCall(functionName, [...own, ...args.map(toExpression)]));
  }

  #cast(to: DataType | string, evalMode: EvalMode): Column {
    return new Column(
      expression({
        case: "cast",
        value: {
          expr: this.#expression,
          castToType:
            typeof to === "string"
              ? { case: "typeStr", value: to }
              : { case: "type", value: typeToProto(to) },
          evalMode,
        },
      }),
    );
  }
}

/** The expression of a column, or the literal of a value. */
export function toExpression(value: unknown): Expression {
  return value instanceof Column ? value.toProto() : literal(value);
}

/** The expression of a column given by itself or by name. Thrown when it is neither. */
export function columnExpression(column: ColumnOrName): Expression {
  if (column instanceof Column) return column.toProto();
  if (typeof column === "string") return attribute(column);
  throw new SparkwrightError("USAGE_NOT_A_COLUMN", `a ${typeof column} is not a column`, {
    hint: "Pass a column name or a Column; wrap a value in lit().",
  });
}
