import { indexOf, OpError } from "./ops.ts";
import type { Cell, Check, Column, Dataset, Table } from "./scenario.ts";
import { compareCells, dayOf, nestedTypes } from "./values.ts";

/** What is at a dataset's place. */
export interface Stored extends Table {
  /** The order of the columns is not promised. */
  readonly orderFree?: boolean | undefined;
}

export interface WriteContext {
  readonly window: readonly [string, string] | undefined;
  readonly zone: string;
  /** Whether this run has appended, merged or created here before. */
  readonly done: boolean;
}

/** What a write must do, by the documents. */
export interface Written {
  readonly outcome: "written" | "already_written" | "ignored" | "skipped";
  readonly stored: Stored | undefined;
  /** The number of rows that it tells; unknown where the documents do not say. */
  readonly rows: number | undefined;
  /** Codes of errors, one of which it must end with; none when it must succeed. */
  readonly refused: readonly string[];
  /** Codes with which it may refuse what it could as well do. */
  readonly may: readonly string[];
}

/** What `docs/datasets.md` says that a write leaves. */
export function modelWrite(
  dataset: Dataset,
  result: Table,
  stored: Stored | undefined,
  context: WriteContext,
): Written {
  const written = firstWrite(dataset, result, stored, context);
  const isOnce = ["append", "merge"].includes(dataset.mode) && dataset.format === "delta";
  if (!context.done || !isOnce) return written;
  // What is there already need not be looked at once more.
  const may = [...written.may, ...written.refused];
  return { outcome: "already_written", stored, rows: undefined, refused: [], may };
}

function firstWrite(
  dataset: Dataset,
  result: Table,
  stored: Stored | undefined,
  context: WriteContext,
): Written {
  const refused: string[] = [];
  const may: string[] = [...mayRefuseShape(dataset, result)];
  const nothing = (outcome: Written["outcome"]): Written => ({ outcome, stored, rows: 0, refused, may });
  const declared = declaredTable(dataset, result, refused);
  if (declared === undefined) return nothing("written");
  refused.push(...mustRefuseShape(dataset, declared));
  if (refused.length > 0) return nothing("written");
  const kept = dataset.mode === "error" || dataset.mode === "ignore";
  if (kept && stored !== undefined) {
    if (dataset.mode === "ignore") return nothing(context.done ? "already_written" : "ignored");
    if (context.done && dataset.format === "delta") return { ...nothing("already_written"), rows: undefined };
    refused.push("DATASET_EXISTS");
    return nothing("written");
  }
  const conformed = conform(dataset, declared, stored, refused, may);
  if (conformed === undefined) return nothing("written");
  const { table, columns, adapt } = conformed;
  refused.push(...failedChecks(dataset, table));
  if (table.rows.length === 0 && dataset.onEmpty === "error") refused.push("DATASET_EMPTY");
  if (dataset.mode === "merge") refused.push(...duplicateKeys(dataset, table));
  if (dataset.mode === "replace_window") refused.push(...outsideWindow(dataset, table, context));
  if (refused.length > 0) return nothing("written");
  if (table.rows.length === 0 && dataset.onEmpty === "skip") return nothing("skipped");
  const old = (stored?.rows ?? []).map(adapt);
  const { rows, count } = combined(dataset, columns, old, table.rows, context);
  const asStored = storedRows(dataset, { columns, rows });
  return {
    outcome: "written",
    stored: { ...asStored, orderFree: conformed.orderFree },
    rows: count,
    refused,
    may,
  };
}

function lower(name: string): string {
  return name.toLowerCase();
}

/** The rows in the declared columns. */
function declaredTable({ schema }: Dataset, result: Table, refused: string[]): Table | undefined {
  if (schema === undefined) return result;
  try {
    const places = schema.map(({ name, type }) => {
      const at = indexOf(result.columns, name);
      if (result.columns[at]?.type !== type) throw new OpError(`type of ${name}`);
      return at;
    });
    if (places.length !== result.columns.length) throw new OpError("more columns");
    return {
      columns: schema.map(({ name, type }) => ({ name, type })),
      rows: result.rows.map((row) => places.map((at) => row[at] ?? null)),
    };
  } catch (error) {
    if (!(error instanceof OpError)) throw error;
    refused.push("DATASET_SCHEMA");
    return undefined;
  }
}

