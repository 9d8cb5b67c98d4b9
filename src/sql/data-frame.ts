import { SetOperation_SetOpType as SetOp } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { Column, type ColumnOrName, columnExpression, toExpression } from "./column.ts";
import { DataFrameActions } from "./data-frame-actions.ts";
import { DataFrameNaFunctions } from "./data-frame-na-functions.ts";
import { DataFrameWriter } from "./data-frame-writer.ts";
import { DataFrameWriterV2 } from "./data-frame-writer-v2.ts";
import { type AggregateArguments, GroupedData } from "./grouped-data.ts";
import { attachObservation, Observation } from "./observation.ts";
import { asSortOrder, attribute, expression, expressionString, functionCall } from "./plan/expression.ts";
import { type JoinType, joinType } from "./plan/join-type.ts";
import { planIdOf, type RelationKind, relation, rowCount } from "./plan/relation.ts";

/** What a join is on: names that both sides have, or a condition. */
export type JoinOn = string | readonly string[] | Column | readonly Column[];

/**
 * A query that has not run yet: a plan, and the session to run it in. Immutable.
 *
 * Methods that return a DataFrame build and ask nobody; those that return a promise ask the server.
 *
 * @example
 * const late = df.filter(col("delay").gt(15)).groupBy("origin").agg(count("*").alias("flights"));
 * for await (const row of late) console.log(row.origin, row.flights);
 * @see org.apache.spark.sql.Dataset
 */
export class DataFrame extends DataFrameActions {
  /** A column of this very DataFrame, so that a join with one that has the same name is not ambiguous. */
  col(name: string): Column {
    return new Column(attribute(name, planIdOf(this.toPlan())));
  }

  /** The columns whose name matches a Java regular expression in backquotes. */
  colRegex(pattern: string): Column {
    const planId = planIdOf(this.toPlan());
    return new Column(
      expression({
        case: "unresolvedRegex",
        value: { colName: pattern, ...(planId === undefined ? {} : { planId }) },
      }),
    );
  }

