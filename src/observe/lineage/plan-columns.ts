import { aggregateKind } from "./aggregate-functions.ts";
import {
  derived,
  type IndirectKind,
  type Influences,
  indirect,
  influencesOf,
  none,
  union,
} from "./influence.ts";
import {
  type ExpressionContext,
  expressionInfluences,
  type Scope,
  type ScopedColumn,
  type Subquery,
  subqueryRanges,
} from "./plan-expression.ts";
import { type PlanRelation, parseAttributes, parseRelation } from "./plan-relation.ts";
import type { PlanNode } from "./plan-tree.ts";
import { bracketed, closingBracket, splitList } from "./split-list.ts";

/** What a node of a plan puts out. */
export interface PlanColumns {
  /** The ids in their order; `undefined` when the order is not known. */
  readonly order: readonly string[] | undefined;
  readonly columns: ReadonlyMap<string, ScopedColumn>;
  /** What decides which rows there are, and in which order. */
  readonly rows: Influences;
}

export interface FollowedPlan extends PlanColumns {
  readonly relations: readonly PlanRelation[];
}

/** Follows every column of an analyzed plan down to the relations that it is read from. */
export function followPlan(plan: PlanNode): FollowedPlan {
  const walk = new Walk();
  return { ...walk.visit(plan, undefined), relations: walk.relations };
}

const unknown: PlanColumns = { order: undefined, columns: new Map(), rows: none };

/** A node with what lies below it. */
interface Visited {
  readonly text: string;
  /** What stands behind its name. */
  readonly rest: string;
  readonly inputs: readonly PlanColumns[];
  /** All its inputs beside each other. */
  readonly input: PlanColumns;
  readonly context: ExpressionContext;
  readonly nested: readonly PlanColumns[];
}

class Walk {
  readonly relations: PlanRelation[] = [];
  readonly #definitions = new Map<string, PlanColumns>();

  visit(node: PlanNode, outer: Scope | undefined): PlanColumns {
    const inputs = node.children.map((child) => this.visit(child, outer));
    const input = beside(inputs);
    const scope: Scope = { columns: input.columns, outer };
    const nested = node.subqueries.map((plan) => this.visit(plan, scope));
    const name = /^\w+/.exec(node.text)?.[0] ?? "";
    const rest = node.text.slice(name.length).trimStart();
    const context = { scope, subqueries: nested.map(asSubquery) };
    const visited: Visited = { text: node.text, rest, inputs, input, context, nested };
    switch (name) {
      case "Relation":
      case "RelationV2":
      case "StreamingRelation":
      case "StreamingRelationV2":
        return this.#relation(node.text);
      case "CTERelationDef":
        this.#definitions.set(/^\d+/.exec(rest)?.[0] ?? "", input);
        return input;
      case "CTERelationRef":
        return this.#reference(rest);
      case "WithCTE":
        return inputs.at(-1) ?? unknown;
      default:
        return (nodes[name] ?? (() => unknown))(visited);
    }
  }

  #relation(text: string): PlanColumns {
    const relation = parseRelation(text, String(this.relations.length));
    if (relation === undefined) return unknown;
    this.relations.push(relation);
    const { key, attributes } = relation;
    const columns = attributes.map(({ name: field, id }) => {
      const own = influencesOf([{ relation: key, field, kind: "IDENTITY", masking: false }]);
      return [id, { name: field, influences: own }] as const;
    });
    return { order: attributes.map(({ id }) => id), columns: new Map(columns), rows: none };
  }

  /** What a common table expression was defined as, under ids of its own. */
  #reference(rest: string): PlanColumns {
    const definition = this.#definitions.get(/^\d+/.exec(rest)?.[0] ?? "");
    const [list] = bracketed(rest.slice(Math.max(0, rest.indexOf("[")))) ?? [];
    const attributes = list === undefined ? undefined : parseAttributes(list, ", ");
    return definition === undefined || attributes === undefined ? unknown : renamed(definition, attributes);
  }
}

const pass = ({ input }: Visited): PlanColumns => input;

const nodes: Readonly<Record<string, (node: Visited) => PlanColumns>> = {
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

/** The columns that a list of expressions names and defines; those that it passes on keep what they are. */
function defined(
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

/** The same columns, of rows that the expressions decide about. */
function decided(
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

function beside(inputs: readonly PlanColumns[]): PlanColumns {
  const orders = inputs.map(({ order }) => order);
  return {
    order: orders.every((order) => order !== undefined) ? orders.flat() : undefined,
    columns: new Map(inputs.flatMap(({ columns }) => [...columns])),
    rows: union(...inputs.map(({ rows }) => rows)),
  };
}

/** Rows of several inputs below each other, column by column; they are named as in the first. */
function combined(inputs: readonly PlanColumns[], values: boolean): PlanColumns {
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

function renamed(
  definition: PlanColumns,
  attributes: readonly { readonly name: string; readonly id: string }[],
): PlanColumns {
  const { order, columns } = definition;
  const made = attributes.map(({ name, id }, index) => {
    const from = order?.length === attributes.length ? columns.get(order[index] as string) : undefined;
    return [id, { name, influences: from?.influences }] as const;
  });
  return { order: attributes.map(({ id }) => id), columns: new Map(made), rows: definition.rows };
}

/** Rows that stand in the plan itself. */
function constant(rest: string): PlanColumns {
  const list = bracketed(rest.slice(Math.max(0, rest.indexOf("["))))?.[0];
  const attributes = list === undefined ? undefined : parseAttributes(list, ", ");
  if (attributes === undefined) return unknown;
  const columns = attributes.map(({ name, id }) => [id, { name, influences: none }] as const);
  return { order: attributes.map(({ id }) => id), columns: new Map(columns), rows: none };
}

function asSubquery({ order, columns, rows }: PlanColumns): Subquery {
  const [first] = order ?? [];
  return {
    value: first === undefined ? undefined : columns.get(first)?.influences,
    rows: indirect(rows, "FILTER"),
  };
}

/** Whether the place lies in a part of the text that is one of the grouping expressions. */
function covers(piece: string, group: string, index: number): boolean {
  for (let at = piece.indexOf(group); at !== -1; at = piece.indexOf(group, at + 1)) {
    if (index >= at && index < at + group.length) return true;
  }
  return false;
}

function unionOfAll(sets: readonly (Influences | undefined)[]): Influences | undefined {
  return sets.some((set) => set === undefined)
    ? undefined
    : union(...sets.filter((set) => set !== undefined));
}
