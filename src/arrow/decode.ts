import type { ArrowField } from "./arrow-type.ts";
import { readColumn } from "./column-reader.ts";
import { readDictionary } from "./dictionary-reader.ts";
import { BodyReader } from "./ipc/body-reader.ts";
import { type IpcMessage, malformed, orMalformed, readMessages } from "./ipc/message-reader.ts";
import { readSchema } from "./ipc/schema-reader.ts";
import { renameFields } from "./rename-fields.ts";
import { type Row, type RowFactory, rowFactory } from "./row.ts";

/** The rows of one Arrow IPC stream; they are made when asked for, anew at every call. */
export interface DecodedBatch {
  readonly fields: readonly ArrowField[];
  readonly numRows: number;
  rows(): Row[];
}

/**
 * Reads one Arrow IPC stream: any number of record batches, dictionaries, lz4 or zstd compression, any alignment.
 * Thrown when the bytes are not Arrow (`ARROW_INVALID`) or of a type that Spark never sends
 * (`ARROW_UNSUPPORTED`), by `rows()` also for text that is not UTF-8 (`VALUE_INVALID_UTF8`).
 *
 * `names` gives the fields their true names, by position: where the fields of a nested struct share a name,
 * Spark sends `a_0`, `a_1` (ArrowUtils.deduplicateFieldNames). Pass the same array for every batch of a result.
 */
export function decodeBatch(ipc: Uint8Array, names?: readonly ArrowField[]): DecodedBatch {
  return orMalformed(() => {
    // A plain Uint8Array: the `slice` of a Buffer would not copy.
    const [first, ...messages] = readMessages(new Uint8Array(ipc.buffer, ipc.byteOffset, ipc.byteLength));
    if (first?.kind !== "schema") {
      throw malformed("it does not begin with a schema");
    }
    const { fields, makeRows } = schemaOf(first, names);
    let numRows = 0;
    for (const message of messages) {
      numRows += message.kind === "recordBatch" ? Number(message.header.int64(0)) : 0;
    }
    return { fields, numRows, rows: () => orMalformed(() => readRows(fields, makeRows, messages)) };
  });
}

interface KnownSchema {
  readonly bytes: Uint8Array;
  readonly names: readonly ArrowField[] | undefined;
  readonly fields: readonly ArrowField[];
  readonly makeRows: RowFactory;
}

// Every batch of a result is a stream of its own and repeats the schema: parse it, and shape rows for it, once.
const maxKnownSchemas = 16;
const knownSchemas: KnownSchema[] = [];

function schemaOf(message: IpcMessage, names: readonly ArrowField[] | undefined): KnownSchema {
  const known = knownSchemas.find(
    (schema) => schema.names === names && Buffer.compare(schema.bytes, message.headerBytes) === 0,
  );
  if (known !== undefined) {
    return known;
  }
  const sent = readSchema(message.header);
  const fields = names === undefined ? sent : renameFields(sent, names);
  const schema: KnownSchema = {
    bytes: message.headerBytes.slice(),
    names,
    fields,
    makeRows: rowFactory(fields.map((field) => field.name)),
  };
  knownSchemas.unshift(schema);
  knownSchemas.length = Math.min(knownSchemas.length, maxKnownSchemas);
  return schema;
}

function readRows(
  fields: readonly ArrowField[],
  makeRows: RowFactory,
  messages: readonly IpcMessage[],
): Row[] {
  const dictionaries = new Map<bigint, readonly unknown[]>();
  const batches: Row[][] = [];
  for (const { kind, header, body } of messages) {
    if (kind === "dictionaryBatch") {
      readDictionary(fields, header, body, dictionaries);
    } else if (kind === "recordBatch") {
      const reader = new BodyReader(header, body);
      const columns = fields.map((field) => readColumn(field, reader, dictionaries));
      if (columns.some((column) => column.length !== reader.numRows)) {
        throw malformed("its columns differ in length");
      }
      batches.push(makeRows(columns, reader.numRows));
    }
  }
  return batches.length === 1 ? (batches[0] ?? []) : batches.flat();
}
