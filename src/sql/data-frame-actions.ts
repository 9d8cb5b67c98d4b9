import type { AnalyzePlanRequest, AnalyzePlanResponse } from "../../gen/spark/connect/base_pb.ts";
import { AnalyzePlanRequest_Explain_ExplainMode as Mode } from "../../gen/spark/connect/base_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import type { Row } from "../arrow/row.ts";
import { currentExecutionScope, viewKey } from "../connect/execution-scope.ts";
import { SparkwrightError } from "../core/error.ts";
import { type ActionOptions, Execution, queryPlan } from "./execution.ts";
import { functionCall } from "./plan/expression.ts";
import { literal } from "./plan/literal.ts";
import { type RelationKind, relation, rowCount } from "./plan/relation.ts";
import { resolvePlan } from "./plan/resolve.ts";
import { RowIterator } from "./row-iterator.ts";
import type { SparkSession } from "./spark-session.ts";
import { type StorageLevel, StorageLevels } from "./storage-level.ts";
import type { StructType } from "./types/data-type.ts";
import { schemaFromProto } from "./types/type-proto.ts";

/** What `explain` shows: `simple` is the physical plan alone. */
export type ExplainMode = "simple" | "extended" | "codegen" | "cost" | "formatted";

const explainModes: Readonly<Record<ExplainMode, Mode>> = {
  simple: Mode.SIMPLE,
  extended: Mode.EXTENDED,
  codegen: Mode.CODEGEN,
  cost: Mode.COST,
  formatted: Mode.FORMATTED,
};

/** How `show` prints. */
export interface ShowOptions extends ActionOptions {
  /** Cells are cut to so many characters; `true` is 20, `false` is not at all. @default true */
  readonly truncate?: boolean | number;
  /** One line per cell instead of one per row. @default false */
  readonly vertical?: boolean;
}

/** The half of a DataFrame that asks the server: every method here is asynchronous. */
export abstract class DataFrameActions implements AsyncIterable<Row> {
  readonly sparkSession: SparkSession;
  readonly #plan: Relation;
  #schema: Promise<StructType> | undefined;

  constructor(sparkSession: SparkSession, plan: Relation) {
    this.sparkSession = sparkSession;
    this.#plan = plan;
  }

  /** The protocol message of this DataFrame, for tests and integrators; it must not be changed. */
  toPlan(): Relation {
    return this.#plan;
  }