  /** The columns given, and no others. */
  select(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#derive({
      case: "project",
      value: { input: this.toPlan(), expressions: columns.map(columnExpression) },
    });
  }

  /** The columns that these SQL expressions compute. */
  selectExpr(...expressions: readonly string[]): DataFrame {
    return this.#derive({
      case: "project",
      value: { input: this.toPlan(), expressions: expressions.map(expressionString) },
    });
  }

  /** The rows for which a condition, a column or SQL text, is true. */
  filter(condition: Column | string): DataFrame {
    return this.#derive({
      case: "filter",
      value: { input: this.toPlan(), condition: asCondition(condition) },
    });
  }

  /** The same as `filter`. */
  where(condition: Column | string): DataFrame {
    return this.filter(condition);
  }

  /** With one more column; a column of that name is replaced. */
  withColumn(name: string, column: Column): DataFrame {
    return this.withColumns({ [name]: column });
  }

  /** With more columns, all computed from this DataFrame; columns of those names are replaced. */
  withColumns(columns: Readonly<Record<string, Column>>): DataFrame {
    const aliases = Object.entries(columns).map(([name, column]) => ({
      expr: columnOnly("withColumn", column).toProto(),
      name: [name],
    }));
    return this.#derive({ case: "withColumns", value: { input: this.toPlan(), aliases } });
  }

  /** With a column under another name; nothing happens when there is no such column. */
  withColumnRenamed(existing: string, name: string): DataFrame {
    return this.withColumnsRenamed({ [existing]: name });
  }

  /** With columns under other names, given as old name to new name. */
  withColumnsRenamed(names: Readonly<Record<string, string>>): DataFrame {
    const renames = Object.entries(names).map(([colName, newColName]) => ({ colName, newColName }));
    return this.#derive({ case: "withColumnsRenamed", value: { input: this.toPlan(), renames } });
  }

  /** Without these columns; names that are no column are passed over. */
  drop(...columns: readonly ColumnOrName[]): DataFrame {
    const columnNames = columns.filter((column) => typeof column === "string");
    const expressions = columns.filter((column) => column instanceof Column).map(columnExpression);
    return this.#derive({ case: "drop", value: { input: this.toPlan(), columnNames, columns: expressions } });
  }

  /** All columns under new names, given in order. */
  toDF(...columnNames: readonly string[]): DataFrame {
    return this.#derive({ case: "toDf", value: { input: this.toPlan(), columnNames: [...columnNames] } });
  }

  /**
   * The rows of both sides that belong together. `on` names make one column each in the result; several
   * conditions must all hold.
   *
   * @param how inner (the default), cross, full, left, right, semi or anti, and Spark's other names for them
   */
  join(other: DataFrame, on?: JoinOn, how: JoinType = "inner"): DataFrame {
    const list = on === undefined ? [] : Array.isArray(on) ? (on as readonly (string | Column)[]) : [on];
    const usingColumns = list.filter((item) => typeof item === "string");
    const conditions = list.filter((item) => item instanceof Column).map((column) => column.toProto());
    if (usingColumns.length + conditions.length < list.length || (usingColumns.length && conditions.length)) {
      throw new SparkwrightError("USAGE_JOIN_ON", "a join is on column names or on conditions, not on both", {
        hint: 'Pass names ("id"), or conditions such as a.col("id").eq(b.col("id")).',
      });
    }
    const [first, ...others] = conditions;
    const joinCondition = others.reduce(
      (all, next) => (all === undefined ? next : functionCall("and", [all, next])),
      first,
    );
    return this.#derive({
      case: "join",
      value: {
        left: this.toPlan(),
        right: other.toPlan(),
        joinType: joinType(how),
        usingColumns: usingColumns as string[],
        ...(joinCondition === undefined ? {} : { joinCondition }),
      },
    });
  }

  /** Every row of this side with every row of the other. */
  crossJoin(other: DataFrame): DataFrame {
    return this.join(other, undefined, "cross");
  }

  /** The rows in groups of equal values of these columns. */
  groupBy(...columns: readonly ColumnOrName[]): GroupedData {
    return this.#group("groupBy", columns);
  }

  /** As `groupBy`, with subtotals for every prefix of the columns. */
  rollup(...columns: readonly ColumnOrName[]): GroupedData {
    return this.#group("rollup", columns);
  }

  /** As `groupBy`, with subtotals for every subset of the columns. */
  cube(...columns: readonly ColumnOrName[]): GroupedData {
    return this.#group("cube", columns);
  }

  /** One row of aggregates over all rows; columns, or `{ delay: "max" }`. */
  agg(...aggregates: AggregateArguments): DataFrame {
    return this.groupBy().agg(...aggregates);
  }

  /** The rows in order; columns are ascending unless they say otherwise. */
  orderBy(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sort(columns, true);
  }

  /** The same as `orderBy`. */
  sort(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sort(columns, true);
  }

  /** The rows in order within each partition only. */
  sortWithinPartitions(...columns: readonly ColumnOrName[]): DataFrame {
    return this.#sort(columns, false);
  }

  /** At most `n` rows. */
  limit(n: number): DataFrame {
    return this.#derive({ case: "limit", value: { input: this.toPlan(), limit: rowCount("limit", n) } });
  }

  /** Without the first `n` rows. */
  offset(n: number): DataFrame {
    return this.#derive({ case: "offset", value: { input: this.toPlan(), offset: rowCount("offset", n) } });
  }

  /** The rows of both, columns by position, duplicates kept. */
  union(other: DataFrame): DataFrame {
    return this.#combine(other, SetOp.UNION, true);
  }

  /** The same as `union`. */
  unionAll(other: DataFrame): DataFrame {
    return this.union(other);
  }

  /** The rows of both, columns by name; missing ones become NULL if allowed, else are an error. */
  unionByName(other: DataFrame, options: { readonly allowMissingColumns?: boolean } = {}): DataFrame {
    return this.#combine(other, SetOp.UNION, true, {
      byName: true,
      allowMissingColumns: options.allowMissingColumns ?? false,
    });
  }

  /** The distinct rows that both have. */
  intersect(other: DataFrame): DataFrame {
    return this.#combine(other, SetOp.INTERSECT, false);
  }

  /** The rows that both have, as often as both have them. */
  intersectAll(other: DataFrame): DataFrame {
    return this.#combine(other, SetOp.INTERSECT, true);
  }

  /** The distinct rows that the other does not have. */
  except(other: DataFrame): DataFrame {
    return this.#combine(other, SetOp.EXCEPT, false);
  }

  /** The rows that the other does not have, each as often as it has too few. */
  exceptAll(other: DataFrame): DataFrame {
    return this.#combine(other, SetOp.EXCEPT, true);
  }

  /** The same as `except`. */
  subtract(other: DataFrame): DataFrame {
    return this.except(other);
  }

  /** Each different row once. */
  distinct(): DataFrame {
    return this.dropDuplicates();
  }

  /** One row for each different combination of these columns, or of all columns. */
  dropDuplicates(...columns: readonly string[]): DataFrame {
    return this.#derive({
      case: "deduplicate",
      value: {
        input: this.toPlan(),
        columnNames: [...columns],
        allColumnsAsKeys: columns.length === 0,
        withinWatermark: false,
      },
    });
  }

  /** What to do about NULL and NaN. */
  get na(): DataFrameNaFunctions {
    return new DataFrameNaFunctions((kind) => this.#derive(kind), this.toPlan());
  }

  /** The same rows under a name, for columns such as `a.id`. */
  alias(name: string): DataFrame {
    return this.#derive({ case: "subqueryAlias", value: { input: this.toPlan(), alias: name } });
  }

  /** With a hint to the optimizer, such as `broadcast`. */
  hint(name: string, ...parameters: readonly unknown[]): DataFrame {
    return this.#derive({
      case: "hint",
      value: { input: this.toPlan(), name, parameters: parameters.map(toExpression) },
    });
  }

  /** In `numPartitions` partitions, or by the values of columns, or both. */
  repartition(...partitioning: readonly [number, ...ColumnOrName[]] | readonly ColumnOrName[]): DataFrame {
    return this.#repartition("repartition", partitioning, (column) => columnExpression(column));
  }

  /** In partitions of ranges of values of the columns. */
  repartitionByRange(
    ...partitioning: readonly [number, ...ColumnOrName[]] | readonly ColumnOrName[]
  ): DataFrame {
    return this.#repartition("repartitionByRange", partitioning, (column) =>
      expression({ case: "sortOrder", value: asSortOrder(columnExpression(column)) }),
    );
  }

  /** In at most `numPartitions` partitions, without moving rows between machines where it can. */
  coalesce(numPartitions: number): DataFrame {
    return this.#derive({
      case: "repartition",
      value: {
        input: this.toPlan(),
        numPartitions: rowCount("coalesce", numPartitions, 1),
        shuffle: false,
      },
    });
  }

  /** A random part of the rows; the same seed gives the same part of the same data. */
  sample(
    fraction: number,
    options: { readonly withReplacement?: boolean; readonly seed?: number | bigint } = {},
  ): DataFrame {
    if (!(fraction >= 0) || (options.withReplacement !== true && fraction > 1)) {
      throw new SparkwrightError("USAGE_OUT_OF_RANGE", `sample(${fraction}): not a fraction`, {
        hint: "Pass a number from 0 to 1; beyond 1 only with replacement.",
      });
    }
    return this.#derive({
      case: "sample",
      value: {
        input: this.toPlan(),
        lowerBound: 0,
        upperBound: fraction,
        withReplacement: options.withReplacement ?? false,
        seed: BigInt(options.seed ?? Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)),
      },
    });
  }

  /** Counts, means and so on of the columns, one statistic per row, all as strings. */
  describe(...columns: readonly string[]): DataFrame {
    return this.#derive({ case: "describe", value: { input: this.toPlan(), cols: [...columns] } });
  }

  /** As `describe` for all columns, with the statistics that are named, such as `count` or `75%`. */
  summary(...statistics: readonly string[]): DataFrame {
    return this.#derive({ case: "summary", value: { input: this.toPlan(), statistics: [...statistics] } });
  }

  /** With aggregates that any action or write computes on its way and reports to the observation. */
  observe(observation: Observation | string, ...metrics: readonly Column[]): DataFrame {
    if (metrics.length === 0) {
      throw new SparkwrightError("USAGE_OBSERVE", "observe() was given no metric", {
        hint: 'Pass aggregates such as count("*").alias("rows").',
      });
    }
    const name = typeof observation === "string" ? observation : observation.name;
    const observed = this.#derive({
      case: "collectMetrics",
      value: { input: this.toPlan(), name, metrics: metrics.map((metric) => metric.toProto()) },
    });
    if (observation instanceof Observation) attachObservation(observed.toPlan(), observation);
    return observed;
  }

  /** This DataFrame passed through a function, for chains. */
  transform(apply: (df: DataFrame) => DataFrame): DataFrame {
    return apply(this);
  }

  /** Where to write the rows to. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.sparkSession, this.toPlan());
  }

  /** Writes into a table by the operations of data source V2. */
  writeTo(table: string): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.sparkSession, this.toPlan(), table);
  }

  #derive(kind: RelationKind): DataFrame {
    return new DataFrame(this.sparkSession, relation(kind));
  }

  #group(kind: "groupBy" | "rollup" | "cube", columns: readonly ColumnOrName[]): GroupedData {
    return new GroupedData((plan) => this.#derive(plan), this.toPlan(), kind, columns.map(columnExpression));
  }

  #sort(columns: readonly ColumnOrName[], isGlobal: boolean): DataFrame {
    if (columns.length === 0) {
      throw new SparkwrightError("USAGE_SORT", "nothing was given to sort by", { hint: "Pass a column." });
    }
    const order = columns.map((column) => asSortOrder(columnExpression(column)));
    return this.#derive({ case: "sort", value: { input: this.toPlan(), order, isGlobal } });
  }

  #combine(
    other: DataFrame,
    setOpType: SetOp,
    isAll: boolean,
    options: { byName?: boolean; allowMissingColumns?: boolean } = {},
  ): DataFrame {
    return this.#derive({
      case: "setOp",
      value: { leftInput: this.toPlan(), rightInput: other.toPlan(), setOpType, isAll, ...options },
    });
  }

  #repartition(
    method: string,
    partitioning: readonly (number | ColumnOrName)[],
    toPartition: (column: ColumnOrName) => ReturnType<typeof columnExpression>,
  ): DataFrame {
    const numbers = partitioning.filter((item) => typeof item === "number");
    const columns = partitioning.filter((item) => typeof item !== "number");
    const [numPartitions] = numbers.map((n) => rowCount(method, n, 1));
    if (columns.length === 0 && numPartitions !== undefined && method === "repartition") {
      return this.#derive({
        case: "repartition",
        value: { input: this.toPlan(), numPartitions, shuffle: true },
      });
    }
    if (columns.length === 0 || numbers.length > 1) {
      throw new SparkwrightError(
        "USAGE_REPARTITION",
        `${method}() takes a number, columns, or a number and columns`,
        {
          hint: `For example ${method}(8, "day").`,
        },
      );
    }
    return this.#derive({
      case: "repartitionByExpression",
      value: {
        input: this.toPlan(),
        partitionExprs: columns.map(toPartition),
        ...(numPartitions === undefined ? {} : { numPartitions }),
      },
    });
  }
}

function asCondition(condition: Column | string): ReturnType<typeof columnExpression> {
  return typeof condition === "string"
    ? expressionString(condition)
    : columnOnly("filter", condition).toProto();
}

function columnOnly(method: string, column: unknown): Column {
  if (column instanceof Column) return column;
  throw new SparkwrightError("USAGE_NOT_A_COLUMN", `${method}() was given a ${typeof column}, not a Column`, {
    hint: "Use col(name) for a column and lit(value) for a value.",
  });
}
