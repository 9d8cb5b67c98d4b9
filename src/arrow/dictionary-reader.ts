import type { ArrowField } from "./arrow-type.ts";
import { childFields } from "./column-data.ts";
import { readColumn } from "./column-reader.ts";
import { BodyReader } from "./ipc/body-reader.ts";
import { type IpcMessage, malformed } from "./ipc/message-reader.ts";

/** DictionaryBatch of Message.fbs: 0 id, 1 data, 2 isDelta. */
export function readDictionary(
  fields: readonly ArrowField[],
  header: IpcMessage["header"],
  body: Uint8Array,
  dictionaries: Map<bigint, readonly unknown[]>,
): void {
  const id = header.int64(0);
  const data = header.table(1);
  const field = findDictionary(fields, id);
  if (data === undefined || field === undefined) {
    throw malformed(`no field uses dictionary ${id}`);
  }
  const { dictionary: _, ...plain } = field;
  const values = readColumn(plain, new BodyReader(data, body), dictionaries);
  const before = header.int8(2, 0) === 0 ? [] : (dictionaries.get(id) ?? []);
  dictionaries.set(id, [...before, ...values]);
}

function findDictionary(fields: readonly ArrowField[], id: bigint): ArrowField | undefined {
  for (const field of fields) {
    const found = field.dictionary?.id === id ? field : findDictionary(childFields(field.type), id);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