function partitions({ partitionBy = [] }: Dataset): readonly string[] {
  return partitionBy.map(lower);
}

function mustRefuseShape(dataset: Dataset, { columns }: Table): string[] {
  const codes: string[] = [];
  const names = columns.map(({ name }) => lower(name));
  const parts = partitions(dataset);
  if (parts.some((name) => !names.includes(name))) codes.push("DATASET_*");
  if (parts.length > 0 && names.every((name) => parts.includes(name))) codes.push("DATASET_*");
  const nested = columns.filter(({ type }) => nestedTypes(type) !== undefined);
  if (dataset.format === "csv" && nested.length > 0) codes.push("DATASET_FORMAT_TYPE", "DATASET_*");
  if (nested.some(({ name }) => parts.includes(lower(name)))) codes.push("DATASET_*");
  if (dataset.mode === "replace_window") {
    const column = columns.find(({ name }) => lower(name) === lower(dataset.windowColumn ?? ""));
    if (column === undefined) codes.push("DATASET_NO_WINDOW_COLUMN", "DATASET_SCHEMA");
    else if (!["date", "timestamp", "timestamp_ntz"].includes(column.type)) codes.push("DATASET_*");
  }
  if (dataset.mode === "merge" && (dataset.mergeKeys ?? []).some((key) => !names.includes(lower(key)))) {
    codes.push("DATASET_*");
  }
  return codes;
}

/** What Spark or the format may not be able to store as it is. */
function mayRefuseShape(dataset: Dataset, { columns, rows }: Table): string[] {
  const codes: string[] = [];
  const parts = partitions(dataset);
  if (columns.some(({ type }) => type.includes("void"))) codes.push("DATASET_*");
  if (columns.some(({ name }) => /[ ,;{}()\n\t=]/.test(name))) codes.push("DATASET_*");
  for (const [at, { name, type }] of columns.entries()) {
    if (!parts.includes(lower(name))) continue;
    if (["timestamp", "binary", "double", "float"].includes(type)) codes.push("DATASET_*");
    if (rows.some((row) => row[at] === "")) codes.push("DATASET_*");
  }
  return codes;
}

interface Conformed {
  readonly table: Table;
  /** Of what will be there. */
  readonly columns: readonly Column[];
  /** Rows stored before, in those columns. */
  readonly adapt: (row: readonly Cell[]) => readonly Cell[];
  readonly orderFree?: boolean;
}

const same = (row: readonly Cell[]): readonly Cell[] => row;

function conform(
  dataset: Dataset,
  table: Table,
  stored: Stored | undefined,
  refused: string[],
  may: string[],
): Conformed | undefined {
  const whole: Conformed = { table, columns: table.columns, adapt: same };
  if (stored === undefined) return whole;
  const { mode, format, evolution } = dataset;
  if (format !== "delta" && mode === "overwrite" && evolution === undefined) return whole;
  // Their files do not say what is in them; the declared columns do.
  if (format === "json" || format === "csv") return whole;
  const differences: string[] = [];
  const adapted = stored.columns.map((column) => {
    const at = table.columns.findIndex(({ name }) => lower(name) === lower(column.name));
    const given = table.columns[at];
    if (given === undefined) differences.push(`missing ${column.name}`);
    const fit =
      given === undefined ? undefined : fitType(column.type, given.type, evolution === "add", differences);
    if (given !== undefined && given.type !== column.type) may.push("DATASET_SCHEMA");
    return { at, column, fit };
  });
  const added = table.columns.filter(
    ({ name }) => !stored.columns.some((column) => lower(column.name) === lower(name)),
  );
  if (evolution === "any" && mode === "overwrite") {
    const changed = differences.length > 0 || added.length > 0;
    return { ...whole, orderFree: true, ...(!changed && { columns: recased(table, stored) }) };
  }
  if (differences.length > 0 || (added.length > 0 && evolution !== "add")) {
    refused.push("DATASET_SCHEMA");
    return undefined;
  }
  const required = dataset.schema?.filter(({ nullable }) => !nullable).map(({ name }) => lower(name)) ?? [];
  if (mode !== "overwrite" && added.some(({ name }) => required.includes(lower(name)))) {
    refused.push("DATASET_SCHEMA");
    return undefined;
  }
  const columns = [
    ...adapted.map(({ column, fit }) => ({ name: column.name, type: fit?.type ?? column.type })),
    ...added,
  ];
  const rows = table.rows.map((row) => [
    ...adapted.map(({ at, fit }) => fit?.given(row[at] ?? null) ?? null),
    ...added.map(({ name }) => row[indexOf(table.columns, name)] ?? null),
  ]);
  return {
    table: { columns, rows },
    columns,
    adapt: (row) => [
      ...adapted.map(({ fit }, i) => fit?.old(row[i] ?? null) ?? null),
      ...added.map(() => null),
    ],
    ...(format !== "delta" && mode === "overwrite" && { orderFree: true }),
  };
}

