import { encodeBatches } from "../arrow/encode.ts";
import { endOfStream } from "../arrow/ipc/message-writer.ts";
import { concatenated, StreamJoiner } from "../arrow/join-streams.ts";
import { SparkwrightError } from "../core/error.ts";
import type { Execution } from "./execution.ts";
import { arrowFields } from "./types/type-arrow.ts";

/** The whole result as one Arrow IPC stream. */
export async function collectArrow(execution: Execution): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of streamArrow(execution)) pieces.push(piece);
  return concatenated(pieces);
}

/** The result as one Arrow IPC stream, in pieces: the schema, each batch uncompressed, the end. */
export async function* streamArrow(execution: Execution): AsyncGenerator<Uint8Array, void, undefined> {
  const joiner = new StreamJoiner();
  let any = false;
  for await (const stream of execution.arrowBatches()) {
    any = true;
    yield* joiner.pieces(stream);
  }
  if (!any) yield* joiner.pieces(emptyStream(execution));
  yield endOfStream;
}

/** The result as Arrow IPC streams of one batch each, none of them compressed; at least one, so that there is a schema. */
export async function* iterateArrow(execution: Execution): AsyncGenerator<Uint8Array, void, undefined> {
  let any = false;
  for await (const stream of execution.arrowBatches()) {
    any = true;
    yield concatenated([...new StreamJoiner().pieces(stream), endOfStream]);
  }
  if (!any) yield emptyStream(execution);
}

function emptyStream({ schema }: Execution): Uint8Array {
  if (schema === undefined) {
    throw new SparkwrightError("SPARK_RESULT_CORRUPT", "the result has neither batches nor a schema", {
      hint: "Run the query again; if it happens twice, report it with the version of the server.",
    });
  }
  const [stream = new Uint8Array(0)] = encodeBatches(arrowFields(schema), [], {
    maxRows: 1,
    maxBytes: Number.POSITIVE_INFINITY,
  });
  return stream;
}
