import type { Expression } from "../../../../gen/spark/connect/expressions_pb.ts";
import type { Relation } from "../../../../gen/spark/connect/relations_pb.ts";
import { nameParts, quotedName } from "../../../sql-text/names.ts";
import { typeFromProto } from "../../types/type-proto.ts";
import { aggregateColumns } from "./aggregate-columns.ts";
import {
  type Columns,
  closed,
  decidedBy,
  everything,
  isClosed,
  isSame,
  noColumns,
  resolveName,
  withNamed,
  without,
} from "./columns.ts";
import { expressionColumns, expressionOrigin, type Scope } from "./expression-origin.ts";
import { joinColumns, setColumns } from "./join-columns.ts";
import { nothing, type Origin, through, together } from "./origin.ts";
import { readColumns } from "./read-columns.ts";

type Kind = Relation["relType"];
type Case = NonNullable<Kind["case"]>;
type ValueOf<C extends Case> = Extract<Kind, { case: C }>["value"];

/** A relation's scope: its inputs beside each other, and each by itself. */
export interface RelationScope extends Scope {
  readonly inputs: readonly Columns[];
}

type Rules = { readonly [C in Case]?: (value: ValueOf<C>, scope: RelationScope) => Columns };

/** What a relation puts out. Of kinds that only the server understands nothing is known but that. */
export function relationColumns(of: Relation, scope: RelationScope): Columns {
  const { case: name, value } = of.relType;
  if (name === undefined) return noColumns;
  const rule = rules[name] as ((value: unknown, scope: RelationScope) => Columns) | undefined;
  return (
    rule?.(value, scope) ?? { ...noColumns, unknown: [`the columns of ${name}`], rows: scope.input.rows }
  );
}

const pass = (_value: unknown, { input }: RelationScope): Columns => input;

const rules: Rules = {
  ...readColumns,

  hint: pass,
  collectMetrics: pass,
  withWatermark: pass,
  repartition: pass,
  repartitionByExpression: pass,
  limit: pass,
  offset: pass,
  tail: pass,
  sample: pass,
  sampleBy: ({ col }, scope) => decidedBy(scope.input, expressionOrigin(col, scope), "sample"),

  project: ({ expressions }, scope) => {
    const each = expressions.map((one) => expressionColumns(one, scope));
    return {
      named: each.flatMap((one) => one.named),
      open: each.flatMap((one) => one.open),
      unknown: each.flatMap((one) => one.unknown),
      rows: scope.input.rows,
    };
  },
  filter: ({ condition }, scope) => decidedBy(scope.input, expressionOrigin(condition, scope), "filter"),
  withColumns: ({ aliases }, scope) =>
    aliases
      .flatMap(({ name, expr }) => name.map((one) => ({ name: one, expr })))
      .reduce(
        (columns, { name, expr }) =>
          withNamed(columns, { name, qualifier: [], ...expressionOrigin(expr, scope) }),
        scope.input,
      ),
  withColumnsRenamed: ({ renames, renameColumnsMap }, { input }) => {
    const pairs = renames.map(({ colName, newColName }) => [colName, newColName] as const);
    return [...Object.entries(renameColumnsMap), ...pairs].reduce(renamed, input);
  },
  drop: ({ columnNames, columns }, scope) => {
    const left = columnNames.reduce(without, scope.input);
    return columns.reduce((all, column) => dropped(all, column, scope), left);
  },
  toDf: ({ columnNames }, { input }) => ({
    ...noColumns,
    named: columnNames.map((name, i) => {
      const from = isClosed(input) ? (input.named[i] ?? nothing) : everything(input, "toDF by position");
      return { name, qualifier: [], sources: [...from.sources], unknown: [...from.unknown] };
    }),
    rows: input.rows,
  }),
  toSchema: ({ schema }, { input }) => {
    const type = schema === undefined ? undefined : typeFromProto(schema);
    const names = type?.kind === "struct" ? type.names : [];
    return {
      ...noColumns,
      named: names.map((name) => ({ name, qualifier: [], ...resolveName(input, quoted(name)) })),
      rows: input.rows,
    };
  },
  subqueryAlias: ({ alias, qualifier }, { input }) => {
    const names = [...qualifier, alias];
    return {
      ...input,
      named: input.named.map((one) => ({ ...one, qualifier: names })),
      open: input.open.map((one) => ({ ...one, qualifier: names })),
    };
  },
  parse: ({ format, schema }, { input }) => {
    const type = schema === undefined ? undefined : typeFromProto(schema);
    const from = everything(input, ["parse", "from_csv", "from_json", "from_xml"][format] ?? "parse");
    return type?.kind === "struct"
      ? {
          ...noColumns,
          named: type.names.map((name) => ({ name, qualifier: [], ...from })),
          rows: input.rows,
        }
      : { ...noColumns, unknown: ["the columns that are found in parsed text"], rows: input.rows };
  },

  withRelations: (_value, { inputs }) => inputs[0] ?? noColumns,
  ...joinColumns,
  setOp: setColumns,
  ...aggregateColumns,

  deduplicate: ({ columnNames }, { input }) =>
    decidedBy(
      input,
      columnNames.length === 0
        ? everything(input, "distinct")
        : together(columnNames.map((name) => resolveName(input, quoted(name)))),
      "distinct",
    ),
  sort: ({ order }, scope) =>
    decidedBy(scope.input, together(order.map(({ child }) => expressionOrigin(child, scope))), "sort"),

  fillNa: ({ cols }, { input }) => changed(input, cols, "fillna"),
  replace: ({ cols }, { input }) => changed(input, cols, "replace"),
  dropNa: ({ cols }, { input }) =>
    decidedBy(
      input,
      cols.length === 0
        ? everything(input, "dropna")
        : together(cols.map((name) => resolveName(input, quoted(name)))),
      "dropna",
    ),
};