/** The names of stored columns stay as they are written there. */
function recased(table: Table, stored: Stored): Column[] {
  return table.columns.map((column) => ({
    ...column,
    name: stored.columns.find(({ name }) => lower(name) === lower(column.name))?.name ?? column.name,
  }));
}

interface Fit {
  readonly type: string;
  readonly given: (cell: Cell) => Cell;
  readonly old: (cell: Cell) => Cell;
}

/** Fields of structs are found by name; with `add`, new ones are put behind. */
function fitType(stored: string, given: string, add: boolean, differences: string[]): Fit | undefined {
  if (stored === given) return { type: stored, given: (cell) => cell, old: (cell) => cell };
  const [fields, others] = [nestedTypes(stored), nestedTypes(given)];
  const structs = stored.startsWith("struct") && given.startsWith("struct");
  if (fields === undefined || others === undefined || !structs) {
    differences.push(`${given} for ${stored}`);
    return undefined;
  }
  const fits = fields.map((field) => {
    const at = others.findIndex(({ name }) => lower(name) === lower(field.name));
    const other = others[at];
    if (other === undefined) differences.push(`no field ${field.name}`);
    return { at, fit: other && fitType(field.type, other.type, add, differences), name: field.name };
  });
  const added = others.filter(({ name }) => !fields.some((field) => lower(field.name) === lower(name)));
  if (added.length > 0 && !add) differences.push("new fields");
  const list = [
    ...fits.map(({ name, fit }) => `${name}:${fit?.type ?? ""}`),
    ...added.map(({ name, type }) => `${name}:${type}`),
  ];
  const items = (cell: Cell): readonly Cell[] | undefined =>
    cell === null || typeof cell === "string" ? undefined : cell;
  return {
    type: `struct<${list.join(",")}>`,
    given: (cell) => {
      const values = items(cell);
      if (values === undefined) return null;
      return [
        ...fits.map(({ at, fit }) => fit?.given(values[at] ?? null) ?? null),
        ...added.map((one) => values[others.indexOf(one)] ?? null),
      ];
    },
    old: (cell) => {
      const values = items(cell);
      if (values === undefined) return null;
      return [...fits.map(({ fit }, i) => fit?.old(values[i] ?? null) ?? null), ...added.map(() => null)];
    },
  };
}

function failedChecks(dataset: Dataset, table: Table): string[] {
  const codes: string[] = [];
  const required = (dataset.schema ?? []).filter(({ nullable }) => !nullable);
  const checks: readonly (Check & { readonly severity: "error" | "warn" })[] = [
    ...(dataset.checks ?? []),
    ...required.map(({ name }) => ({ kind: "not_null" as const, column: name, severity: "error" as const })),
  ];
  for (const check of checks) {
    const at =
      "column" in check ? table.columns.findIndex(({ name }) => lower(name) === lower(check.column)) : 0;
    if (at < 0) codes.push("DATASET_CHECK_INVALID");
    else if (check.severity === "error" && !holds(check, table.rows, at)) codes.push("DATASET_CHECK_FAILED");
  }
  return codes;
}

