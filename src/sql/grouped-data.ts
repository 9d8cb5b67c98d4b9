import type { Expression } from "../../gen/spark/connect/expressions_pb.ts";
import { Aggregate_GroupType as GroupType, type Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { Column, type ColumnOrName, columnExpression } from "./column.ts";
import type { DataFrame } from "./data-frame.ts";
import { attribute, expression, functionCall } from "./plan/expression.ts";
import { literal, literalMessage } from "./plan/literal.ts";
import { planIdOf, type RelationKind } from "./plan/relation.ts";
import type { Grouped, GroupedEach } from "./typed/group-row.ts";
import type { AnyName, AnyRow, KeyName } from "./typed/row-type.ts";
import type { AllExisting, Selected } from "./typed/select-row.ts";

/** Aggregates as columns, or one object of column name to function name. */
export type AggregateArguments = readonly Column[] | readonly [Readonly<Record<string, string>>];

/** How groups are formed. */
export type GroupKind = "groupBy" | "rollup" | "cube" | { readonly sets: readonly GroupingSet[] };

/** The expressions of one grouping set. */
interface GroupingSet {
  readonly groupingSet: Expression[];
}

const groupTypes: Readonly<Record<Exclude<GroupKind, object>, GroupType>> = {
  groupBy: GroupType.GROUPBY,
  rollup: GroupType.ROLLUP,
  cube: GroupType.CUBE,
};

/**
 * Rows in groups, waiting for aggregates. Immutable.
 *
 * @see org.apache.spark.sql.RelationalGroupedDataset
 */
export class GroupedData<R = AnyRow, Keys = AnyRow> {
  readonly #derive: (kind: RelationKind) => DataFrame;
  readonly #input: Relation;
  readonly #kind: GroupKind;
  readonly #grouping: readonly Expression[];
  readonly #pivot: { readonly col: Expression; readonly values: readonly unknown[] } | undefined;

  constructor(
    derive: (kind: RelationKind) => DataFrame,
    input: Relation,
    kind: GroupKind,
    grouping: readonly Expression[],
    pivot?: { readonly col: Expression; readonly values: readonly unknown[] },
  ) {
    this.#derive = derive;
    this.#input = input;
    this.#kind = kind;
    this.#grouping = grouping;
    this.#pivot = pivot;
  }

  /** One row per group: its grouping columns, then the aggregates. */
  agg<const A extends AggregateArguments>(
    ...aggregates: A & AllExisting<R, A>
  ): DataFrame<Grouped<Keys, Selected<R, A>>> {
    return this.#aggregate(aggregateExpressions(aggregates));
  }

  /** The number of rows per group, in a column `count`. */
  count(): DataFrame<Grouped<Keys, { count: bigint }>> {
    const count = functionCall("count", [literal(1)]);
    return this.#aggregate([expression({ case: "alias", value: { expr: count, name: ["count"] } })]);
  }

  /** The sum of these columns per group. */
  sum<const N extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: N & AllExisting<R, N>
  ): DataFrame<GroupedEach<R, Keys, "sum", "sum", N[number]>> {
    return this.#each("sum", columns);
  }

  /** The mean of these columns per group. */
  avg<const N extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: N & AllExisting<R, N>
  ): DataFrame<GroupedEach<R, Keys, "avg", "avg", N[number]>> {
    return this.#each("avg", columns);
  }

  /** The same as `avg`. */
  mean<const N extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: N & AllExisting<R, N>
  ): DataFrame<GroupedEach<R, Keys, "avg", "avg", N[number]>> {
    return this.#each("avg", columns);
  }

  /** The least value of these columns per group. */
  min<const N extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: N & AllExisting<R, N>
  ): DataFrame<GroupedEach<R, Keys, "min", "same", N[number]>> {
    return this.#each("min", columns);
  }

  /** The largest value of these columns per group. */
  max<const N extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: N & AllExisting<R, N>
  ): DataFrame<GroupedEach<R, Keys, "max", "same", N[number]>> {
    return this.#each("max", columns);
  }

  /**
   * One result column per value of a column and aggregate; without `values` the server looks for them first, and takes
   * at most `spark.sql.pivotMaxValues` (10,000).
   *
   * @param values strings, numbers, bigints, booleans, dates or decimals
   */
  pivot(column: ColumnOrName, values: readonly unknown[] = []): GroupedData {
    if (this.#kind !== "groupBy" || this.#pivot !== undefined) {
      throw new SparkwrightError("USAGE_PIVOT", "pivot() follows groupBy() only, and once", {
        hint: "Begin with df.groupBy(...).",
      });
    }
    const col =
      typeof column === "string" ? attribute(column, planIdOf(this.#input)) : columnExpression(column);
    return new GroupedData(this.#derive, this.#input, this.#kind, this.#grouping, { col, values });
  }

  #each<S>(functionName: string, columns: readonly string[]): DataFrame<S> {
    if (columns.length === 0) {
      throw new SparkwrightError("USAGE_AGGREGATE", `${functionName}() of a group was given no column`, {
        hint: "Name the columns to aggregate.",
      });
    }
    return this.#aggregate(columns.map((column) => functionCall(functionName, [attribute(column)])));
  }

  #aggregate<S>(aggregates: readonly Expression[]): DataFrame<S> {
    const common = {
      input: this.#input,
      groupingExpressions: [...this.#grouping],
      aggregateExpressions: [...aggregates],
    };
    const pivot = this.#pivot;
    if (pivot !== undefined) {
      const { col, values } = pivot;
      const value = {
        ...common,
        groupType: GroupType.PIVOT,
        pivot: { col, values: values.map(literalMessage) },
      };
      return this.#derive({ case: "aggregate", value });
    }
    const kind = this.#kind;
    const value =
      typeof kind === "object"
        ? { ...common, groupType: GroupType.GROUPING_SETS, groupingSets: [...kind.sets] }
        : { ...common, groupType: groupTypes[kind] };
    return this.#derive({ case: "aggregate", value });
  }
}

/** The expressions of aggregates. Thrown when there are none, or something that is not one. */
export function aggregateExpressions(aggregates: AggregateArguments): Expression[] {
  const [first] = aggregates;
  if (aggregates.length > 0 && aggregates.every((item) => item instanceof Column)) {
    return aggregates.map((column) => column.toProto());
  }
  if (aggregates.length === 1 && typeof first === "object" && !(first instanceof Column)) {
    return Object.entries(first).map(([column, name]) => functionCall(name, [attribute(column)]));
  }
  throw new SparkwrightError("USAGE_AGGREGATE", "agg() takes aggregate columns, or one object", {
    hint: 'For example agg(max("delay").alias("worst")) or agg({ delay: "max" }).',
  });
}
