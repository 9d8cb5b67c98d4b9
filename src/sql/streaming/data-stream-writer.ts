import type { WriteStreamOperationStart } from "../../../gen/spark/connect/commands_pb.ts";
import type { Relation } from "../../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { nameOf } from "../arguments.ts";
import { type ActionOptions, sentRelation } from "../execution.ts";
import { type OptionValue, withOptions } from "../option-value.ts";
import { expectations } from "../plan/resolve.ts";
import type { SparkSession } from "../spark-session.ts";
import { listenerBus } from "./listener-bus.ts";
import { type OutputMode, outputMode } from "./output-mode.ts";
import { startedEvent } from "./query-events.ts";
import { noAnswer, streamingCommand } from "./streaming-command.ts";
import { StreamingQuery } from "./streaming-query.ts";
import { type Trigger, triggerField } from "./trigger.ts";

interface StreamWriteSettings {
  readonly format?: string;
  readonly outputMode?: OutputMode;
  readonly queryName?: string;
  readonly trigger?: ReturnType<typeof triggerField>;
  readonly options: Readonly<Record<string, string>>;
  readonly partitionBy: readonly string[];
  readonly clusterBy: readonly string[];
}

/**
 * Says where a stream is written to, and starts it. Immutable. `foreach` and `foreachBatch` need a Python or Scala
 * function on the server, so there are none here.
 *
 * @example
 * const query = await df.writeStream
 *   .format("delta")
 *   .option("checkpointLocation", "/checkpoints/clicks")
 *   .trigger({ availableNow: true })
 *   .start("/lake/clicks");
 * @see org.apache.spark.sql.streaming.DataStreamWriter
 */
export class DataStreamWriter {
  readonly #session: SparkSession;
  readonly #input: Relation;
  readonly #settings: StreamWriteSettings;

  constructor(
    session: SparkSession,
    input: Relation,
    settings: StreamWriteSettings = { options: {}, partitionBy: [], clusterBy: [] },
  ) {
    this.#session = session;
    this.#input = input;
    this.#settings = settings;
  }

  /** The sink: delta, parquet, json, csv, orc, text, kafka, memory, console, noop or any other that the server has. */
  format(format: string): DataStreamWriter {
    return this.#with({ format });
  }

  /** Which rows go to the sink; without it, `append`. Thrown when the mode is unknown: `USAGE_OUTPUT_MODE`. */
  outputMode(mode: OutputMode): DataStreamWriter {
    return this.#with({ outputMode: outputMode(mode) });
  }

  /** One option of the sink; keys are case-insensitive. */
  option(key: string, value: OptionValue): DataStreamWriter {
    return this.options({ [key]: value });
  }

  /**
   * Options of the sink, and `checkpointLocation`, where the query keeps how far it is; the case of a key does not
   * matter, the last value counts.
   */
  options(options: Readonly<Record<string, OptionValue>>): DataStreamWriter {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /** One folder per combination of values of these columns. */
  partitionBy(...columns: readonly string[]): DataStreamWriter {
    return this.#with({ partitionBy: columns });
  }

  /** Liquid clustering by columns, where the format has it. */
  clusterBy(...columns: readonly string[]): DataStreamWriter {
    return this.#with({ clusterBy: columns });
  }

  /**
   * The name of the query, unique among those that run in the session; the sink `memory` makes a view of that name.
   * Thrown when it is empty: `USAGE_QUERY_NAME`.
   */
  queryName(queryName: string): DataStreamWriter {
    if (nameOf("queryName", queryName).trim() !== "") return this.#with({ queryName });
    throw new SparkwrightError("USAGE_QUERY_NAME", "the name of a query is empty", {
      hint: "Leave the name out, or give one.",
    });
  }

  /** When to look for new data; without it, as soon as the last batch has ended. Thrown: `USAGE_TRIGGER`. */
  trigger(trigger: Trigger): DataStreamWriter {
    return this.#with({ trigger: triggerField(trigger) });
  }

  /** Starts writing to a path as the server sees it, or to where the options say. Returns when the query runs. */
  async start(path?: string, options: ActionOptions = {}): Promise<StreamingQuery> {
    return await this.#start(
      path === undefined ? { case: undefined } : { case: "path", value: path },
      options,
    );
  }

  /** Starts appending to a table of the catalog, which is made when there is none. Returns when the query runs. */
  async toTable(tableName: string, options: ActionOptions = {}): Promise<StreamingQuery> {
    return await this.#start({ case: "tableName", value: tableName }, options);
  }

  #with(changes: Partial<StreamWriteSettings>): DataStreamWriter {
    return new DataStreamWriter(this.#session, this.#input, { ...this.#settings, ...changes });
  }

  async #start(
    sinkDestination: WriteStreamOperationStart["sinkDestination"],
    actionOptions: ActionOptions,
  ): Promise<StreamingQuery> {
    const { format, queryName, trigger, options, partitionBy, clusterBy } = this.#settings;
    const { client } = this.#session;
    for (const check of expectations(this.#input)) await check();
    const { queryId, name, queryStartedEventJson } = await streamingCommand(
      client,
      {
        case: "writeStreamOperationStart",
        value: {
          input: await sentRelation(this.#input),
          sinkDestination,
          options: { ...options },
          partitioningColumnNames: [...partitionBy],
          clusteringColumnNames: [...clusterBy],
          ...(format === undefined ? {} : { format }),
          ...(this.#settings.outputMode === undefined ? {} : { outputMode: this.#settings.outputMode }),
          ...(queryName === undefined ? {} : { queryName }),
          ...(trigger === undefined ? {} : { trigger }),
        },
      },
      "writeStreamOperationStartResult",
      actionOptions,
    );
    if (queryId === undefined) throw noAnswer("writeStreamOperationStart", "the id of the query");
    // The server's listener sends no started event; it comes with the answer, and is told before anybody has the query.
    if (queryStartedEventJson !== undefined) listenerBus(client).post(startedEvent(queryStartedEventJson));
    return new StreamingQuery(client, { id: queryId.id, runId: queryId.runId, name });
  }
}
