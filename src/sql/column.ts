import {
  Expression_Cast_EvalMode as EvalMode,
  type Expression,
} from "../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { showAs } from "../core/shown-as.ts";
import { functionOf, kindName, nameOf, namesOf } from "./arguments.ts";
import { ColumnOperators } from "./column-operators.ts";
import type { Query } from "./data-frame/query.ts";
import { attribute, expression, functionCall, sortOrder } from "./plan/expression.ts";
import { expressionText } from "./plan/expression-text.ts";
import { literal } from "./plan/literal.ts";
import { inSubquery } from "./plan/subquery.ts";
import type { AliasOf, AnyValue, Cast, CastName, CastValue } from "./typed/column-type.ts";
import type { AnyRow } from "./typed/row-type.ts";
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
export class Column<out T = AnyValue, out N extends string = AnyValue> extends ColumnOperators {
  /** The value and its name, for TypeScript only. */
  declare readonly "~column"?: { readonly value: T; readonly name: N };

  readonly #expression: Expression;

  constructor(expression: Expression) {
    super();
    this.#expression = expression;
  }

  /** The protocol message of this column, for tests and integrators; it must not be changed. */
  toProto(): Expression {
    return this.#expression;
  }

  /** The value as another type, named as in DDL (`"decimal(10,2)"`) or given as a DataType. PySpark also: `astype`. */
  cast<const D extends DataType | string>(to: D): Column<Cast<T, D>, CastName<T, N>> {
    return this.#cast(to, EvalMode.UNSPECIFIED);
  }

  /** As `cast`, with NULL where the value cannot be converted. Spark: `try_cast`. */
  tryCast<const D extends DataType | string>(to: D): Column<CastValue<D> | null, CastName<T, N>> {
    return this.#cast(to, EvalMode.TRY);
  }

