import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  StreamingQueryManagerCommandResult,
  StreamingQueryManagerCommandSchema,
} from "../../../gen/spark/connect/commands_pb.ts";
import type { ConnectClient } from "../../connect/connect-client.ts";
import type { ActionOptions } from "../execution.ts";
import { awaitInSlices } from "./await-in-slices.ts";
import { closeListenerBus, listenerBus } from "./listener-bus.ts";
import { noAnswer, streamingCommand } from "./streaming-command.ts";
import { StreamingQuery } from "./streaming-query.ts";
import type { StreamingQueryListener } from "./streaming-query-listener.ts";

type ManagerCommand = NonNullable<MessageInitShape<typeof StreamingQueryManagerCommandSchema>["command"]>;
type ManagerResult = StreamingQueryManagerCommandResult["resultType"];
type QueryInstance = Extract<ManagerResult, { case: "query" }>["value"];

/**
 * The streaming queries of a session, and those who listen to them.
 *
 * @see org.apache.spark.sql.streaming.StreamingQueryManager
 */
export class StreamingQueryManager {
  readonly #client: ConnectClient;

  constructor(client: ConnectClient) {
    this.#client = client;
  }

  /** The queries of the session that run. */
  async active(options: ActionOptions = {}): Promise<readonly StreamingQuery[]> {
    const result = await this.#send({ case: "active", value: true }, options);
    if (result.case !== "active") throw noAnswer("active", "active");
    return result.value.activeQueries.map((query) => this.#query(query));
  }

  /** The running query of the session with this id; `undefined` when there is none. */
  async get(id: string, options: ActionOptions = {}): Promise<StreamingQuery | undefined> {
    const result = await this.#send({ case: "getQuery", value: id }, options);
    return result.case === "query" ? this.#query(result.value) : undefined;
  }

  /**
   * Waits until any query of the session has ended since the session began or `resetTerminated` was called; aborting
   * the signal ends the wait at once. Thrown when the query that ended failed: {@link StreamingQueryError}.
   *
   * @param timeoutMs milliseconds to wait at most (PySpark: seconds); without it, until one ends
   * @returns whether one has ended
   */
  async awaitAnyTermination(timeoutMs?: number, options: ActionOptions = {}): Promise<boolean> {
    return await awaitInSlices("awaitAnyTermination", timeoutMs, async (sliceMs) => {
      const command = { case: "awaitAnyTermination", value: { timeoutMs: sliceMs } } as const;
      const result = await this.#send(command, options);
      if (result.case === "awaitAnyTermination") return result.value.terminated;
      throw noAnswer("awaitAnyTermination", "awaitAnyTermination");
    });
  }

  /** Forgets the queries that have ended, so that `awaitAnyTermination` waits for the next. */
  async resetTerminated(options: ActionOptions = {}): Promise<void> {
    await this.#send({ case: "resetTerminated", value: true }, options);
  }

  /**
   * Tells a listener of all queries of the session from now on; with the first one, the server begins to send events.
   * Listening does not keep the process alive: wait for a query with `awaitTermination`.
   *
   * Thrown when it has none of the listener's methods (`USAGE_LISTENER`), and when the server sends no events
   * (`SPARK_STREAMING_LISTENER`).
   */
  async addListener(listener: StreamingQueryListener): Promise<void> {
    await listenerBus(this.#client).add(listener);
  }

  /**
   * Tells a listener no more. With the last one the server stops sending, and what it had sent is told before this
   * returns. Nothing happens when the listener was not added.
   */
  async removeListener(listener: StreamingQueryListener): Promise<void> {
    await listenerBus(this.#client).remove(listener);
  }

  /** Removes all listeners; the session does so when it ends. */
  async close(): Promise<void> {
    await closeListenerBus(this.#client);
  }

  #query({ id, name }: QueryInstance): StreamingQuery {
    if (id === undefined) throw noAnswer("streamingQueryManagerCommand", "the id of a query");
    return new StreamingQuery(this.#client, {
      id: id.id,
      runId: id.runId,
      ...(name === undefined ? {} : { name }),
    });
  }

  async #send(command: ManagerCommand, options: ActionOptions): Promise<ManagerResult> {
    const { resultType } = await streamingCommand(
      this.#client,
      { case: "streamingQueryManagerCommand", value: { command } },
      "streamingQueryManagerCommandResult",
      options,
    );
    return resultType;
  }
}
