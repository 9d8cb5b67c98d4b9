import type { Expression } from "../../gen/spark/connect/expressions_pb.ts";
import { Aggregate_GroupType as GroupType, type Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { columnReference } from "../sql-text/names.ts";
import { namesOf } from "./arguments.ts";
import { Column, type ColumnOrName, columnExpression } from "./column.ts";
import type { DataFrame } from "./data-frame.ts";
import { attribute, expression, functionCall } from "./plan/expression.ts";
import { completeLater } from "./plan/late-columns.ts";
import { literal, literalMessage } from "./plan/literal.ts";
import { orderedEntries } from "./plan/ordered-entries.ts";
import { ordinalColumn } from "./plan/ordinal.ts";
import { planIdOf, type RelationKind, relationInstead } from "./plan/relation.ts";
import type { Grouped, GroupedEach } from "./typed/group-row.ts";
import type { AnyName, AnyRow, KeyName } from "./typed/row-type.ts";
import type { AllExisting, Selected } from "./typed/select-row.ts";
import type { StructType } from "./types/data-type.ts";

/** Aggregates as columns, or one object of column name to function name. */
export type AggregateArguments = readonly Column[] | readonly [Readonly<Record<string, string>>];

/** What rows are grouped by: an expression, or the number of a column, the first being 1. */
export type GroupingItem = Expression | number;

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
  readonly #grouping: readonly GroupingItem[];
  readonly #schema: () => Promise<StructType>;
  readonly #pivot: { readonly col: Expression; readonly values: readonly unknown[] } | undefined;

  constructor(
    derive: (kind: RelationKind) => DataFrame,
    input: Relation,
    kind: GroupKind,
    grouping: readonly GroupingItem[],
    schema: () => Promise<StructType>,
    pivot?: { readonly col: Expression; readonly values: readonly unknown[] },
  ) {
    this.#derive = derive;
    this.#input = input;
    this.#kind = kind;
    this.#grouping = grouping;
    this.#schema = schema;
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

  /** The sum of these numeric columns per group; of all numeric columns where none is named. */
  sum<const N extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: N & AllExisting<R, N>
  ): DataFrame<GroupedEach<R, Keys, "sum", "sum", N[number]>> {
    return this.#each("sum", columns);
  }

  /** The mean of these numeric columns per group; of all numeric columns where none is named. */
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

  /** The least value of these columns per group; of all numeric columns where none is named. */
  min<const N extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: N & AllExisting<R, N>
  ): DataFrame<GroupedEach<R, Keys, "min", "same", N[number]>> {
    return this.#each("min", columns);
  }

  /** The largest value of these columns per group; of all numeric columns where none is named. */
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
    return new GroupedData(this.#derive, this.#input, this.#kind, this.#grouping, this.#schema, {
      col,
      values,
    });
  }

  #each<S>(functionName: string, columns: readonly string[]): DataFrame<S> {
    if (columns.length === 0) return this.#aggregate("numeric", functionName);
    return this.#aggregate(
      namesOf(functionName, columns).map((name) => functionCall(functionName, [attribute(name)])),
    );
  }

  /** @param aggregates one of every numeric column, by a function, where they are "numeric" */
  #aggregate<S>(aggregates: readonly Expression[] | "numeric", functionName = ""): DataFrame<S> {
    const grouping = this.#grouping;
    const frame = this.#derive(
      this.#relation(
        grouping.map((item) => (typeof item === "number" ? literal(item) : item)),
        aggregates === "numeric" ? [functionCall(functionName, [attribute("*")])] : aggregates,
      ),
    );
    if (aggregates === "numeric" || grouping.some((item) => typeof item === "number")) {
      completeLater(frame.toPlan(), async (of) => {
        const schema = await this.#schema();
        const input = of.relType.case === "aggregate" ? of.relType.value.input : undefined;
        const columns = grouping.map((item) =>
          typeof item === "number" ? ordinalColumn(schema, item) : item,
        );
        const all = aggregates === "numeric" ? numericAggregates(schema, functionName) : aggregates;
        return relationInstead(of, this.#relation(columns, all, input));
      });
    }
    return frame;
  }

  #relation(
    groupingExpressions: Expression[],
    aggregates: readonly Expression[],
    input: Relation = this.#input,
  ): RelationKind {
    const common = { input, groupingExpressions, aggregateExpressions: [...aggregates] };
    const pivot = this.#pivot;
    if (pivot !== undefined) {
      const { col, values } = pivot;
      const value = {
        ...common,
        groupType: GroupType.PIVOT,
        pivot: { col, values: values.map(literalMessage) },
      };
      return { case: "aggregate", value };
    }
    const kind = this.#kind;
    const value =
      typeof kind === "object"
        ? { ...common, groupType: GroupType.GROUPING_SETS, groupingSets: [...kind.sets] }
        : { ...common, groupType: groupTypes[kind] };
    return { case: "aggregate", value };
  }
}

const numericKinds = new Set(["byte", "short", "integer", "long", "float", "double", "decimal"]);

function numericAggregates(schema: StructType, functionName: string): Expression[] {
  return schema.fields
    .filter(({ dataType }) => numericKinds.has(dataType.kind))
    .map(({ name }) => functionCall(functionName, [attribute(columnReference(name))]));
}

/** The expressions of aggregates. Thrown when there are none, or something that is not one. */
export function aggregateExpressions(aggregates: AggregateArguments): Expression[] {
  const [first] = aggregates;
  if (aggregates.length > 0 && aggregates.every((item) => item instanceof Column)) {
    return aggregates.map((column) => column.toProto());
  }
  if (
    aggregates.length === 1 &&
    typeof first === "object" &&
    first !== null &&
    !Array.isArray(first) &&
    !(first instanceof Column)
  ) {
    const hint = 'Pass columns, such as agg(max(col("10")), min(col("9"))).';
    return orderedEntries("agg()", first as Readonly<Record<string, string>>, hint).map(([column, name]) =>
      functionCall(name, [attribute(column)]),
    );
  }
  throw new SparkwrightError("USAGE_AGGREGATE", "agg() takes aggregate columns, or one object", {
    hint: 'For example agg(max("delay").alias("worst")) or agg({ delay: "max" }).',
  });
}
