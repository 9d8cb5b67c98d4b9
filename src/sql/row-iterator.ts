import type { DecodedBatch } from "../arrow/decode.ts";
import type { Row } from "../arrow/row.ts";
import { cancelledBy } from "../connect/rpc-caller.ts";

/**
 * The rows of batches one by one. The next batch is asked for when the last row of this one was taken, so at
 * most one is in memory; leaving the loop early stops the operation on the server.
 */
export class RowIterator<out R = Row> implements AsyncIterableIterator<R, undefined, undefined> {
  readonly #batches: AsyncGenerator<DecodedBatch, void, undefined>;
  readonly #signal: AbortSignal | undefined;
  #rows: readonly R[] = [];
  #next = 0;
  #pulling: Promise<IteratorResult<R, undefined>> | undefined;

  /** @param signal which ends the iteration also amid the rows of a batch */
  constructor(batches: AsyncGenerator<DecodedBatch, void, undefined>, signal?: AbortSignal) {
    this.#batches = batches;
    this.#signal = signal;
  }

  /** Itself: rows are taken once. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** The next row. Calls that do not wait for each other are answered in order. */
  next(): Promise<IteratorResult<R, undefined>> {
    if (this.#pulling !== undefined) return this.#pulling.then(() => this.next());
    if (this.#signal?.aborted) return this.#cancel(this.#signal);
    const row = this.#rows[this.#next];
    if (row !== undefined) {
      this.#next++;
      return Promise.resolve({ value: row, done: false });
    }
    this.#pulling = this.#pull().finally(() => {
      this.#pulling = undefined;
    });
    return this.#pulling;
  }

  /** Ends the iteration, and the query on the server. */
  async return(): Promise<IteratorResult<R, undefined>> {
    this.#rows = [];
    await this.#batches.return();
    return { value: undefined, done: true };
  }

  /** The same as `return`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  async #cancel(signal: AbortSignal): Promise<never> {
    this.#rows = [];
    // Fails as soon as the server has stopped, if it was still at work.
    await this.#batches.next();
    await this.return();
    throw cancelledBy(signal);
  }

  async #pull(): Promise<IteratorResult<R, undefined>> {
    for (;;) {
      this.#rows = [];
      const { value: batch, done } = await this.#batches.next();
      if (done === true) return { value: undefined, done: true };
      this.#rows = batch.rows() as readonly unknown[] as readonly R[];
      this.#next = 1;
      const [first] = this.#rows;
      if (first !== undefined) return { value: first, done: false };
    }
  }
}
