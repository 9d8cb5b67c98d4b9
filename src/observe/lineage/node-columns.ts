import { aggregateKind } from "./aggregate-functions.ts";
import { derived, indirect, none, union } from "./influence.ts";
import { beside, combined, decided, defined, type PlanColumns, unionOfAll, unknown } from "./plan-columns.ts";
import { type ExpressionContext, expressionInfluences, type ScopedColumn } from "./plan-expression.ts";
import { parseAttributes } from "./plan-relation.ts";
import { bracketed, closingBracket, splitList } from "./split-list.ts";

/** A node with what lies below it. */
export interface VisitedNode {
  readonly text: string;
  /** What stands behind its name. */
  readonly rest: string;
  readonly inputs: readonly PlanColumns[];
  /** All its inputs beside each other. */
  readonly input: PlanColumns;
  readonly context: ExpressionContext;
  readonly nested: readonly PlanColumns[];
}

const pass = ({ input }: VisitedNode): PlanColumns => input;

/** The rule of every node that is understood, by its name. */
export const nodeColumns: Readonly<Record<string, (node: VisitedNode) => PlanColumns>> = {
  ...Object.fromEntries(
    "SubqueryAlias View GlobalLimit LocalLimit Offset Tail Sample Distinct Repartition RepartitionByExpression RebalancePartitions ResolvedHint CollectMetrics EventTimeWatermark"
      .split(" ")
      .map((name) => [name, pass]),
  ),

  OneRowRelation: () => ({ order: [], columns: new Map(), rows: none }),
  LocalRelation: ({ rest }) => constant(rest),
  Project: ({ rest, input, context }) => {
    const [list] = bracketed(rest) ?? [];
    return list === undefined ? unknown : defined(list, input, context);
  },

  Aggregate: ({ rest, input, context }) => {
    const lists = bracketed(rest) ?? [];
    const list = lists.at(-1);
    // Without a key there is one list only.
    const groups = splitList(lists.length > 1 ? (lists[0] ?? "") : "");
    if (groups === undefined || list === undefined) return unknown;
    const keys = new Set(groups.map((group) => /#(\d+)L?$/.exec(group)?.[1]));
    const kindAt = (piece: string) => (index: number, id: string) =>
      // What is no key can only stand in an aggregate, also in one that nobody knows by name.
      keys.has(id) || groups.some((group) => covers(piece, group, index))
        ? aggregateKind(piece, index)
        : "AGGREGATION";
    const made = defined(list, input, context, kindAt);
    // Its subqueries stand in the list of what it puts out, too, and are told there.
    const { subqueries: _, ...plain } = context;
    return decided(made, groups, "GROUP_BY", plain);
  },

  Window: ({ rest, input, context }) => {
    const [list] = bracketed(rest) ?? [];
    const pieces = list === undefined ? undefined : splitList(list);
    if (pieces === undefined || input.order === undefined) return unknown;
    const made = pieces.map((piece) => windowColumn(piece, context));
    if (made.some((column) => column === undefined)) return { ...input, order: undefined };
    const columns = made.filter((column) => column !== undefined);
    return {
      order: [...input.order, ...columns.map(([id]) => id)],
      columns: new Map([...input.columns, ...columns]),
      rows: input.rows,
    };
  },

  Filter: ({ rest, input, context }) => decided(input, [rest], "FILTER", context),

  Sort: ({ rest, input, context }) => {
    const [list = ""] = bracketed(rest) ?? [];
    return decided(input, splitList(list) ?? [], "SORT", context);
  },

  Deduplicate: ({ rest, input, context }) => {
    const [list = ""] = bracketed(rest) ?? [];
    return decided(input, splitList(list) ?? [], "GROUP_BY", context);
  },

  Join: ({ rest, inputs, input, context }) => {
    const [, kind = "", condition = ""] = /^(\w+(?:\(exists#\d+L?\))?)(?:, (.*))?$/s.exec(rest) ?? [];
    const [left] = inputs;
    if (left === undefined || inputs.length !== 2) return unknown;
    const all = decided(input, condition === "" ? [] : [condition], "JOIN", context);
    if (kind === "LeftSemi" || kind === "LeftAnti") return { ...left, rows: all.rows };
    return /^(?:Inner|Cross|LeftOuter|RightOuter|FullOuter|LeftSingle)$/.test(kind) ? all : unknown;
  },

  LateralJoin: ({ rest, inputs, nested, context }) => {
    const [left] = inputs;
    const [right] = nested;
    if (left === undefined || right === undefined || nested.length !== 1) return unknown;
    const both = beside([left, right]);
    const { subqueries: _, ...plain } = context;
    const [, condition] = /\], \w+, (.*)$/s.exec(rest) ?? [];
    return decided(both, condition === undefined ? [] : [condition], "JOIN", {
      ...plain,
      scope: { ...plain.scope, columns: both.columns },
    });
  },

  Union: ({ inputs }) => combined(inputs, true),
  Intersect: ({ inputs }) => combined(inputs, false),
  Except: ({ inputs }) => combined(inputs, false),

  Generate: ({ rest, input, context }) => {
    const start = rest.lastIndexOf("[");
    const made = start === -1 ? undefined : parseAttributes(rest.slice(start + 1, -1), ", ");
    const [generator] = splitList(rest.slice(0, start)) ?? [];
    if (made === undefined || generator === undefined || input.order === undefined) return unknown;
    const influences = expressionInfluences(generator, context);
    const columns = made.map(({ name, id }) => [id, { name, influences }] as const);
    return {
      order: [...input.order, ...made.map(({ id }) => id)],
      columns: new Map([...input.columns, ...columns]),
      rows: input.rows,
    };
  },

  Expand: ({ rest, input, context }) => {
    const [projections, list] = bracketed(rest) ?? [];
    const made = list === undefined ? undefined : parseAttributes(list, ", ");
    const rows =
      projections === undefined
        ? undefined
        : splitList(projections)?.map((row) => splitList(row.slice(1, -1)));
    if (made === undefined || rows === undefined) return unknown;
    const columns = made.map(({ name, id }, index) => {
      const each = rows.map((row) => {
        const piece = row?.length === made.length ? row[index] : undefined;
        return piece === undefined ? undefined : expressionInfluences(piece, context);
      });
      return [id, { name, influences: unionOfAll(each) }] as const;
    });
    return {
      order: made.map(({ id }) => id),
      columns: new Map([...input.columns, ...columns]),
      rows: input.rows,
    };
  },
};

/** `sum(w#3) windowspecdefinition(grp#2, …) AS total#9L`: the function's columns are its value, the others its window. */
function windowColumn(
  piece: string,
  context: ExpressionContext,
): readonly [id: string, column: ScopedColumn] | undefined {
  const [, expression, name, id] = /^(.*) AS (.*)#(\d+)L?$/s.exec(piece) ?? [];
  if (expression === undefined || name === undefined || id === undefined) return undefined;
  const start = expression.indexOf(" windowspecdefinition(");
  const end = start === -1 ? -1 : closingBracket(expression, expression.indexOf("(", start));
  if (end !== expression.length - 1) return [id, { name, influences: undefined }];
  const call = expression.slice(0, start);
  const value = expressionInfluences(call, { ...context, kindAt: (index) => aggregateKind(call, index) });
  const window = expressionInfluences(expression.slice(start), context);
  const influences =
    value === undefined || window === undefined
      ? undefined
      : union(derived(value, "TRANSFORMATION"), indirect(window, "WINDOW"));
  return [id, { name, influences }];
}

/** Rows that stand in the plan itself. */
function constant(rest: string): PlanColumns {
  const list = bracketed(rest.slice(Math.max(0, rest.indexOf("["))))?.[0];
  const attributes = list === undefined ? undefined : parseAttributes(list, ", ");
  if (attributes === undefined) return unknown;
  const columns = attributes.map(({ name, id }) => [id, { name, influences: none }] as const);
  return { order: attributes.map(({ id }) => id), columns: new Map(columns), rows: none };
}

/** Whether the place lies in a part of the text that is one of the grouping expressions. */
function covers(piece: string, group: string, index: number): boolean {
  for (let at = piece.indexOf(group); at !== -1; at = piece.indexOf(group, at + 1)) {
    if (index >= at && index < at + group.length) return true;
  }
  return false;
}
