import {
  type Aggregate,
  Aggregate_GroupType as GroupType,
  type StatApproxQuantile,
  type StatCorr,
  type StatCov,
  type StatCrosstab,
  type StatDescribe,
  type StatFreqItems,
  type StatSummary,
  type Unpivot,
} from "../../../../gen/spark/connect/relations_pb.ts";
import { literalText } from "../literal-text.ts";
import { type Columns, decidedBy, everything, type NamedColumn, noColumns, resolveName } from "./columns.ts";
import { expressionColumns, expressionOrigin } from "./expression-origin.ts";
import { type Origin, through, together } from "./origin.ts";
import type { RelationScope } from "./relation-columns.ts";

type Statistic = { readonly input?: unknown };

/** The columns of what makes few rows of many, or columns of rows. */
export const aggregateColumns = {
  aggregate: (value: Aggregate, scope: RelationScope): Columns => {
    const { groupType, groupingExpressions, aggregateExpressions, pivot, groupingSets } = value;
    const sets = groupingSets.flatMap((one) => one.groupingSet);
    const keys = [...groupingExpressions, ...sets];
    const groups = groupingExpressions.map((one) => expressionColumns(one, scope));
    const aggregates = aggregateExpressions.map((one) => expressionColumns(one, scope));
    const made = groupType === GroupType.PIVOT ? pivoted(pivot, aggregates, scope) : aggregates;
    const all = [...groups, ...made];
    const columns = {
      named: all.flatMap((one) => one.named),
      open: all.flatMap((one) => one.open),
      unknown: all.flatMap((one) => one.unknown),
      rows: scope.input.rows,
    };
    return decidedBy(columns, together(keys.map((one) => expressionOrigin(one, scope))), "group by");
  },
  unpivot: (value: Unpivot, scope: RelationScope): Columns => {
    const { ids, values, variableColumnName, valueColumnName } = value;
    const kept = ids.map((one) => expressionColumns(one, scope));
    const melted =
      values === undefined
        ? everything(scope.input, "unpivot")
        : through(together(values.values.map((one) => expressionOrigin(one, scope))), "unpivot");
    return {
      named: [
        ...kept.flatMap((one) => one.named),
        named(variableColumnName, noColumns.rows),
        named(valueColumnName, melted),
      ],
      open: kept.flatMap((one) => one.open),
      unknown: kept.flatMap((one) => one.unknown),
      rows: scope.input.rows,
    };
  },

  summary: (_value: StatSummary, { input }: RelationScope): Columns => described(input, [], "summary"),
  describe: ({ cols }: StatDescribe, { input }: RelationScope): Columns => described(input, cols, "describe"),
  cov: ({ col1, col2 }: StatCov, { input }: RelationScope): Columns => statistic(input, "cov", [col1, col2]),
  corr: ({ col1, col2 }: StatCorr, { input }: RelationScope): Columns =>
    statistic(input, "corr", [col1, col2]),
  approxQuantile: ({ cols }: StatApproxQuantile, { input }: RelationScope): Columns =>
    statistic(input, "approx_quantile", cols),
  freqItems: ({ cols }: StatFreqItems, { input }: RelationScope): Columns => ({
    ...noColumns,
    named: cols.map((name) => named(`${name}_freqItems`, through(resolveName(input, name), "freqItems"))),
    rows: input.rows,
  }),
  crosstab: ({ col1, col2 }: StatCrosstab, { input }: RelationScope): Columns => ({
    ...noColumns,
    named: [named(`${col1}_${col2}`, through(resolveName(input, col1), "crosstab"))],
    unknown: [`one column for each value of ${col2}`],
    rows: input.rows,
  }),
  showString: (_value: Statistic, { input }: RelationScope): Columns => shown(input, "show_string"),
  htmlString: (_value: Statistic, { input }: RelationScope): Columns => shown(input, "html_string"),
};

/** A pivot makes a column for each value, and of several aggregates one for each. */
function pivoted(pivot: Aggregate["pivot"], aggregates: readonly Columns[], scope: RelationScope): Columns[] {
  const by = through(expressionOrigin(pivot?.col, scope), "pivot");
  const list = aggregates.flatMap((one) => one.named);
  if (pivot === undefined || pivot.values.length === 0) {
    const text = "one column for each value that a pivot finds";
    return [{ ...noColumns, unknown: [text] }];
  }
  const columns = pivot.values.flatMap((value) => {
    const { literalType } = value;
    const name = literalType.case === "string" ? literalType.value : literalText(value);
    return list.map((one) => named(list.length === 1 ? name : `${name}_${one.name}`, together([one, by])));
  });
  return [{ ...noColumns, named: columns, unknown: aggregates.flatMap((one) => one.unknown) }];
}

function described(input: Columns, cols: readonly string[], operation: string): Columns {
  const columns = cols.length > 0 ? cols.map((name) => ({ name, ...resolveName(input, name) })) : input.named;
  return {
    named: [
      named("summary", noColumns.rows),
      ...columns.map((one) => named(one.name, through(one, operation))),
    ],
    open:
      cols.length > 0
        ? []
        : input.open.map((one) => ({ ...one, operations: [...one.operations, operation] })),
    unknown: cols.length > 0 ? [] : input.unknown,
    rows: input.rows,
  };
}

function statistic(input: Columns, name: string, cols: readonly string[]): Columns {
  const origin = through(together(cols.map((one) => resolveName(input, one))), name);
  return { ...noColumns, named: [named(name, origin)], rows: input.rows };
}

function shown(input: Columns, name: string): Columns {
  return { ...noColumns, named: [named(name, everything(input, "show"))], rows: input.rows };
}

function named(name: string, { sources, unknown }: Origin): NamedColumn {
  return { name, qualifier: [], sources, unknown };
}
