import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  StreamingQueryCommandResult,
  StreamingQueryCommandSchema,
} from "../../../gen/spark/connect/commands_pb.ts";
import type { ConnectClient } from "../../connect/connect-client.ts";
import type { ActionOptions } from "../execution.ts";
import { awaitInSlices } from "./await-in-slices.ts";
import { parseProgress } from "./parse-progress.ts";
import { noAnswer, streamingCommand } from "./streaming-command.ts";
import { exceptionOf, type StreamingQueryError } from "./streaming-query-error.ts";
import type { StreamingQueryProgress } from "./streaming-query-progress.ts";

type QueryCommand = NonNullable<MessageInitShape<typeof StreamingQueryCommandSchema>["command"]>;
type QueryResult = StreamingQueryCommandResult["resultType"];
type QueryResultCase = NonNullable<QueryResult["case"]>;
type QueryResultValue<C extends QueryResultCase> = Extract<QueryResult, { case: C }>["value"];

/** What a query is doing. @see org.apache.spark.sql.streaming.StreamingQueryStatus */
export interface StreamingQueryStatus {
  /** For people, such as `Waiting for data to arrive`. */
  readonly message: string;
  /** Whether the sources have data that was not processed yet. */
  readonly isDataAvailable: boolean;
  /** Whether a batch is under way; always false with the trigger `continuous`. */
  readonly isTriggerActive: boolean;
}

/**
 * A query that runs on the server until it is stopped, fails, or has no more to do. It ends with its session, also
 * when that is lost; its checkpoint stays, from which the next one goes on.
 *
 * @example
 * const query = await df.writeStream.option("checkpointLocation", "/checkpoints/clicks").toTable("bronze.clicks");
 * await query.awaitTermination();
 * @see org.apache.spark.sql.streaming.StreamingQuery
 */
export class StreamingQuery {
  readonly #client: ConnectClient;
  readonly #query: { readonly id: string; readonly runId: string; readonly name?: string };

  constructor(client: ConnectClient, query: { readonly id: string; readonly runId: string; name?: string }) {
    this.#client = client;
    this.#query = query;
  }

  /** The id of the query, which its checkpoint keeps across restarts; a UUID. */
  get id(): string {
    return this.#query.id;
  }

  /** The id of this start of the query; a UUID. */
  get runId(): string {
    return this.#query.runId;
  }

  /** What `queryName` said; `undefined` when nothing. */
  get name(): string | undefined {
    return this.#query.name === "" ? undefined : this.#query.name;
  }

  /** Whether the query runs. */
  async isActive(options: ActionOptions = {}): Promise<boolean> {
    return (await this.#ask({ case: "status", value: true }, "status", options)).isActive;
  }

  /** What the query is doing right now. */
  async status(options: ActionOptions = {}): Promise<StreamingQueryStatus> {
    const status = await this.#ask({ case: "status", value: true }, "status", options);
    const { isDataAvailable, isTriggerActive } = status;
    return { message: status.statusMessage, isDataAvailable, isTriggerActive };
  }

  /** The latest progress; `undefined` before the first batch has ended. */
  async lastProgress(options: ActionOptions = {}): Promise<StreamingQueryProgress | undefined> {
    const { recentProgressJson } = await this.#ask(
      { case: "lastProgress", value: true },
      "recentProgress",
      options,
    );
    const json = recentProgressJson.at(-1);
    return json === undefined ? undefined : parseProgress(json);
  }

  /** The progress of the last batches, oldest first: 100 unless `spark.sql.streaming.numRecentProgressUpdates` says. */
  async recentProgress(options: ActionOptions = {}): Promise<readonly StreamingQueryProgress[]> {
    const { recentProgressJson } = await this.#ask(
      { case: "recentProgress", value: true },
      "recentProgress",
      options,
    );
    return recentProgressJson.map(parseProgress);
  }

  /**
   * Waits until the query has ended; aborting the signal ends the wait at once, not the query.
   *
   * Thrown when the query failed: {@link StreamingQueryError}.
   * @param timeoutMs milliseconds to wait at most (PySpark: seconds); without it, for as long as the query runs
   * @returns whether the query has ended
   */
  async awaitTermination(timeoutMs?: number, options: ActionOptions = {}): Promise<boolean> {
    return await awaitInSlices("awaitTermination", timeoutMs, async (sliceMs) => {
      const command = { case: "awaitTermination", value: { timeoutMs: sliceMs } } as const;
      return (await this.#ask(command, "awaitTermination", options)).terminated;
    });
  }

  /**
   * Waits until all the data that the sources have now is processed and written; meant for tests. Never ends where
   * data keeps coming faster. Thrown when the query fails: {@link StreamingQueryError}.
   */
  async processAllAvailable(options: ActionOptions = {}): Promise<void> {
    await this.#send({ case: "processAllAvailable", value: true }, options);
  }

  /** Stops the query, and returns when it has stopped. Nothing happens when it has ended already. */
  async stop(options: ActionOptions = {}): Promise<void> {
    await this.#send({ case: "stop", value: true }, options);
  }

  /** Prints the plan of the last batch to standard output; with `extended`, the logical plans too. */
  async explain(extended = false): Promise<void> {
    process.stdout.write(`${await this.explainString(extended)}\n`);
  }

  /** The plan as `explain` prints it. */
  async explainString(extended = false, options: ActionOptions = {}): Promise<string> {
    return (await this.#ask({ case: "explain", value: { extended } }, "explain", options)).result;
  }

  /** The error with which the query ended; `undefined` when it runs, or ended without one. */
  async exception(options: ActionOptions = {}): Promise<StreamingQueryError | undefined> {
    // A query without an error is answered with nothing.
    const result = await this.#send({ case: "exception", value: true }, options);
    return result.case === "exception" ? exceptionOf(result.value) : undefined;
  }

  async #send(command: QueryCommand, options: ActionOptions): Promise<QueryResult> {
    const { id, runId } = this;
    const { resultType } = await streamingCommand(
      this.#client,
      { case: "streamingQueryCommand", value: { queryId: { id, runId }, command } },
      "streamingQueryCommandResult",
      options,
    );
    return resultType;
  }

  async #ask<C extends QueryResultCase>(
    command: QueryCommand,
    expected: C,
    options: ActionOptions,
  ): Promise<QueryResultValue<C>> {
    const result = await this.#send(command, options);
    if (result.case === expected) return result.value as QueryResultValue<C>;
    throw noAnswer(String(command.case), expected);
  }
}
