import { SparkwrightError } from "../core/error.ts";
import type { ArrowSource, SourceBatch } from "./arrow-source.ts";
import type { ArrowField } from "./arrow-type.ts";
import { type ColumnData, ColumnDataSource, childFields } from "./column-data.ts";
import { readColumn } from "./column-reader.ts";
import { type ForeignField, foreignField } from "./foreign-type.ts";
import { sliceBits } from "./slice-column.ts";

/** A table of apache-arrow (it has `batches`) or of flechette (its columns have them). */
export type ArrowTableLike =
  | { readonly schema: SchemaLike; readonly batches: readonly object[] }
  | { readonly schema: SchemaLike; readonly children: readonly object[] };

interface SchemaLike {
  readonly fields: readonly object[];
}

/** Data of apache-arrow, a Batch of flechette. Where names differ, theirs come in this order. */
interface ForeignData {
  readonly length: number;
  readonly nullCount: number;
  /** Rows before the first in the bitmaps, which apache-arrow does not slice. */
  readonly offset?: number;
  readonly nullBitmap?: Uint8Array | null;
  readonly validity?: Uint8Array | null;
  readonly valueOffsets?: ArrayBufferView | null;
  readonly offsets?: ArrayBufferView | null;
  readonly values?: ArrayBufferView | null;
  readonly variadicBuffers?: readonly Uint8Array[];
  readonly data?: readonly Uint8Array[];
  readonly children?: readonly ForeignData[] | null;
  readonly dictionary?: { readonly data: readonly ForeignData[] } | null;
}

interface ForeignColumn {
  readonly data: readonly ForeignData[];
}

/** Whether the value is a table of apache-arrow or flechette, by its form: neither library is needed here. */
export function isArrowTable(value: unknown): value is ArrowTableLike {
  if (typeof value !== "object" || value === null) return false;
  const fields: unknown = Reflect.get(Object(Reflect.get(value, "schema")), "fields");
  if (!Array.isArray(fields)) return false;
  const parts: unknown = Reflect.get(value, "batches") ?? Reflect.get(value, "children");
  return (
    Array.isArray(parts) && parts.every((part) => typeof part === "object" && part !== null && "data" in part)
  );
}

/** The buffers of a table, as they are. Thrown when a column is of a type that Spark has nothing for: `ARROW_UNSUPPORTED`. */
export function tableSource(table: ArrowTableLike): ArrowSource {
  const fields = (table.schema.fields as readonly ForeignField[]).map(foreignField);
  const batches = "batches" in table ? apacheBatches(table.batches) : flechetteBatches(table.children);
  return {
    fields,
    *batches() {
      for (const { numRows, columns } of batches) yield batchOf(fields, numRows, columns);
    },
  };
}

interface ForeignBatch {
  readonly numRows: number;
  readonly columns: readonly ForeignData[];
}

function apacheBatches(batches: readonly object[]): ForeignBatch[] {
  return (batches as readonly { readonly data: ForeignData }[]).map(({ data }) => ({
    numRows: data.length,
    columns: data.children ?? [],
  }));
}

function flechetteBatches(columns: readonly object[]): ForeignBatch[] {
  const all = columns as readonly ForeignColumn[];
  const lengths = all[0]?.data.map((batch) => batch.length) ?? [];
  const alike = all.every(
    ({ data }) => data.length === lengths.length && data.every((batch, i) => batch.length === lengths[i]),
  );
  if (!alike) {
    throw new SparkwrightError("USAGE_ARROW_TABLE", "the columns of the table do not have the same batches", {
      hint: "Pass its bytes, tableToIPC(table), or columns that were made alike.",
    });
  }
  return lengths.map((numRows, i) => ({ numRows, columns: all.map(({ data }) => data[i] as ForeignData) }));
}

function batchOf(
  fields: readonly ArrowField[],
  numRows: number,
  columns: readonly ForeignData[],
): SourceBatch {
  const dictionaries = new Map<bigint, readonly unknown[]>();
  return {
    numRows,
    columns: fields.map((field, i) => columnOf(field, columns[i] as ForeignData, dictionaries)),
    dictionaries,
  };
}

function columnOf(
  field: ArrowField,
  data: ForeignData,
  dictionaries: Map<bigint, readonly unknown[]>,
): ColumnData {
  const { length, nullCount, offset = 0 } = data;
  const { type, dictionary } = field;
  if (dictionary !== undefined) addDictionary(field, data, dictionaries);
  else if (type.kind === "null") return { length, nullCount: length, buffers: [], children: [] };
  const validity =
    nullCount === 0 ? none : sliceBits(data.nullBitmap ?? data.validity ?? none, offset, length);
  const offsets = data.valueOffsets ?? data.offsets;
  const values = bytesOf(data.values);
  const children =
    dictionary === undefined
      ? childFields(type).map((child, i) =>
          columnOf(child, (data.children ?? [])[i] as ForeignData, dictionaries),
        )
      : [];
  const isView = dictionary === undefined && (type.kind === "utf8View" || type.kind === "binaryView");
  const variadic = isView ? (data.variadicBuffers ?? data.data ?? []).map(bytesOf) : [];
  const isBoolean = dictionary === undefined && type.kind === "boolean";
  return {
    length,
    nullCount,
    buffers: [
      validity,
      ...(dictionary === undefined && offsets ? [bytesOf(offsets)] : []),
      ...(children.length > 0 ? [] : [isBoolean ? sliceBits(values, offset, length) : values]),
      ...variadic,
    ],
    ...(isView && { variadicCount: variadic.length }),
    children,
  };
}

function addDictionary(
  field: ArrowField,
  data: ForeignData,
  dictionaries: Map<bigint, readonly unknown[]>,
): void {
  const { dictionary, ...plain } = field;
  if (dictionary === undefined || dictionaries.has(dictionary.id)) return;
  const values = (data.dictionary?.data ?? []).flatMap((part) =>
    readColumn(plain, new ColumnDataSource(columnOf(plain, part, dictionaries)), dictionaries),
  );
  dictionaries.set(dictionary.id, values);
}

const none: Uint8Array = new Uint8Array(0);

function bytesOf(view: ArrayBufferView | null | undefined): Uint8Array {
  return view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : none;
}