  /** All rows, in memory. Shapes: LONG is a bigint, DECIMAL a Decimal, NULL is null, a struct is a Row. */
  async collect(options: ActionOptions = {}): Promise<Row[]> {
    const execution = Execution.query(this.sparkSession.client, this.#plan, options);
    const rows = await execution.collect();
    if (execution.schema !== undefined) this.#schema ??= Promise.resolve(execution.schema);
    return rows;
  }

  /** The number of rows. */
  async count(options: ActionOptions = {}): Promise<bigint> {
    const count = functionCall("count", [literal(1)]);
    const [row] = await this.#run(
      {
        case: "aggregate",
        value: { input: this.#plan, groupType: 1, aggregateExpressions: [count] },
      },
      options,
    );
    return row?.[0] as bigint;
  }

  /** The first row, or `undefined` when there is none. */
  async first(options: ActionOptions = {}): Promise<Row | undefined> {
    const [row] = await this.take(1, options);
    return row;
  }

  /** The first row, or the first `n` rows. */
  head(): Promise<Row | undefined>;
  head(n: number): Promise<Row[]>;
  async head(n?: number): Promise<Row | Row[] | undefined> {
    return n === undefined ? await this.first() : await this.take(n);
  }

  /** The first `n` rows. */
  async take(n: number, options: ActionOptions = {}): Promise<Row[]> {
    return await this.#run(
      { case: "limit", value: { input: this.#plan, limit: rowCount("take", n) } },
      options,
    );
  }

  /** The last `n` rows. */
  async tail(n: number, options: ActionOptions = {}): Promise<Row[]> {
    return await this.#run(
      { case: "tail", value: { input: this.#plan, limit: rowCount("tail", n) } },
      options,
    );
  }

  /** Whether there is no row. */
  async isEmpty(options: ActionOptions = {}): Promise<boolean> {
    const one = relation({ case: "limit", value: { input: this.#plan, limit: 1 } });
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
  toLocalIterator(options: ActionOptions = {}): RowIterator {
    return new RowIterator(Execution.query(this.sparkSession.client, this.#plan, options).batches());
  }

  /** `for await (const row of df)`: as `toLocalIterator`. */
  [Symbol.asyncIterator](): RowIterator {
    return this.toLocalIterator();
  }

  /** Prints the first `n` rows as a table to standard output. */
  async show(n = 20, options: ShowOptions = {}): Promise<void> {
    process.stdout.write(`${await this.showString(n, options)}\n`);
  }

  /** The first `n` rows as the table that `show` prints. */
  async showString(n = 20, options: ShowOptions = {}): Promise<string> {
    const { truncate = true, vertical = false, ...action } = options;
    const width = typeof truncate === "number" ? truncate : truncate ? 20 : 0;
    const [row] = await this.#run(
      {
        case: "showString",
        value: { input: this.#plan, numRows: rowCount("show", n), truncate: width, vertical },
      },
      action,
    );
    return String(row?.[0]);
  }

  /** The columns and their types; asked once per DataFrame. */
  async schema(): Promise<StructType> {
    this.#schema ??= this.#askSchema().catch((error: unknown) => {
      this.#schema = undefined;
      throw error;
    });
    return await this.#schema;
  }

  /** The names of the columns, in order; they may repeat. */
  async columns(): Promise<readonly string[]> {
    return (await this.schema()).names;
  }

  /** Name and type of the columns: `[["id", "bigint"]]`. */
  async dtypes(): Promise<readonly (readonly [name: string, type: string])[]> {
    return (await this.schema()).fields.map((field) => [field.name, field.dataType.simpleString()] as const);
  }

  /** Prints the schema as a tree to standard output. */
  async printSchema(): Promise<void> {
    process.stdout.write(`${(await this.schema()).treeString()}\n`);
  }

  /** Prints the plan to standard output. */
  async explain(mode: ExplainMode = "simple"): Promise<void> {
    process.stdout.write(`${await this.explainString(mode)}\n`);
  }

  /** The plan as `explain` prints it. Thrown when the mode is unknown. */
  async explainString(mode: ExplainMode = "simple"): Promise<string> {
    const explainMode: Mode | undefined = explainModes[mode];
    if (explainMode === undefined) {
      throw new SparkwrightError("USAGE_EXPLAIN_MODE", `"${mode}" is not a way to explain a plan`, {
        hint: `Use one of ${Object.keys(explainModes).join(", ")}.`,
      });
    }
    const value = { plan: queryPlan(this.#plan), explainMode };
    return await this.#analyze({ case: "explain", value }, "explain", (result) => result.explainString);
  }

  /** Keeps the rows on the cluster, in memory and on disk, from their first use on. */
  async cache(): Promise<this> {
    return await this.persist();
  }

  /** As `cache`, at a storage level. */
  async persist(storageLevel: StorageLevel = StorageLevels.MEMORY_AND_DISK_DESER): Promise<this> {
    const value = { relation: resolvePlan(this.#plan), storageLevel };
    await this.#analyze({ case: "persist", value }, "persist", () => undefined);
    const release = () => this.unpersist();
    currentExecutionScope().onKept?.({ key: this.#plan, name: "a cached DataFrame", release });
    return this;
  }

  /** Gives up what `cache` or `persist` keeps; with `blocking`, waits until it is gone. */
  async unpersist(blocking = false): Promise<this> {
    const value = { relation: resolvePlan(this.#plan), blocking };
    await this.#analyze({ case: "unpersist", value }, "unpersist", () => undefined);
    currentExecutionScope().onGivenUp?.(this.#plan);
    return this;
  }

  /** The storage level at which the rows are kept. */
  async storageLevel(): Promise<StorageLevel> {
    const value = { relation: resolvePlan(this.#plan) };
    return await this.#analyze(
      { case: "getStorageLevel", value },
      "getStorageLevel",
      (result) => result.storageLevel ?? StorageLevels.NONE,
    );
  }

  /** Whether the rows arrive as a stream that does not end. */
  async isStreaming(): Promise<boolean> {
    const value = { plan: queryPlan(this.#plan) };
    return await this.#analyze({ case: "isStreaming", value }, "isStreaming", (result) => result.isStreaming);
  }

  /** The files that the rows are read from. */
  async inputFiles(): Promise<readonly string[]> {
    const value = { plan: queryPlan(this.#plan) };
    return await this.#analyze({ case: "inputFiles", value }, "inputFiles", (result) => result.files);
  }

  /** Names the rows for SQL in this session. Thrown when the name is taken. */
  async createTempView(name: string): Promise<void> {
    await this.#createView(name, false, false);
  }

  /** Names the rows for SQL in this session; an earlier view of that name is replaced. */
  async createOrReplaceTempView(name: string): Promise<void> {
    await this.#createView(name, false, true);
  }

  /** Names the rows `global_temp.name` for SQL in every session of the server. Thrown when the name is taken. */
  async createGlobalTempView(name: string): Promise<void> {
    await this.#createView(name, true, false);
  }

  /** As `createGlobalTempView`; an earlier view of that name is replaced. */
  async createOrReplaceGlobalTempView(name: string): Promise<void> {
    await this.#createView(name, true, true);
  }

  async #createView(name: string, isGlobal: boolean, replace: boolean): Promise<void> {
    await Execution.command(
      this.sparkSession.client,
      this.#plan,
      (input) => ({ case: "createDataframeView", value: { input, name, isGlobal, replace } }),
      {},
    ).run();
    // A global view is meant for others.
    if (isGlobal) return;
    const release = () => this.sparkSession.catalog.dropTempView(name);
    currentExecutionScope().onKept?.({ key: viewKey(name), name: `temporary view ${name}`, release });
  }

  async #askSchema(): Promise<StructType> {
    const value = { plan: queryPlan(this.#plan) };
    return await this.#analyze({ case: "schema", value }, "schema", (result) =>
      schemaFromProto(result.schema),
    );
  }

  async #run(kind: RelationKind, options: ActionOptions): Promise<Row[]> {
    return await Execution.query(this.sparkSession.client, relation(kind), options).collect();
  }

  async #analyze<C extends AnalyzeCase, T>(
    request: AnalyzeInit,
    expected: C,
    read: (result: AnalyzeResult<C>) => T,
  ): Promise<T> {
    return await this.sparkSession.analyze(request, expected, read);
  }
}

/** The requests of AnalyzePlan by their fields. */
export type AnalyzeInit = { readonly case: AnalyzeCase; readonly value: object };
export type AnalyzeCase = NonNullable<AnalyzePlanRequest["analyze"]["case"]>;
export type AnalyzeResult<C extends AnalyzeCase> = Extract<
  AnalyzePlanResponse["result"],
  { case: C }
>["value"];