  /** The column under another name; several names for a generator of several columns. */
  alias<const A extends string | readonly string[]>(
    name: A,
    metadata?: Readonly<Record<string, unknown>>,
  ): Column<T, AliasOf<A>> {
    const names = Array.isArray(name) ? namesOf("alias", name) : [nameOf("alias", name)];
    if (metadata !== undefined && (typeof metadata !== "object" || metadata === null)) {
      throw new SparkwrightError(
        "USAGE_ALIAS_METADATA",
        `alias() was given ${kindName(metadata)} for metadata`,
        {
          hint: "Pass several names as an array: alias([first, second]).",
        },
      );
    }
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
  as<const A extends string | readonly string[]>(
    name: A,
    metadata?: Readonly<Record<string, unknown>>,
  ): Column<T, AliasOf<A>> {
    return this.alias(name, metadata);
  }

  /** The same as `alias`. */
  name<const A extends string>(name: A): Column<T, AliasOf<A>> {
    return this.alias(name);
  }

  /** Ascending, NULLs first. */
  asc(): Column {
    return this.ascNullsFirst();
  }

  /** Ascending, NULLs first. */
  ascNullsFirst(): Column {
    return new Column(sortOrder(this.#expression, false, "first"));
  }

  /** Ascending, NULLs last. */
  ascNullsLast(): Column {
    return new Column(sortOrder(this.#expression, false, "last"));
  }

  /** Descending, NULLs last. */
  desc(): Column {
    return this.descNullsLast();
  }

  /** Descending, NULLs first. */
  descNullsFirst(): Column {
    return new Column(sortOrder(this.#expression, true, "first"));
  }

  /** Descending, NULLs last. */
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
    if (fieldNames.length === 0) {
      throw new SparkwrightError("USAGE_DROP_FIELDS", "dropFields() was given no field", {
        hint: "Name the fields to leave out.",
      });
    }
    let structExpression = this.#expression;
    for (const fieldName of fieldNames) {
      structExpression = expression({ case: "updateFields", value: { structExpression, fieldName } });
    }
    return new Column(structExpression);
  }

  /** One more branch of a `when`. Thrown when this column was not made by `when`, or is closed by `otherwise`. */
  when(condition: Column, value: unknown): Column {
    if (!(condition instanceof Column)) {
      throw new SparkwrightError(
        "USAGE_NOT_A_COLUMN",
        `when() was given a ${typeof condition}, not a condition`,
        {
          hint: 'Use a condition such as col("id").gt(1).',
        },
      );
    }
    return this.#case([...this.#branches("when"), condition.toProto(), toExpression(value)]);
  }

  /** The value where no branch of a `when` holds; without it, NULL. Thrown as in `when`. */
  otherwise(value: unknown): Column {
    return this.#case([...this.#branches("otherwise"), toExpression(value)]);
  }

  /** This aggregate or window function over a window. */
  over(window: WindowSpec): Column {
    if (typeof (window as Partial<WindowSpec> | undefined)?.toProto !== "function") {
      throw new SparkwrightError("USAGE_WINDOW", `over() was given a ${typeof window}, not a window`, {
        hint: "For example over(Window.partitionBy(name)).",
      });
    }
    return new Column(expression({ case: "window", value: window.toProto(this.#expression) }));
  }

  /**
   * This column as one of the query around a subquery or a lateral join. It says what is meant and changes nothing:
   * Spark looks for a name in the subquery first, and around it then. So names that both have need an alias, and
   * `df.col(name)` is no such name: the server looks for it in the subquery only.
   *
   * @example
   * const late = orders.alias("o").where(col("o.person").eq(col("p.id").outer()));
   * people.alias("p").where(late.exists())
   */
  outer(): Column<T, N> {
    return new Column(this.#expression);
  }

  /** This column passed through a function, for chains. */
  transform(apply: (column: Column) => Column): Column {
    return functionOf("transform", apply)(this);
  }

  /** Not a value: a column in a template or a string comparison is nearly always a mistake. */
  [Symbol.toPrimitive](): never {
    throw new SparkwrightError("USAGE_COLUMN_AS_VALUE", "a Column has no value in TypeScript", {
      hint: "Compare with eq(), lt(), and() and so on; concatenate with concat().",
    });
  }

  protected override call(functionName: string, ...others: readonly unknown[]): Column {
    return new Column(functionCall(functionName, [this.#expression, ...others.map(toExpression)]));
  }

  protected override inQuery(query: Query<AnyRow>): Column {
    const kind = this.#expression.exprType;
    const isRow = kind.case === "unresolvedFunction" && kind.value.functionName === "struct";
    return new Column(inSubquery(query.toPlan(), isRow ? [...kind.value.arguments] : [this.#expression]));
  }

  #case(branches: readonly Expression[]): Column {
    return new Column(functionCall("when", branches));
  }

  #branches(method: string): readonly Expression[] {
    const kind = this.#expression.exprType;
    const branches = kind.case === "unresolvedFunction" && kind.value.functionName === "when";
    if (!branches || kind.value.arguments.length % 2 !== 0) {
      throw new SparkwrightError(
        "USAGE_WHEN",
        `${method}() follows when(...) only, and nothing follows otherwise()`,
        { hint: "Begin with when(condition, value) of the functions." },
      );
    }
    return kind.value.arguments;
  }

  #cast(to: DataType | string, evalMode: EvalMode): Column {
    if (
      typeof to !== "string" &&
      typeof (to as Partial<DataType> | null | undefined)?.jsonValue !== "function"
    ) {
      throw new SparkwrightError("USAGE_NOT_A_TYPE", `cast() was given ${kindName(to)}, not a type`, {
        hint: 'Pass a type of sparkwright/sql, or its name in DDL, such as "decimal(10,2)".',
      });
    }
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

showAs(Column, (column) => `Column<${expressionText(column.toProto())}>`);

/** The expression of a column, or the literal of a value. */
export function toExpression(value: unknown): Expression {
  return value instanceof Column ? value.toProto() : literal(value);
}

/** The expression of a column given by itself or by name. Thrown when it is neither. */
export function columnExpression(column: ColumnOrName): Expression {
  if (column instanceof Column) return column.toProto();
  if (typeof column === "string") return attribute(column);
  throw new SparkwrightError("USAGE_NOT_A_COLUMN", `${kindName(column)} is not a column`, {
    hint: Array.isArray(column)
      ? "Pass the columns one by one: spread the array, as in select(...columns)."
      : "Pass a column name or a Column; wrap a value in lit().",
  });
}