function holds(check: Check, rows: Table["rows"], at: number): boolean {
  switch (check.kind) {
    case "not_null":
      return rows.every((row) => row[at] !== null);
    case "unique":
      return new Set(rows.map((row) => JSON.stringify(row[at]))).size === rows.length;
    case "row_count":
      return rows.length >= check.min;
    case "accepted_values":
      return rows.every((row) => row[at] === null || check.values.includes(String(row[at])));
  }
}

function keyOf(dataset: Dataset, columns: readonly Column[], row: readonly Cell[]): string {
  return JSON.stringify((dataset.mergeKeys ?? []).map((key) => row[indexOf(columns, key)]));
}

function duplicateKeys(dataset: Dataset, { columns, rows }: Table): string[] {
  const keys = new Set(rows.map((row) => keyOf(dataset, columns, row)));
  return keys.size === rows.length ? [] : ["DATASET_DUPLICATE_KEYS"];
}

function isInside(
  dataset: Dataset,
  columns: readonly Column[],
  row: readonly Cell[],
  { window, zone }: WriteContext,
) {
  const at = indexOf(columns, dataset.windowColumn ?? "");
  const day = dayOf(row[at] ?? null, columns[at]?.type ?? "", zone);
  return day !== undefined && window !== undefined && day >= window[0] && day <= window[1];
}

function outsideWindow(dataset: Dataset, { columns, rows }: Table, context: WriteContext): string[] {
  return rows.every((row) => isInside(dataset, columns, row, context)) ? [] : ["DATASET_OUTSIDE_WINDOW"];
}

function combined(
  dataset: Dataset,
  columns: readonly Column[],
  old: Table["rows"],
  rows: Table["rows"],
  context: WriteContext,
): { readonly rows: Table["rows"]; readonly count: number } {
  switch (dataset.mode) {
    case "append":
      return { rows: [...old, ...rows], count: rows.length };
    case "replace_window":
      return {
        rows: [...old.filter((row) => !isInside(dataset, columns, row, context)), ...rows],
        count: rows.length,
      };
    case "merge":
      return merged(dataset, columns, old, rows);
    default:
      return { rows, count: rows.length };
  }
}

function merged(
  dataset: Dataset,
  columns: readonly Column[],
  old: Table["rows"],
  rows: Table["rows"],
): ReturnType<typeof combined> {
  const given = new Map(rows.map((row) => [keyOf(dataset, columns, row), row]));
  const known = new Set<string>();
  let count = 0;
  const kept = old.flatMap((row) => {
    const key = keyOf(dataset, columns, row);
    const source = given.get(key);
    if (source === undefined) return [row];
    known.add(key);
    if (dataset.deleteIf !== undefined && source[indexOf(columns, dataset.deleteIf)] === "true") return [];
    if (dataset.updateIf !== undefined && !isGreater(columns, dataset.updateIf, source, row)) return [row];
    count += 1;
    return [source];
  });
  const inserted = [...given].filter(([key]) => !known.has(key)).map(([, row]) => row);
  return { rows: [...kept, ...inserted], count: count + inserted.length };
}

function isGreater(
  columns: readonly Column[],
  name: string,
  source: readonly Cell[],
  target: readonly Cell[],
) {
  const at = indexOf(columns, name);
  const [a, b] = [source[at], target[at]];
  return typeof a === "string" && typeof b === "string" && compareCells(a, b, columns[at]?.type ?? "") > 0;
}

/** Folders have one name for NULL and the empty text, and other formats than Delta put their columns last. */
function storedRows(dataset: Dataset, { columns, rows }: Table): Table {
  const parts = partitions(dataset);
  const texts = columns.map(({ name, type }) => type === "string" && parts.includes(lower(name)));
  const plain = rows.map((row) => row.map((cell, i) => (texts[i] === true && cell === "" ? null : cell)));
  if (dataset.format === "delta" || parts.length === 0) return { columns, rows: plain };
  const order = [
    ...columns.keys().filter((i) => !parts.includes(lower(columns[i]?.name ?? ""))),
    ...parts.map((part) => columns.findIndex(({ name }) => lower(name) === part)),
  ];
  return {
    columns: order.map((i) => columns[i] as Column),
    rows: plain.map((row) => order.map((i) => row[i] ?? null)),
  };
}
