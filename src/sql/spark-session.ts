import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { AnalyzePlanRequestSchema } from "../../gen/spark/connect/base_pb.ts";
import type { ConnectClientOptions } from "../connect/client-options.ts";
import { ConnectClient } from "../connect/connect-client.ts";
import { currentExecutionScope } from "../connect/execution-scope.ts";
import { checkDeadline, type RpcOptions } from "../connect/rpc-caller.ts";
import { SparkwrightError } from "../core/error.ts";
import { namedValues } from "../core/named-values.ts";
import { Catalog } from "./catalog.ts";
import { type CreateDataFrameOptions, type LocalSource, localDataRelation } from "./create-data-frame.ts";
import type { AnalyzeCase, AnalyzeResult } from "./data-frame/inspection.ts";
import { planIn, relationIn } from "./data-frame/query.ts";
import { DataFrame } from "./data-frame.ts";
import { DataFrameReader } from "./data-frame-reader.ts";
import { type ActionOptions, Execution } from "./execution.ts";
import { globalViewOf } from "./plan/global-view.ts";
import { relation, rowCount } from "./plan/relation.ts";
import { type SqlArguments, substituteParameters } from "./plan/sql-parameters.ts";
import { RuntimeConf } from "./runtime-conf.ts";
import { SparkSessionBuilder } from "./spark-session-builder.ts";
import { SparkSessionOperations, type UploadBounds } from "./spark-session-operations.ts";
import { DataStreamReader } from "./streaming/data-stream-reader.ts";
import { closeListenerBus } from "./streaming/listener-bus.ts";
import { StreamingQueryManager } from "./streaming/streaming-query-manager.ts";
import { TableValuedFunctions } from "./table-valued-functions.ts";
import type { DataType, StructType } from "./types/data-type.ts";
import { schemaFromProto } from "./types/type-proto.ts";
import { UDFRegistration } from "./udf-registration.ts";

/**
 * A session on a Spark Connect server: where DataFrames come from.
 *
 * @example
 * await using spark = await SparkSession.builder().remote("sc://localhost").getOrCreate();
 * const rows = await spark.range(3).collect();
 * @see org.apache.spark.sql.SparkSession
 */
export class SparkSession extends SparkSessionOperations implements AsyncDisposable {
  readonly #conf: RuntimeConf;
  readonly #catalog: Catalog;
  #version: Promise<string> | undefined;
  #stopped: Promise<void> | undefined;

  /** A session over a client that exists, or over a new one made from options. Asks nobody. */
  constructor(connection: ConnectClient | ConnectClientOptions = {}) {
    super(connection instanceof ConnectClient ? connection : new ConnectClient(connection));
    this.#conf = new RuntimeConf(this.client);
    this.#catalog = new Catalog(this);
  }

  /** Where a session with settings begins. */
  static builder(): SparkSessionBuilder {
    return new SparkSessionBuilder((options) => new SparkSession(options));
  }

  /**
   * The session that `builder()` made last, unless it is stopped; in the code of a pipeline's node, the session of that
   * node. Spark: `getActiveSession`.
   */
  static getActiveSession(): SparkSession | undefined {
    return SparkSessionBuilder.latest();
  }

  /** As `getActiveSession`. Thrown when there is none: `USAGE_NO_SESSION`. */
  static active(): SparkSession {
    const session = SparkSession.getActiveSession();
    if (session !== undefined) return session;
    throw new SparkwrightError("USAGE_NO_SESSION", "there is no session that is not stopped", {
      hint: "Make one with SparkSession.builder().getOrCreate().",
    });
  }

  /** Whether `stop` or `close` was called. */
  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** The id of the session, a UUID. */
  get sessionId(): string {
    return this.client.sessionId;
  }

  /** The settings of the session on the server. */
  get conf(): RuntimeConf {
    return this.#conf;
  }

  /** Catalogs, databases, tables, views and functions. */
  get catalog(): Catalog {
    return this.#catalog;
  }

  /** Reads data sources. */
  get read(): DataFrameReader {
    return new DataFrameReader((kind) => new DataFrame(this, relation(kind)));
  }

  /** Reads streams of data. */
  get readStream(): DataStreamReader {
    return new DataStreamReader((kind) => new DataFrame(this, relation(kind)));
  }

  /** The streaming queries of the session, and those who listen to them. */
  get streams(): StreamingQueryManager {
    return new StreamingQueryManager(this.client);
  }

