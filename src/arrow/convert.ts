import type { ArrowSource, SourceBatch } from "./arrow-source.ts";
import type { ArrowField, ArrowType } from "./arrow-type.ts";
import { type ColumnData, ColumnDataSource, childFields, writeColumn } from "./column-data.ts";
import { readColumn } from "./column-reader.ts";
import type { EncodeLimits } from "./encode.ts";
import { makeBuilder } from "./encoding/make-builder.ts";
import { type EncodePosition, ValuePlace } from "./encoding/value-place.ts";
import { malformed } from "./ipc/message-reader.ts";
import { endOfStream } from "./ipc/message-writer.ts";
import { BodyWriter } from "./ipc/record-batch-writer.ts";
import { schemaMessage } from "./ipc/schema-writer.ts";
import { sliceColumn } from "./slice-column.ts";

/**
 * Writes Arrow data as IPC streams of one record batch each, with the types of `target`. A column that has the
 * type already goes as it is, in slices; every other one is read and written value by value, which is exact or
 * throws what `encodeBatches` throws. Without rows there is one stream without rows.
 */
export function* convertBatches(
  source: ArrowSource,
  target: readonly ArrowField[],
  limits: EncodeLimits,
): Generator<Uint8Array, void, undefined> {
  const schema = schemaMessage(target);
  const position: EncodePosition = { row: 0, bytes: 0 };
  let batches = 0;
  for (const batch of source.batches()) {
    const columns = source.fields.map((field, i) =>
      columnWriter(field, target[i] as ArrowField, batch, i, position),
    );
    let from = 0;
    do {
      const to = Math.min(batch.numRows, from + rowsPerSlice(batch, limits));
      const body = new BodyWriter();
      for (const write of columns) write(body, from, to);
      yield body.message(schema, to - from, endOfStream);
      batches++;
      from = to;
    } while (from < batch.numRows);
    position.row += batch.numRows;
  }
  if (batches > 0) return;
  const body = new BodyWriter();
  for (const field of target) makeBuilder(field, position).finish(body);
  yield body.message(schema, 0, endOfStream);
}

function rowsPerSlice(batch: SourceBatch, limits: EncodeLimits): number {
  const bytes = batch.columns.reduce((sum, column) => sum + byteLength(column), 0);
  const perRow = bytes / Math.max(1, batch.numRows);
  return Math.max(1, Math.min(limits.maxRows, Math.floor(limits.maxBytes / Math.max(1, perRow))));
}

function byteLength(column: ColumnData): number {
  return (
    column.buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0) +
    column.children.reduce((sum, child) => sum + byteLength(child), 0)
  );
}

type WriteSlice = (body: BodyWriter, from: number, to: number) => void;

function columnWriter(
  field: ArrowField,
  target: ArrowField,
  batch: SourceBatch,
  index: number,
  position: EncodePosition,
): WriteSlice {
  const column = batch.columns[index];
  if (column === undefined || column.length !== batch.numRows)
    throw malformed("its columns differ in length");
  if (isSameColumn(field, target)) {
    checkNulls(target, column, position, target.name);
    return (body, from, to) => writeColumn(sliceColumn(target.type, column, from, to), body);
  }
  const values = readColumn(field, new ColumnDataSource(column), batch.dictionaries);
  const first = position.row;
  return (body, from, to) => {
    const place: EncodePosition = { row: first + from, bytes: 0 };
    const builder = makeBuilder(target, place);
    for (let row = from; row < to; row++) {
      place.row = first + row;
      builder.append(values[row]);
    }
    builder.finish(body);
  };
}

/** Whether the bytes of one are those of the other. Names play no part, nor does the zone in which an instant is shown. */
function isSameColumn(field: ArrowField, target: ArrowField): boolean {
  return field.dictionary === undefined && isSameType(field.type, target.type);
}

function isSameType(from: ArrowType, to: ArrowType): boolean {
  if (from.kind !== to.kind) return false;
  const inner = childFields(to);
  const own = (type: ArrowType): string =>
    JSON.stringify({
      ...type,
      ...("timezone" in type && { timezone: type.timezone !== undefined }),
      fields: 0,
      element: 0,
      key: 0,
      value: 0,
      keysSorted: 0,
    });
  const children = childFields(from);
  return (
    own(from) === own(to) &&
    children.length === inner.length &&
    children.every((child, i) => isSameColumn(child, inner[i] as ArrowField))
  );
}

/** Data that say they have no nulls where they have some would be read as zeros. */
function checkNulls(field: ArrowField, column: ColumnData, position: EncodePosition, path: string): void {
  if (!field.nullable && column.nullCount > 0 && field.type.kind !== "null") {
    throw new ValuePlace(field.type, path, position).notNullable();
  }
  // Below a null everything is null, whatever its field says.
  if (column.nullCount > 0) return;
  childFields(field.type).forEach((child, i) => {
    checkNulls(child, column.children[i] as ColumnData, position, `${path}.${child.name}`);
  });
}
