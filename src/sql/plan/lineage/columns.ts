import { nameParts } from "../../../sql-text/names.ts";
import { type ColumnUse, nothing, type Origin, through, together, unknownOrigin } from "./origin.ts";

/** A column that the plan names. */
export interface NamedColumn extends Origin {
  readonly name: string;
  /** By which names of relations it can be called, such as `a` in `a.id`. */
  readonly qualifier: readonly string[];
}

/** All columns of something whose schema only the server knows, but for some. */
export interface OpenColumns {
  /** What they are read from; of several, as after a union by name, a column comes from each. */
  readonly sources: readonly string[];
  /** In lower case. */
  readonly except: ReadonlySet<string>;
  readonly qualifier: readonly string[];
  readonly operations: readonly string[];
}

/** What a relation puts out. */
export interface Columns {
  readonly named: readonly NamedColumn[];
  readonly open: readonly OpenColumns[];
  /** Why there may be columns that are neither named nor open. */
  readonly unknown: readonly string[];
  /** What decides which rows there are, and in which order. */
  readonly rows: Origin;
}

export const noColumns: Columns = { named: [], open: [], unknown: [], rows: nothing };

/** Spark's default: names differ by more than their case. */
export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function isClosed({ open, unknown }: Columns): boolean {
  return open.length === 0 && unknown.length === 0;
}

/** What the column of a name is made of. */
export function resolveName(columns: Columns, name: string): Origin {
  const parts = nameParts(name);
  for (let at = parts.length - 1; at >= 0; at--) {
    const found = find(columns, parts.slice(0, at), parts[at] as string);
    if (found !== undefined) return at === parts.length - 1 ? found : through(found, "getField");
  }
  const reasons = columns.unknown.length > 0 ? columns.unknown : [`nothing in the plan is called ${name}`];
  return { sources: [], unknown: reasons };
}

function find(columns: Columns, qualifier: readonly string[], name: string): Origin | undefined {
  const named = columns.named.filter((one) => isSame(one.name, name) && isCalled(one.qualifier, qualifier));
  if (named.length > 0) return together(named);
  const open = columns.open.filter(
    (one) => !one.except.has(name.toLowerCase()) && isCalled(one.qualifier, qualifier),
  );
  const [first] = open;
  if (first === undefined) return undefined;
  if (open.length === 1 && columns.unknown.length === 0) return ofOpen(first, name);
  const sources = open.flatMap((one) => one.sources);
  return unknownOrigin(`${name} is a column of one of ${[...sources, ...columns.unknown].join(", ")}`);
}

/** A column of that name among the open ones. */
export function ofOpen({ sources, operations }: OpenColumns, column: string): Origin {
  return { sources: sources.map((source): ColumnUse => ({ source, column, operations })), unknown: [] };
}

/** Whether `a.b` may stand for a relation that is called `catalog.a.b`. */
export function isCalled(own: readonly string[], wanted: readonly string[]): boolean {
  const end = own.slice(own.length - wanted.length);
  return wanted.length <= own.length && wanted.every((part, i) => isSame(part, end[i] as string));
}

/** All there is in the columns, after an operation. */
export function everything(columns: Columns, operation: string): Origin {
  const open = columns.open.map(({ sources }) => unknownOrigin(`all columns of ${sources.join(" and ")}`));
  return through(together([...columns.named, ...open, { sources: [], unknown: columns.unknown }]), operation);
}

/** Without the columns of a name. */
export function without(columns: Columns, name: string): Columns {
  return {
    ...columns,
    named: columns.named.filter((one) => !isSame(one.name, name)),
    open: columns.open.map((one) => closed(one, name)),
  };
}

/** The open columns without that of a name. */
export function closed(open: OpenColumns, name: string): OpenColumns {
  return { ...open, except: new Set([...open.except, name.toLowerCase()]) };
}

/** With a column of that name, in the place of an earlier one. */
export function withNamed(columns: Columns, column: NamedColumn): Columns {
  const isThere = columns.named.some((one) => isSame(one.name, column.name));
  return {
    ...columns,
    named: isThere
      ? columns.named.map((one) => (isSame(one.name, column.name) ? column : one))
      : [...columns.named, column],
    open: columns.open.map((one) => closed(one, column.name)),
  };
}

/** The same columns, of rows that more decides about. */
export function decidedBy(columns: Columns, origin: Origin, operation: string): Columns {
  return { ...columns, rows: together([columns.rows, through(origin, operation)]) };
}