  /** Registers functions that are written in Java or Scala. */
  get udf(): UDFRegistration {
    return new UDFRegistration(this.client);
  }

  /** Functions whose result is a table. */
  get tvf(): TableValuedFunctions {
    return new TableValuedFunctions(
      (kind) => new DataFrame(this, relationIn(this, kind)),
      this.range.bind(this) as SparkSession["range"],
    );
  }

  /**
   * Runs SQL text. A command (DDL, DML) runs now, once, and the DataFrame holds its result; a query is analysed
   * now and runs when the DataFrame is used.
   *
   * @param args values for `:name` or `?` in the text, exact (see `lit`), also arrays, Maps and plain objects
   * @param relations DataFrames that the text may name like tables; nothing else sees these names
   * @example await spark.sql("SELECT * FROM flights WHERE day = :day", { day }, { flights })
   * @example await spark.sql("CREATE TEMPORARY FUNCTION late(delay INT) RETURNS BOOLEAN RETURN delay > 15")
   */
  async sql(
    text: string,
    args: SqlArguments = {},
    relations: Readonly<Record<string, DataFrame>> = {},
    options: ActionOptions = {},
  ): Promise<DataFrame> {
    const { onGlobalView } = currentExecutionScope();
    const globalView = onGlobalView === undefined ? undefined : globalViewOf(text);
    if (globalView !== undefined) onGlobalView?.(globalView);
    const query = relation({ case: "sql", value: { query: substituteParameters(text, args) } });
    const references = Object.entries(namedValues("the relations of sql()", relations)).map(([alias, df]) =>
      relation({
        case: "subqueryAlias",
        value: { alias, input: planIn(this, `relation ${alias} of sql()`, df) },
      }),
    );
    const input =
      references.length === 0
        ? query
        : relation({ case: "withRelations", value: { root: query, references } });
    const execution = await Execution.command(
      this.client,
      input,
      (resolved) => ({ case: "sqlCommand", value: { input: resolved } }),
      options,
    ).run();
    const result = execution.relation?.relType;
    // A server gives a query back as it came; ours has the names that the author gave, not those it was sent with.
    const isQuery = result === undefined || result.case === "sql" || result.case === "withRelations";
    return new DataFrame(this, isQuery ? input : relation(result as Parameters<typeof relation>[0]));
  }

  /** The integers from `start` (0) to before `end` in a column `id` of LONG. */
  range(end: number | bigint): DataFrame;
  range(
    start: number | bigint,
    end: number | bigint,
    step?: number | bigint,
    numPartitions?: number,
  ): DataFrame;
  range(
    first: number | bigint,
    end?: number | bigint,
    step: number | bigint = 1,
    numPartitions?: number,
  ): DataFrame {
    const value = {
      start: end === undefined ? 0n : integer("range", first),
      end: integer("range", end ?? first),
      step: integer("range", step),
      ...(numPartitions === undefined ? {} : { numPartitions: rowCount("range", numPartitions, 1) }),
    };
    return new DataFrame(this, relation({ case: "range", value }));
  }

  /** The rows of a table or view. */
  table(name: string): DataFrame {
    return this.read.table(name);
  }

  /**
   * A DataFrame of data in this process: rows (objects by column name, arrays in column order, Rows), an Arrow table
   * of apache-arrow or flechette, or the bytes of an Arrow IPC stream or file. More than about 1 MiB is uploaded in
   * chunks, of which the session keeps those it has.
   *
   * Without a schema the types of rows are inferred from all of them: a number is INTEGER or LONG while all are
   * whole, else DOUBLE; a bigint LONG; a Decimal the narrowest DECIMAL; a plain object a STRUCT; a Map a MAP. Arrow
   * data keep their types: an unsigned integer becomes the next wider type, a timestamp without zone TIMESTAMP_NTZ.
   *
   * Thrown when a value does not fit its column exactly, naming row, column and value (`VALUE_*`), and when there is
   * more data than the server allows (`SPARK_LOCAL_DATA_TOO_LARGE`).
   *
   * @param schema a StructType, another type for a single column `value`, DDL text (`"id BIGINT, name STRING"`,
   *   which asks the server) or column names
   */
  async createDataFrame(
    data: LocalSource,
    schema?: DataType | string | readonly string[],
    options: CreateDataFrameOptions = {},
  ): Promise<DataFrame> {
    const bounds = boundsOf(options);
    const parsed = typeof schema === "string" ? await this.parseSchema(schema, bounds()) : schema;
    return new DataFrame(this, await localDataRelation(this.client, data, parsed, options, bounds));
  }

