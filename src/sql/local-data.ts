import { type EncodeLimits, encodeBatches } from "../arrow/encode.ts";
import { Row, rowFields, rowValues } from "../arrow/row.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { orderedEntries } from "./plan/ordered-entries.ts";
import { type DataType, NullType, StringType, StructField, StructType } from "./types/data-type.ts";
import { inferType, mergeTypes } from "./types/infer-type.ts";
import { scalarTypeOf } from "./types/scalar-type.ts";
import { arrowFields } from "./types/type-arrow.ts";

/** A row given to `createDataFrame`: an object by column name, values in order, or a single value. */
export type RowLike = Row | readonly unknown[] | Readonly<Record<string, unknown>> | unknown;

export interface RowChunkOptions {
  /** Whether other single values than texts go into STRING columns, as their text. @default false */
  readonly asText?: boolean;
}

/** The rows as Arrow streams of one batch each; none for no rows. Thrown when a value does not fit its column. */
export function* rowChunks(
  rows: Iterable<RowLike>,
  schema: StructType,
  limits: EncodeLimits,
  { asText = false }: RowChunkOptions = {},
): Generator<Uint8Array, void, undefined> {
  let isEmpty = true;
  const { names, fields } = schema;
  const valuesOf = (row: RowLike, index: number): readonly unknown[] => {
    isEmpty = false;
    const values: readonly unknown[] = Array.isArray(row) ? row : valuesInOrder(row, index, names);
    return asText
      ? values.map((value, i) => (fields[i]?.dataType.kind === "string" ? textOf(value) : value))
      : values;
  };
  for (const chunk of encodeBatches(arrowFields(schema), rows, limits, valuesOf)) {
    if (!isEmpty) yield chunk;
  }
}

/** The text of a single value as Spark casts it; anything else as it is. */
function textOf(value: unknown): unknown {
  if (typeof value === "object" && value !== null) {
    const type = value instanceof Row ? undefined : scalarTypeOf(value);
    return type === undefined || type.kind === "binary" || value instanceof Date ? value : String(value);
  }
  return value === undefined || value === null ? value : String(value);
}

const orderHint =
  'Pass the names too, which then give the order: createDataFrame(rows, ["10", "9"]), or a schema.';

/** The schema of rows, from all of them: names by first appearance, each type the one that holds every value. */
export function inferSchema(
  rows: readonly RowLike[],
  names?: readonly string[],
  merge: typeof mergeTypes = mergeTypes,
): StructType {
  if (rows.length === 0) {
    throw new SparkwrightError("USAGE_EMPTY_DATA", "no schema can be inferred from no rows", {
      hint: 'Give a schema, such as "id BIGINT, name STRING".',
    });
  }
  let fields: StructField[] = [];
  let positions = new Map<string, number>();
  let known: readonly string[] | undefined;
  rows.forEach((row, index) => {
    const columns = columnsOf(row, index);
    if (names === undefined && columns.object !== undefined)
      orderedEntries(`row ${index}`, columns.object, orderHint);
    const rowNames = columns.names ?? Array.from(columns.values, (_, i) => names?.[i] ?? `_${i + 1}`);
    if (names !== undefined && columns.values.length > names.length) {
      throw wrongWidth(index, columns.values.length, names.length);
    }
    const byPosition = columns.names === undefined || columns.duplicates === true;
    if (known === undefined && byPosition) {
      fields = rowNames.map((name) => new StructField(name, NullType));
      known = rowNames;
    }
    if (byPosition && known !== undefined && columns.values.length !== fields.length) {
      throw wrongWidth(index, columns.values.length, fields.length);
    }
    columns.values.forEach((value, i) => {
      const name = rowNames[i] as string;
      let at = byPosition ? i : positions.get(name);
      if (at === undefined) {
        at = fields.length;
        fields.push(new StructField(name, NullType));
        positions.set(name, at);
      }
      const field = fields[at] as StructField;
      const path = `row ${index}, column ${name}`;
      const merged = merge(field.dataType, inferType(value, path), path);
      if (merged !== field.dataType) fields[at] = new StructField(field.name, merged);
    });
  });
  if (names !== undefined && columnsOf(rows[0], 0).names !== undefined) {
    fields = names.map((name) => fields[positions.get(name) ?? -1] ?? new StructField(name, NullType));
  }
  positions = new Map();
  return new StructType(fields);
}

/** As `mergeTypes`, but single values without a common type have their texts in common. */
export function mergeAsText(a: DataType, b: DataType, path: string): DataType {
  try {
    return mergeTypes(a, b, path);
  } catch (error) {
    if ([a, b].some(({ kind }) => ["array", "map", "struct", "binary"].includes(kind))) throw error;
    return new StringType();
  }
}

/** The values of a row in the order of the schema's columns. */
function valuesInOrder(row: RowLike, index: number, names: readonly string[]): readonly unknown[] {
  const { names: rowNames, values } = columnsOf(row, index);
  return rowNames === undefined || sameNames(rowNames, names)
    ? values
    : byName(rowNames, values, names, index);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

function byName(
  rowNames: readonly string[],
  values: readonly unknown[],
  names: readonly string[],
  index: number,
): readonly unknown[] {
  const byColumn = new Map(rowNames.map((name, i) => [name, values[i]]));
  for (const name of rowNames) {
    if (names.includes(name)) continue;
    const meant = suggest(name, names);
    throw new SparkwrightError("USAGE_UNKNOWN_COLUMN", `row ${index}: the schema has no column "${name}"`, {
      hint: meant === undefined ? "Add it to the schema, or leave it out." : `Did you mean "${meant}"?`,
    });
  }
  return names.map((name) => byColumn.get(name) ?? null);
}

interface RowColumns {
  /** Absent for values that are in order and have no names. */
  readonly names: readonly string[] | undefined;
  readonly values: readonly unknown[];
  readonly duplicates?: boolean;
  /** The plain object that the row is. */
  readonly object?: Readonly<Record<string, unknown>>;
}

function columnsOf(row: RowLike, index: number): RowColumns {
  if (Array.isArray(row)) return { names: undefined, values: row };
  if (row instanceof Row) {
    const names = rowFields(row);
    return { names, values: rowValues(row), duplicates: new Set(names).size < names.length };
  }
  if (typeof row === "object" && row !== null) {
    const prototype: unknown = Object.getPrototypeOf(row);
    if (prototype === Object.prototype || prototype === null) {
      return { names: Object.keys(row), values: Object.values(row), object: row as Record<string, unknown> };
    }
  }
  if (row === undefined) {
    throw new SparkwrightError("USAGE_ROW", `row ${index} is undefined`, {
      hint: "Leave it out, or pass null values.",
    });
  }
  return { names: undefined, values: [row] };
}

function wrongWidth(index: number, found: number, expected: number): SparkwrightError {
  return new SparkwrightError("USAGE_ROW", `row ${index} has ${found} values for ${expected} columns`, {
    hint: "Give every row one value per column; null for what is missing.",
  });
}
