import { SparkwrightError } from "../core/error.ts";
import type { ArrowField } from "./arrow-type.ts";
import type { ColumnBuilder } from "./encoding/column-builder.ts";
import { makeBuilder } from "./encoding/make-builder.ts";
import type { EncodePosition } from "./encoding/value-place.ts";
import { endOfStream } from "./ipc/message-writer.ts";
import { BodyWriter } from "./ipc/record-batch-writer.ts";
import { schemaMessage } from "./ipc/schema-writer.ts";

export interface EncodeLimits {
  readonly maxRows: number;
  /** Bytes of data; a batch ends with the row that reaches them, so it may be larger by one row. */
  readonly maxBytes: number;
}

/**
 * Writes rows (the values of each in the order of the fields) as Arrow IPC streams, each of one record batch.
 * Without rows there is one stream without rows, so that the schema always arrives.
 *
 * Takes what {@link decodeBatch} gives, and: whole numbers for LONG, text and bigint for DECIMAL, Date for
 * TIMESTAMP and (midnight UTC) DATE, ISO text and Temporal objects for all of time, plain objects and arrays for
 * STRUCT, plain objects for maps with string keys. Undefined is null.
 *
 * Thrown when a value cannot be kept exactly, naming column, row and value: `VALUE_WRONG_TYPE`,
 * `VALUE_OUT_OF_RANGE`, `VALUE_INEXACT`, `VALUE_NULL`, `VALUE_INVALID`, `VALUE_ROW_LENGTH`.
 */
export function* encodeBatches<T = readonly unknown[]>(
  fields: readonly ArrowField[],
  rows: Iterable<T>,
  limits: EncodeLimits,
  valuesOf: (row: T, index: number) => readonly unknown[] = (row) => row as readonly unknown[],
): Generator<Uint8Array, void, undefined> {
  const schema = schemaMessage(fields);
  const position: EncodePosition = { row: 0, bytes: 0 };
  const builders = fields.map((field) => makeBuilder(field, position));
  let first = 0;
  const finish = (): Uint8Array => {
    const body = new BodyWriter();
    for (const builder of builders) {
      builder.finish(body);
    }
    const stream = body.message(schema, position.row - first, endOfStream);
    for (const builder of builders) {
      builder.clear();
    }
    first = position.row;
    position.bytes = 0;
    return stream;
  };
  for (const row of rows) {
    appendRow(builders, valuesOf(row, position.row), position);
    position.row += 1;
    if (position.row - first >= limits.maxRows || position.bytes >= limits.maxBytes) {
      yield finish();
    }
  }
  if (position.row > first || position.row === 0) {
    yield finish();
  }
}

function appendRow(
  builders: readonly ColumnBuilder[],
  row: readonly unknown[],
  position: EncodePosition,
): void {
  if (row.length !== builders.length) {
    throw new SparkwrightError(
      "VALUE_ROW_LENGTH",
      `row ${position.row} has ${row.length} values for ${builders.length} columns`,
      { hint: "Give one value per column, null where there is none.", details: { row: position.row } },
    );
  }
  for (let column = 0; column < row.length; column++) {
    builders[column]?.append(row[column]);
  }
}