  /** A DataFrame of these columns, a StructType or DDL text, and no rows. */
  async emptyDataFrame(schema: StructType | string): Promise<DataFrame> {
    return await this.createDataFrame([], schema);
  }

  /** The schema that DDL text describes, as the server parses it. */
  async parseSchema(ddl: string, options: RpcOptions = {}): Promise<StructType> {
    const parsed = await this.analyze(
      { case: "ddlParse", value: { ddlString: ddl } },
      "ddlParse",
      (result) => result.parsed,
      options,
    );
    return schemaFromProto(parsed);
  }

  /** The version of Spark on the server. */
  async version(): Promise<string> {
    this.#version ??= this.analyze(
      { case: "sparkVersion", value: {} },
      "sparkVersion",
      (result) => result.version,
    ).catch((error: unknown) => {
      this.#version = undefined;
      throw error;
    });
    return await this.#version;
  }

  /** Another session on the same server, with settings, views and functions of its own. Asks nobody. */
  newSession(): SparkSession {
    const { client } = this;
    return new SparkSession(client.inSession(crypto.randomUUID(), client.userId));
  }

  /**
   * Another session on the same server that begins as a copy of this one: settings, views, functions, current
   * database. From then on neither sees what becomes of the other. Needs a server of 4.1 or later.
   *
   * @param sessionId its id, a UUID. @default a new random one
   */
  async cloneSession(sessionId?: string): Promise<SparkSession> {
    return new SparkSession(await this.client.cloneSession(sessionId === undefined ? {} : { sessionId }));
  }

  /**
   * As `cloneSession`, with the first call made in it: what is done to this session until then is copied. It shares
   * this session's connection, and must be stopped before it. A server before 4.1, which cannot copy sessions, gives it
   * the settings and uploaded files of this one, without its views and functions.
   */
  lazyClone(): SparkSession {
    return new SparkSession(this.client.lazyClone());
  }

  /**
   * Ends the session on the server, with its views, settings, operations and streaming queries, and disconnects. At a
   * server that does not answer it gives up after 10 s, with a warning.
   */
  async stop(): Promise<void> {
    this.#stopped ??= this.client.end(closeListenerBus(this.client));
    await this.#stopped;
  }

  /** Disconnects; the session stays on the server until it has been idle for long. */
  async close(): Promise<void> {
    this.#stopped ??= closeListenerBus(this.client).then(() => this.client.close());
    await this.#stopped;
  }

  /** The same as `stop`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  /** Asks the server about a plan, and reads the answer of the expected kind. */
  async analyze<C extends AnalyzeCase, T>(
    request: NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>["analyze"]>,
    expected: C,
    read: (result: AnalyzeResult<C>) => T,
    options: RpcOptions = {},
  ): Promise<T> {
    const { analyze } = create(AnalyzePlanRequestSchema, { analyze: request });
    const { result } = await this.client.analyze(analyze, options);
    if (result.case === expected) return read(result.value as AnalyzeResult<C>);
    throw new SparkwrightError(
      "SPARK_UNEXPECTED_ANSWER",
      `the server answered "${result.case}" to "${expected}"`,
      { hint: "Check that the server is a Spark Connect server of version 4.0 or later." },
    );
  }
}

/** The bounds of each call of a work of several calls; the deadline is that of the whole. */
function boundsOf({ signal, deadlineMs }: UploadBounds): () => RpcOptions {
  checkDeadline(deadlineMs);
  if (deadlineMs === undefined) return () => ({ signal });
  const endsAt = performance.now() + deadlineMs;
  return () => ({ signal, deadlineMs: Math.max(1, endsAt - performance.now()) });
}

/** A whole number as a bigint. Thrown when it is none, or a number too large to be exact. */
function integer(method: string, value: number | bigint): bigint {
  if (typeof value === "bigint" && BigInt.asIntN(64, value) === value) return value;
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new SparkwrightError(
    "USAGE_OUT_OF_RANGE",
    `${method}(${String(value)}): not a whole number that a LONG holds exactly`,
    { hint: "Pass a whole number of 64 bits; beyond 2^53 as a bigint." },
  );
}
