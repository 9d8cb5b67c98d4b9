import type { Row } from "../../arrow/row.ts";
import { namedValues } from "../../core/named-values.ts";
import { collectArrow, iterateArrow, streamArrow } from "../arrow-result.ts";
import { type ActionOptions, Execution } from "../execution.ts";
import { type ExecutionInfo, executionInfoOf, rememberExecution } from "../execution-info.ts";
import { functionCall } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import { type RelationKind, relation, rowCount } from "../plan/relation.ts";
import { RowIterator } from "../row-iterator.ts";
import type { RowOf } from "../typed/row-type.ts";
import { DataFrameInspection } from "./inspection.ts";

/** How `show` prints. */
export interface ShowOptions extends ActionOptions {
  /** Cells are cut to so many characters; `true` is 20, `false` is not at all. @default true */
  readonly truncate?: boolean | number;
  /** One line per cell instead of one per row. @default false */
  readonly vertical?: boolean;
}

/** The methods of a DataFrame that run it on the server and bring rows back. */
export abstract class DataFrameActions<R> extends DataFrameInspection<R> implements AsyncIterable<RowOf<R>> {
  /** All rows, in memory. Shapes: LONG is a bigint, DECIMAL a Decimal, NULL is null, a struct is a Row. */
  async collect(options: ActionOptions = {}): Promise<RowOf<R>[]> {
    const execution = Execution.query(this.sparkSession.client, this.toPlan(), options);
    const rows = await execution.collect();
    this.rememberSchema(execution.schema);
    return rows as RowOf<R>[];
  }

  /** The number of rows. */
  async count(options: ActionOptions = {}): Promise<bigint> {
    const count = functionCall("count", [literal(1)]);
    const [row] = await this.#run(
      {
        case: "aggregate",
        value: { input: this.toPlan(), groupType: 1, aggregateExpressions: [count] },
      },
      options,
    );
    return row?.[0] as bigint;
  }

  /** The first row, or `undefined` when there is none. */
  async first(options: ActionOptions = {}): Promise<RowOf<R> | undefined> {
    const [row] = await this.take(1, options);
    return row;
  }

  /** The first row, or the first `n` rows. */
  head(): Promise<RowOf<R> | undefined>;
  head(n: number): Promise<RowOf<R>[]>;
  async head(n?: number): Promise<RowOf<R> | RowOf<R>[] | undefined> {
    return n === undefined ? await this.first() : await this.take(n);
  }

  /** The first `n` rows. */
  async take(n: number, options: ActionOptions = {}): Promise<RowOf<R>[]> {
    const limit = rowCount("take", n);
    const rows = await this.#run({ case: "limit", value: { input: this.toPlan(), limit } }, options);
    return rows as RowOf<R>[];
  }

  /** The last `n` rows. */
  async tail(n: number, options: ActionOptions = {}): Promise<RowOf<R>[]> {
    const limit = rowCount("tail", n);
    const rows = await this.#run({ case: "tail", value: { input: this.toPlan(), limit } }, options);
    return rows as RowOf<R>[];
  }

  /** Whether there is no row. */
  async isEmpty(options: ActionOptions = {}): Promise<boolean> {
    const one = relation({ case: "limit", value: { input: this.toPlan(), limit: 1 } });
    const rows = await this.#run(
      { case: "project", value: { input: one, expressions: [literal(1)] } },
      options,
    );
    return rows.length === 0;
  }

  /**
   * The rows one by one, fetched as they are asked for: at most one batch is in memory. Leaving the loop early
   * stops the query on the server.
   *
   * @example for await (const row of df.toLocalIterator()) console.log(row.id);
   */
  toLocalIterator(options: ActionOptions = {}): RowIterator<RowOf<R>> {
    const execution = Execution.query(this.sparkSession.client, this.toPlan(), options);
    return new RowIterator(execution.batches(), options.signal);
  }

  /**
   * All rows as the bytes of one Arrow IPC stream, which apache-arrow and flechette (`tableFromIPC`), Arquero
   * (`fromArrow`), DuckDB (`insertArrowFromIPCStream`) and polars (`readIPCStream`) read. The batches are those of
   * the server, never decoded on their way; compressed ones are decompressed. `toArrowStream` spares the copy.
   *
   * @example const table = tableFromIPC(await df.toArrow());
   */
  async toArrow(options: ActionOptions = {}): Promise<Uint8Array> {
    return await collectArrow(Execution.query(this.sparkSession.client, this.toPlan(), options));
  }

  /**
   * All rows as one Arrow IPC stream in pieces, fetched as they are asked for and not copied: for a table of
   * apache-arrow, a file, or the body of a response. Leaving the loop early stops the query on the server.
   *
   * @example const table = await tableFromIPC(df.toArrowStream());
   * @example await pipeline(df.toArrowStream(), createWriteStream("flights.arrows"));
   */
  toArrowStream(options: ActionOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
    return streamArrow(Execution.query(this.sparkSession.client, this.toPlan(), options));
  }

  /**
   * The rows as Arrow IPC streams of one batch each, fetched as they are asked for; at least one, which may be
   * without rows. Leaving the loop early stops the query on the server.
   */
  toArrowBatches(options: ActionOptions = {}): AsyncGenerator<Uint8Array, void, undefined> {
    return iterateArrow(Execution.query(this.sparkSession.client, this.toPlan(), options));
  }

  /** `for await (const row of df)`: as `toLocalIterator`. */
  [Symbol.asyncIterator](): RowIterator<RowOf<R>> {
    return this.toLocalIterator();
  }

  /** Prints the first `n` rows as a table to standard output. */
  async show(options?: ShowOptions): Promise<void>;
  async show(n?: number, options?: ShowOptions): Promise<void>;
  async show(n?: number | ShowOptions, options?: ShowOptions): Promise<void> {
    process.stdout.write(`${await this.showString(n as number, options)}\n`);
  }

  /** The first `n` rows as the table that `show` prints. */
  async showString(options?: ShowOptions): Promise<string>;
  async showString(n?: number, options?: ShowOptions): Promise<string>;
  async showString(first: number | ShowOptions = 20, second: ShowOptions = {}): Promise<string> {
    const [n, options] = typeof first === "object" ? [20, first] : [first, second];
    const { truncate = true, vertical = false, ...action } = namedValues("show()", options);
    const width = typeof truncate === "number" ? truncate : truncate ? 20 : 0;
    const [row] = await this.#run(
      {
        case: "showString",
        value: { input: this.toPlan(), numRows: rowCount("show", n), truncate: width, vertical },
      },
      action,
    );
    return String(row?.[0]);
  }

  /** What the last action or write of this DataFrame counted; `undefined` before the first has completed. */
  get executionInfo(): ExecutionInfo | undefined {
    return executionInfoOf(this.toPlan());
  }

  async #run(kind: RelationKind, options: ActionOptions): Promise<Row[]> {
    const execution = Execution.query(this.sparkSession.client, relation(kind), options);
    const rows = await execution.collect();
    rememberExecution(this.toPlan(), execution.metrics, execution.observed);
    return rows;
  }
}
