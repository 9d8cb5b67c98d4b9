import type { ArrowField, ArrowType } from "./arrow-type.ts";
import type { BufferSource } from "./ipc/body-reader.ts";
import { malformed } from "./ipc/message-reader.ts";
import type { BodyWriter } from "./ipc/record-batch-writer.ts";

/**
 * One column of a batch as it lies in memory: the buffers that the Arrow format lists for its type, validity first
 * (empty where nothing is null), and its children. A map has one child, its entries; a dictionary column only indexes.
 */
export interface ColumnData {
  readonly length: number;
  readonly nullCount: number;
  readonly buffers: readonly Uint8Array[];
  /** How many of the buffers a view type has beyond its own two. */
  readonly variadicCount?: number;
  readonly children: readonly ColumnData[];
}

const binary: ArrowField = { name: "", type: { kind: "binary" }, nullable: false };

/** The columns that lie below a column of this type. */
export function childFields(type: ArrowType): readonly ArrowField[] {
  switch (type.kind) {
    case "list":
    case "largeList":
    case "fixedSizeList":
      return [type.element];
    case "map":
      return [{ name: "entries", type: { kind: "struct", fields: [type.key, type.value] }, nullable: false }];
    case "struct":
      return type.fields;
    case "variant":
      return [binary, binary];
    default:
      return [];
  }
}

/** How many buffers a column has, its children and views apart. */
function bufferCount({ type, dictionary }: ArrowField): number {
  if (dictionary !== undefined) return 2;
  switch (type.kind) {
    case "null":
      return 0;
    case "struct":
    case "variant":
    case "fixedSizeList":
      return 1;
    case "utf8":
    case "largeUtf8":
    case "binary":
    case "largeBinary":
      return 3;
    default:
      return 2;
  }
}

/** Takes the next column of a batch, children included, without reading its values. */
export function takeColumn(field: ArrowField, body: BufferSource): ColumnData {
  const { length, nullCount } = body.node();
  const own = bufferCount(field);
  const isView = field.type.kind === "utf8View" || field.type.kind === "binaryView";
  const variadicCount = isView && field.dictionary === undefined ? body.variadicCount() : 0;
  const buffers = Array.from({ length: own + variadicCount }, () => body.bytes());
  const children = field.dictionary === undefined ? childFields(field.type) : [];
  return {
    length,
    nullCount,
    buffers,
    ...(isView && { variadicCount }),
    children: children.map((child) => takeColumn(child, body)),
  };
}

/** Writes a column into a batch, children included. */
export function writeColumn(column: ColumnData, body: BodyWriter): void {
  body.node(column.length, column.nullCount);
  for (const buffer of column.buffers) body.buffer(buffer);
  for (const child of column.children) writeColumn(child, body);
}

/** Hands out the parts of a column in the order in which a batch has them. */
export class ColumnDataSource implements BufferSource {
  readonly #columns: ColumnData[] = [];
  readonly #buffers: Uint8Array[] = [];
  readonly #variadic: number[] = [];
  #nextNode = 0;
  #nextBuffer = 0;
  #nextVariadic = 0;

  constructor(column: ColumnData) {
    this.#add(column);
  }

  node(): { readonly length: number; readonly nullCount: number } {
    const column = this.#columns[this.#nextNode++];
    if (column === undefined) throw malformed("a column lacks a child");
    return column;
  }

  bytes(): Uint8Array {
    const bytes = this.#buffers[this.#nextBuffer++];
    if (bytes === undefined) throw malformed("a column lacks a buffer");
    return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  }

  variadicCount(): number {
    return this.#variadic[this.#nextVariadic++] ?? 0;
  }

  #add(column: ColumnData): void {
    this.#columns.push(column);
    this.#buffers.push(...column.buffers);
    if (column.variadicCount !== undefined) this.#variadic.push(column.variadicCount);
    for (const child of column.children) this.#add(child);
  }
}