/** A name that may have dots, as one part. */
function quoted(name: string): string {
  return nameParts(name).length > 1 ? quotedName([name]) : name;
}

function renamed(columns: Columns, [from, to]: readonly [string, string]): Columns {
  if (columns.named.some((one) => isSame(one.name, from))) {
    const named = columns.named.map((one) => (isSame(one.name, from) ? { ...one, name: to } : one));
    return { ...columns, named };
  }
  // Only the server knows whether there is such a column; where there is none, nothing is renamed.
  if (columns.open.length === 0) return columns;
  const open = columns.open.map((one) => closed(closed(one, from), to));
  const column = {
    name: to,
    qualifier: columns.open[0]?.qualifier ?? [],
    ...resolveName(columns, quoted(from)),
  };
  return { ...columns, named: [...columns.named, column], open };
}

function dropped(columns: Columns, column: Expression, scope: Scope): Columns {
  const kind = column.exprType;
  if (kind.case !== "unresolvedAttribute") return columns;
  const name = nameParts(kind.value.unparsedIdentifier).at(-1) ?? "";
  const named = columns.named.filter((one) => isSame(one.name, name));
  if (named.length < 2 && columns.open.length < 2) return without(columns, name);
  // Of several with that name, the one that the expression means.
  const key = ({ sources }: Origin) => JSON.stringify(sources);
  const meant = key(expressionOrigin(column, scope));
  const isMeant = (source: string) => meant.includes(JSON.stringify(source));
  return {
    ...columns,
    named: columns.named.filter((one) => !isSame(one.name, name) || key(one) !== meant),
    open: columns.open.map((one) => (one.sources.some(isMeant) ? closed(one, name) : one)),
  };
}

function changed(columns: Columns, names: readonly string[], operation: string): Columns {
  if (names.length > 0) {
    return names.reduce(
      (all, name) =>
        withNamed(all, { name, qualifier: [], ...through(resolveName(columns, quoted(name)), operation) }),
      columns,
    );
  }
  return {
    ...columns,
    named: columns.named.map((one) => ({ ...one, ...through(one, operation) })),
    open: columns.open.map((one) => ({ ...one, operations: [...one.operations, operation] })),
  };
}
