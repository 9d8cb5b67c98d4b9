import type { ExecutePlanResponse_ArrowBatch } from "../../gen/spark/connect/base_pb.ts";
import { ProtocolError } from "./errors.ts";

/** One whole Arrow IPC stream of a result. */
export interface ArrowBatchData {
  readonly data: Uint8Array;
  /** As announced; whoever decodes `data` must find exactly as many rows. */
  readonly rowCount: number;
  /** Rows of the result before this batch. */
  readonly startOffset: number;
}

/**
 * Puts the chunks of Arrow batches together and checks that none is missing, doubled or out of order.
 * Call `push` with every arrow batch of a stream, and `finish` at its end.
 */
export class ArrowChunks {
  #chunks: Uint8Array[] = [];
  #expectedChunks = 0n;
  #batchRows = 0n;
  #rows = 0n;

  /** The batch that this chunk completes, if it does. Thrown when it does not follow: `CONNECT_RESULT_CORRUPTED`. */
  push(chunk: ExecutePlanResponse_ArrowBatch): ArrowBatchData | undefined {
    const { rowCount, startOffset, data } = chunk;
    const index = chunk.chunkIndex ?? 0n;
    const count = chunk.numChunksInBatch ?? 1n;
    if (startOffset !== undefined && startOffset !== this.#rows) {
      throw corrupted(`a batch begins at row ${startOffset}, but ${this.#rows} rows came before it`);
    }
    if (index !== BigInt(this.#chunks.length)) {
      throw corrupted(`chunk ${index} of a batch came where chunk ${this.#chunks.length} belongs`);
    }
    if (count < 1n) throw corrupted(`a batch has ${count} chunks`);
    if (rowCount < 0n) throw corrupted(`a batch has ${rowCount} rows`);
    if (index === 0n) {
      this.#expectedChunks = count;
      this.#batchRows = rowCount;
    } else if (count !== this.#expectedChunks || rowCount !== this.#batchRows) {
      throw corrupted(`chunk ${index} does not agree with those before it on the size of its batch`);
    }
    this.#chunks.push(data);
    if (BigInt(this.#chunks.length) < count) return undefined;
    const batch = { data: joined(this.#chunks), rowCount: Number(rowCount), startOffset: Number(this.#rows) };
    this.#rows += rowCount;
    this.#chunks = [];
    return batch;
  }

  /** Thrown when the last batch is incomplete: `CONNECT_RESULT_CORRUPTED`. */
  finish(): void {
    if (this.#chunks.length === 0) return;
    throw corrupted(`it ended after ${this.#chunks.length} of the ${this.#expectedChunks} chunks of a batch`);
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}

function corrupted(problem: string): ProtocolError {
  return new ProtocolError(
    "CONNECT_RESULT_CORRUPTED",
    `The result from the server is not usable: ${problem}.`,
    {
      hint: "Run the query again; if it happens again, report it with the versions of client and server.",
    },
  );
}
