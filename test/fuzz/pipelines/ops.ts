import type { Cell, Column, Op, Table } from "./scenario.ts";
import { compareCells, dayOf, midnight, orderedTypes } from "./values.ts";

/** The code of a node cannot run on what it reads: its own fault, whatever Spark calls it. */
export class OpError extends Error {}

export interface OpContext {
  readonly window: readonly [string, string] | undefined;
  /** Of the session in which the code runs. */
  readonly zone: string;
}

/** What the operations mean, over rows. */
export function applyOps(ops: readonly Op[], inputs: readonly Table[], context: OpContext): Table {
  return (
    ops.reduce<Table | undefined>((table, op) => applyOp(op, table, inputs, context), undefined) ?? none()
  );
}

function none(): never {
  throw new OpError("no operation");
}

function applyOp(op: Op, given: Table | undefined, inputs: readonly Table[], context: OpContext): Table {
  const [first, second] = inputs;
  const table = given ?? first;
  if (op.kind === "constant") return op.table;
  if (table === undefined) throw new OpError("no input");
  const at = (name: string): number => indexOf(table.columns, name);
  switch (op.kind) {
    case "pass":
    case "view":
      return table;
    case "union":
      return second === undefined ? none() : unionOf(table, second, op.columns);
    case "join":
      return second === undefined ? none() : joinOf(table, second, op);
    case "not_null": {
      const column = at(op.column);
      return { ...table, rows: table.rows.filter((row) => row[column] !== null) };
    }
    case "equals": {
      const column = at(op.column);
      return { ...table, rows: table.rows.filter((row) => row[column] !== null && row[column] === op.value) };
    }
    case "add":
      return added(table, op.column, op.value);
    case "select":
      return selected(table, op.columns);
    case "count": {
      const key = at(op.by);
      const groups = Map.groupBy(table.rows, (row) => JSON.stringify(row[key]));
      return {
        columns: [
          { name: op.by, type: table.columns[key]?.type ?? "" },
          { name: "n", type: "bigint" },
        ],
        rows: [...groups.values()].map((rows) => [rows[0]?.[key] ?? null, String(rows.length)]),
      };
    }
    case "max": {
      const [key, of] = [at(op.by), at(op.of)];
      const type = table.columns[of]?.type ?? "";
      if (!orderedTypes.has(type)) throw new OpError(`no order of ${type}`);
      const groups = Map.groupBy(table.rows, (row) => JSON.stringify(row[key]));
      return {
        columns: [
          { name: op.by, type: table.columns[key]?.type ?? "" },
          { name: "top", type },
        ],
        rows: [...groups.values()].map((rows) => [
          rows[0]?.[key] ?? null,
          rows
            .map((row) => row[of] as string | null)
            .reduce((a, b) => (a === null || (b !== null && compareCells(b, a, type) > 0) ? b : a), null),
        ]),
      };
    }
    case "distinct": {
      if (table.columns.some(({ type }) => /double|float/.test(type)))
        throw new OpError("no order of doubles");
      return { ...table, rows: [...new Map(table.rows.map((row) => [JSON.stringify(row), row])).values()] };
    }
    case "window": {
      const column = at(op.column);
      const [start, end] = context.window ?? none();
      const type = table.columns[column]?.type ?? "";
      if (type !== "date") throw new OpError("no day");
      return {
        ...table,
        rows: table.rows.filter((row) => {
          const day = dayOf(row[column] ?? null, type, context.zone);
          return day !== undefined && day >= start && day <= end;
        }),
      };
    }
    case "midnight":
      return added(table, { name: op.name, type: "timestamp" }, midnight(context.zone));
    case "function":
      return added(table, { name: op.name, type: "int" }, op.value);
  }
}

export function indexOf(columns: readonly Column[], name: string): number {
  const found = columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found < 0) throw new OpError(`no column ${name}`);
  return found;
}

function added(table: Table, column: Column, value: Cell): Table {
  if (table.columns.some(({ name }) => name.toLowerCase() === column.name.toLowerCase())) {
    throw new OpError(`two columns ${column.name}`);
  }
  return { columns: [...table.columns, column], rows: table.rows.map((row) => [...row, value]) };
}

function selected(table: Table, columns: readonly { readonly from: string; readonly to: string }[]): Table {
  const picked = columns.map(({ from, to }) => ({ at: indexOf(table.columns, from), to }));
  return {
    columns: picked.map(({ at, to }) => ({ name: to, type: table.columns[at]?.type ?? "" })),
    rows: table.rows.map((row) => picked.map(({ at }) => row[at] ?? null)),
  };
}

function same(name: string): { readonly from: string; readonly to: string } {
  return { from: name, to: name };
}

function unionOf(table: Table, other: Table, columns: readonly string[]): Table {
  const [one, two] = [selected(table, columns.map(same)), selected(other, columns.map(same))];
  if (one.columns.some(({ type }, i) => two.columns[i]?.type !== type)) throw new OpError("other types");
  return { columns: one.columns, rows: [...one.rows, ...two.rows] };
}

function joinOf(table: Table, other: Table, { key, how, left, right }: Extract<Op, { kind: "join" }>): Table {
  const one = selected(table, [key, ...left].map(same));
  const two = selected(other, [same(key), ...right.map((name) => ({ from: name, to: `r_${name}` }))]);
  if (one.columns[0]?.type !== two.columns[0]?.type) throw new OpError("other type of the key");
  const rows = one.rows.flatMap((row) => {
    const found = two.rows.filter((match) => row[0] !== null && match[0] === row[0]);
    if (found.length === 0) return how === "left" ? [[...row, ...right.map(() => null)]] : [];
    return found.map((match) => [...row, ...match.slice(1)]);
  });
  return { columns: [...one.columns, ...two.columns.slice(1)], rows };
}
