import { SparkwrightError } from "../../core/error.ts";
import { listOf } from "../arguments.ts";
import { type ColumnOrName, columnExpression } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
import {
  type AggregateArguments,
  aggregateExpressions,
  GroupedData,
  type GroupKind,
} from "../grouped-data.ts";
import { ordinal } from "../plan/ordinal.ts";
import type { SomeKeys } from "../typed/group-row.ts";
import type { AllExisting, Choice, Selected } from "../typed/select-row.ts";
import { DataFrameJoins } from "./joins.ts";

/** The methods of a DataFrame that put its rows in groups, or turn rows and columns about. */
export abstract class DataFrameGroups<R> extends DataFrameJoins<R> {
  /** The rows in groups of equal values of these columns; a number is that of a column, the first being 1. */
  groupBy<const C extends readonly (Choice<R> | number)[]>(
    ...columns: C & AllExisting<R, C>
  ): GroupedData<R, Selected<R, C>> {
    return this.#group("groupBy", columns as readonly (ColumnOrName | number)[]);
  }

  /** As `groupBy`, with subtotals for every prefix of the columns. */
  rollup<const C extends readonly Choice<R>[]>(
    ...columns: C & AllExisting<R, C>
  ): GroupedData<R, SomeKeys<Selected<R, C>>> {
    return this.#group("rollup", columns);
  }

  /** As `groupBy`, with subtotals for every subset of the columns. */
  cube<const C extends readonly Choice<R>[]>(
    ...columns: C & AllExisting<R, C>
  ): GroupedData<R, SomeKeys<Selected<R, C>>> {
    return this.#group("cube", columns);
  }

  /**
   * As `groupBy` once for every set of columns, the results one under another; a column that a set lacks is NULL.
   *
   * @param columns the columns of the sets, in the order of the result
   * @example df.groupingSets([["day", "city"], ["day"], []], "day", "city").count()
   */
  groupingSets<const C extends readonly Choice<R>[]>(
    sets: readonly (readonly Choice<R>[])[],
    ...columns: C & AllExisting<R, C>
  ): GroupedData<R, SomeKeys<Selected<R, C>>> {
    return this.#group(
      {
        sets: listOf("groupingSets", sets).map((set) => ({
          groupingSet: listOf("groupingSets", set).map(columnExpression),
        })),
      },
      columns,
    );
  }

  /** One row of aggregates over all rows; columns, or `{ delay: "max" }`. */
  agg<const A extends AggregateArguments>(...aggregates: A & AllExisting<R, A>): DataFrame<Selected<R, A>> {
    return this.derive({
      case: "aggregate",
      value: { input: this.toPlan(), groupType: 1, aggregateExpressions: aggregateExpressions(aggregates) },
    });
  }

  /**
   * Columns as rows: for every row one row per value column, with its name and its value.
   *
   * @param ids the columns to keep
   * @param values the columns to turn, of types with a common one; `undefined` for all that are not kept
   * @param variableColumnName the name for the column of names
   * @param valueColumnName the name for the column of values
   */
  unpivot(
    ids: ColumnOrName | readonly ColumnOrName[],
    values: ColumnOrName | readonly ColumnOrName[] | undefined,
    variableColumnName: string,
    valueColumnName: string,
  ): DataFrame {
    if (Array.isArray(values) && values.length === 0) {
      throw new SparkwrightError("USAGE_UNPIVOT", "unpivot() was given no column to turn", {
        hint: "Pass undefined for all columns that are not kept.",
      });
    }
    return this.derive({
      case: "unpivot",
      value: {
        input: this.toPlan(),
        ids: list(ids).map(columnExpression),
        variableColumnName,
        valueColumnName,
        ...(values === undefined ? {} : { values: { values: list(values).map(columnExpression) } }),
      },
    });
  }

  /** The same as `unpivot`. */
  melt(
    ids: ColumnOrName | readonly ColumnOrName[],
    values: ColumnOrName | readonly ColumnOrName[] | undefined,
    variableColumnName: string,
    valueColumnName: string,
  ): DataFrame {
    return this.unpivot(ids, values, variableColumnName, valueColumnName);
  }

  /**
   * Rows as columns and columns as rows. The values of the index column name the new columns, and a column `key` has
   * the names of the old ones, which must have a common type.
   *
   * @param indexColumn the first column if left out
   */
  transpose(indexColumn?: ColumnOrName): DataFrame {
    const indexColumns = indexColumn === undefined ? [] : [columnExpression(indexColumn)];
    return this.derive({ case: "transpose", value: { input: this.toPlan(), indexColumns } });
  }

  #group<K>(kind: GroupKind, columns: readonly (ColumnOrName | number)[]): GroupedData<R, K> {
    const grouping = columns.map((column) =>
      typeof column === "number" ? ordinal("groupBy", column) : columnExpression(column),
    );
    return new GroupedData(
      (plan) => this.derive(plan),
      this.toPlan(),
      kind,
      grouping,
      () => this.schema(),
    );
  }
}

function list(columns: ColumnOrName | readonly ColumnOrName[]): readonly ColumnOrName[] {
  return Array.isArray(columns) ? columns : [columns as ColumnOrName];
}
