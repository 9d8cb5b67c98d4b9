import { ByteBuffer } from "flatbuffers";
import type { ArrowField } from "./arrow-type.ts";
import { type ColumnData, takeColumn } from "./column-data.ts";
import type { Dictionaries } from "./column-reader.ts";
import { readDictionary } from "./dictionary-reader.ts";
import { BodyReader } from "./ipc/body-reader.ts";
import { type IpcMessage, malformed, orMalformed, readMessages } from "./ipc/message-reader.ts";
import { readSchema } from "./ipc/schema-reader.ts";
import { FlatTable } from "./ipc/table.ts";

/** Arrow data from elsewhere: its columns, and its batches one after another. */
export interface ArrowSource {
  readonly fields: readonly ArrowField[];
  batches(): Iterable<SourceBatch>;
}

export interface SourceBatch {
  readonly numRows: number;
  readonly columns: readonly ColumnData[];
  readonly dictionaries: Dictionaries;
}

const fileMagic: Uint8Array = new TextEncoder().encode("ARROW1");

/** An IPC stream, or a file (`.arrow`, Feather V2), with any number of batches. Thrown when it is neither: `ARROW_INVALID`. */
export function ipcSource(bytes: Uint8Array): ArrowSource {
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFile = fileMagic.every((byte, index) => plain[index] === byte);
  return orMalformed(() => (isFile ? fileSource(plain) : streamSource(plain)));
}

function streamSource(plain: Uint8Array): ArrowSource {
  const [schema, ...messages] = readMessages(plain);
  if (schema?.kind !== "schema") throw malformed("it does not begin with a schema");
  return messageSource(readSchema(schema.header), messages);
}

/**
 * A file is the messages of a stream between the magic word (padded to 8 bytes) and a footer, whose length stands
 * before the end. The schema may be in the footer only (Footer of File.fbs: 0 version, 1 schema).
 */
function fileSource(bytes: Uint8Array): ArrowSource {
  const end = bytes.length - fileMagic.length - 4;
  if (end < 8 || !fileMagic.every((byte, index) => bytes[end + 4 + index] === byte)) {
    throw malformed("the file is cut off: it does not end as it begins");
  }
  const footerLength = new DataView(bytes.buffer, bytes.byteOffset + end).getInt32(0, true);
  const start = end - footerLength;
  if (footerLength <= 0 || start < 8) throw malformed("the footer of the file is damaged");
  const footer = new ByteBuffer(bytes.subarray(start, end));
  const schema = new FlatTable(footer, footer.readInt32(0)).table(1);
  if (schema === undefined) throw malformed("the file has no schema");
  return messageSource(readSchema(schema), [...readMessages(bytes.subarray(8, start))]);
}

function messageSource(fields: readonly ArrowField[], messages: readonly IpcMessage[]): ArrowSource {
  return {
    fields,
    *batches() {
      const dictionaries = new Map<bigint, readonly unknown[]>();
      for (const { kind, header, body } of messages) {
        if (kind === "dictionaryBatch") readDictionary(fields, header, body, dictionaries);
        if (kind !== "recordBatch") continue;
        const reader = orMalformed(() => new BodyReader(header, body));
        const columns = fields.map((field) => takeColumn(field, reader));
        yield { numRows: reader.numRows, columns, dictionaries: new Map(dictionaries) };
      }
    },
  };
}
