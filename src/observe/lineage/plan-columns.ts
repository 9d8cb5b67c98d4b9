import { type IndirectKind, type Influences, indirect, none, union } from "./influence.ts";
import {
  type ExpressionContext,
  expressionInfluences,
  type ScopedColumn,
  subqueryRanges,
} from "./plan-expression.ts";
import { splitList } from "./split-list.ts";

/** What a node of a plan puts out. */
export interface PlanColumns {
  /** The ids in their order; `undefined` when the order is not known. */
  readonly order: readonly string[] | undefined;
  readonly columns: ReadonlyMap<string, ScopedColumn>;
  /** What decides which rows there are, and in which order. */
  readonly rows: Influences;
}

/** Of a node that is not understood. */
export const unknown: PlanColumns = { order: undefined, columns: new Map(), rows: none };

/** The columns that a list of expressions names and defines; those that it passes on keep what they are. */
export function defined(
  list: string,
  input: PlanColumns,
  context: ExpressionContext,
  kindAt?: (piece: string) => NonNullable<ExpressionContext["kindAt"]>,
): PlanColumns {
  const pieces = splitList(list);
  if (pieces === undefined) return { ...input, order: undefined };
  const left = [...(context.subqueries ?? [])];
  const parsed = pieces.map((piece) => {
    const [, plain] = /#(\d+)L?(?:-T\d+ms)?$/s.exec(piece) ?? [];
    // Of a column that nothing is known of only a simple name can be told from an expression.
    const isColumn = plain !== undefined && (input.columns.has(plain) || /^[^()]*$/.test(piece));
    if (isColumn && (input.columns.has(plain) || !piece.includes(" AS "))) return { id: plain };
    const [, expression, name, id] = /^(.*) AS (.*)#(\d+)L?(?:-T\d+ms)?$/s.exec(piece) ?? [];
    if (expression === undefined || name === undefined || id === undefined) return undefined;
    const subqueries = left.splice(0, subqueryRanges(expression).length);
    const at = kindAt?.(expression);
    const influences = expressionInfluences(expression, {
      ...context,
      subqueries,
      ...(at !== undefined && { kindAt: at }),
    });
    return { id, column: { name, influences } };
  });
  // One item that is not understood may be the rest of another one, which was split at a comma in a literal.
  const misread = parsed.some((item) => item === undefined) || left.length > 0;
  const columns = new Map(input.columns);
  for (const item of parsed) {
    if (item?.column !== undefined)
      columns.set(item.id, misread ? { ...item.column, influences: undefined } : item.column);
  }
  const order = misread ? undefined : parsed.flatMap((item) => (item === undefined ? [] : [item.id]));
  return { order, columns, rows: input.rows };
}

/** The same columns, of rows that the expressions decide about. */
export function decided(
  columns: PlanColumns,
  expressions: readonly string[],
  kind: IndirectKind,
  context: ExpressionContext,
): PlanColumns {
  const left = [...(context.subqueries ?? [])];
  const found = expressions.flatMap((text) => {
    const subqueries = left.splice(0, subqueryRanges(text).length);
    return expressionInfluences(text, { ...context, subqueries }) ?? [];
  });
  return { ...columns, rows: union(columns.rows, ...found.map((set) => indirect(set, kind))) };
}

export function beside(inputs: readonly PlanColumns[]): PlanColumns {
  const orders = inputs.map(({ order }) => order);
  return {
    order: orders.every((order) => order !== undefined) ? orders.flat() : undefined,
    columns: new Map(inputs.flatMap(({ columns }) => [...columns])),
    rows: union(...inputs.map(({ rows }) => rows)),
  };
}

/** Rows of several inputs below each other, column by column; they are named as in the first. */
export function combined(inputs: readonly PlanColumns[], values: boolean): PlanColumns {
  const [first, ...others] = inputs;
  const order = first?.order;
  if (first === undefined || order === undefined) return unknown;
  const columnAt = ({ order: ids, columns }: PlanColumns, index: number) =>
    ids?.length === order.length ? columns.get(ids[index] as string)?.influences : undefined;
  const columns = order.map((id, index) => {
    const each = inputs.map((input) => columnAt(input, index));
    return [
      id,
      { name: first.columns.get(id)?.name ?? "", influences: values ? unionOfAll(each) : each[0] },
    ] as const;
  });
  const compared = values
    ? []
    : others.flatMap(({ columns: all, order: ids }) =>
        (ids ?? []).map((id) => all.get(id)?.influences ?? none),
      );
  return {
    order,
    columns: new Map(columns),
    rows: union(...inputs.map(({ rows }) => rows), ...compared.map((set) => indirect(set, "FILTER"))),
  };
}

export function unionOfAll(sets: readonly (Influences | undefined)[]): Influences | undefined {
  return sets.some((set) => set === undefined)
    ? undefined
    : union(...sets.filter((set) => set !== undefined));
}
