import { AsyncLocalStorage } from "node:async_hooks";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type ExecutePlanResponse,
  type ExecutePlanResponse_Metrics_MetricObject as MetricObject,
  type Plan,
  PlanSchema,
} from "../../gen/spark/connect/base_pb.ts";
import type { CommandSchema } from "../../gen/spark/connect/commands_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import type { ArrowField } from "../arrow/arrow-type.ts";
import { type DecodedBatch, decodeBatch } from "../arrow/decode.ts";
import type { Row } from "../arrow/row.ts";
import { ArrowChunks } from "../connect/arrow-chunks.ts";
import type { ConnectClient, ExecuteOptions } from "../connect/connect-client.ts";
import { SparkwrightError } from "../core/error.ts";
import { namedValues } from "../core/named-values.ts";
import { rememberExecution } from "./execution-info.ts";
import { deliverFailure, deliverMetrics, metricsOf, type ObservedMetrics } from "./observation.ts";
import { completePlan, expectations, isLate, observedRelations, resolvePlan } from "./plan/resolve.ts";
import type { StructType } from "./types/data-type.ts";
import { arrowFields, hasNestedDuplicates } from "./types/type-arrow.ts";
import { schemaFromProto } from "./types/type-proto.ts";

/** What may be said about one action: `signal`, `deadlineMs`, `tags`, `operationId`. */
export type ActionOptions = ExecuteOptions;

export type CommandKind = NonNullable<MessageInitShape<typeof CommandSchema>["commandType"]>;

interface WholeBatch {
  readonly batch: DecodedBatch;
  readonly data: Uint8Array;
}

/** The plan message of a query. */
export async function queryPlan(root: Relation): Promise<Plan> {
  return planOfQuery(await completePlan(root));
}

/** The plan message of a query that needs nothing of the server. */
export function planOfQuery(complete: Relation): Plan {
  return create(PlanSchema, { opType: { case: "root", value: resolvePlan(complete) } });
}

/** A relation as the server is to see it. */
export async function sentRelation(root: Relation): Promise<Relation> {
  return resolvePlan(await completePlan(root));
}

/** One run of a plan on the server: its batches of rows, and what comes beside them. It runs when iterated. */
export class Execution {
  readonly #responses: AsyncIterable<ExecutePlanResponse>;
  /** Kept until the end: a checkpoint that it reads is given up with it. */
  readonly #root: Relation;
  readonly #observed: readonly Relation[];
  /** The columns of the result, known before its first batch. */
  schema: StructType | undefined;
  /** The relation that the server made of a SQL command. */
  relation: Relation | undefined;
  /** The id by which the server keeps the rows of a checkpoint. */
  checkpointId: string | undefined;
  /** Metrics by the name of the observation that asked for them. */
  readonly observed: Map<string, ObservedMetrics> = new Map();
  /** What each operator of the executed plan counted. */
  metrics: readonly MetricObject[] = [];

  private constructor(
    client: ConnectClient,
    planOf: (complete: Relation) => Plan,
    root: Relation,
    options: ActionOptions,
  ) {
    // Here and not at the first pull, so that it belongs to the execution scope in which it was asked for.
    this.#responses = isLate(root)
      ? executeComplete(root, (complete) => client.execute(planOf(complete), options))
      : client.execute(planOf(root), options);
    this.#root = root;
    this.#observed = observedRelations(root);
  }

  /** The execution of a query. */
  static query(client: ConnectClient, root: Relation, options: ActionOptions): Execution {
    return new Execution(client, planOfQuery, root, namedValues("the options of an action", options));
  }

  /** The execution of a command, which is made from its input as the server is to see it. */
  static command(
    client: ConnectClient,
    input: Relation,
    commandOf: (input: Relation) => CommandKind,
    options: ActionOptions,
  ): Execution {
    const planOf = (complete: Relation) => {
      const commandType = commandOf(resolvePlan(complete));
      return create(PlanSchema, { opType: { case: "command", value: { commandType } } });
    };
    return new Execution(client, planOf, input, namedValues("the options of an action", options));
  }

  /** The batches of the result, each decoded when it is asked for. */
  async *batches(): AsyncGenerator<DecodedBatch, void, undefined> {
    for await (const { batch } of this.#wholeBatches()) yield batch;
  }

  /** The batches of the result as they came: an Arrow IPC stream each. */
  async *arrowBatches(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const { data } of this.#wholeBatches()) yield data;
  }

  async *#wholeBatches(): AsyncGenerator<WholeBatch, void, undefined> {
    try {
      yield* this.#checkedBatches();
    } catch (error) {
      deliverFailure(this.#observed, error);
      throw error;
    }
  }

  async *#checkedBatches(): AsyncGenerator<WholeBatch, void, undefined> {
    for (const check of expectations(this.#root)) await check();
    const chunks = new ArrowChunks();
    let names: readonly ArrowField[] | undefined;
    for await (const response of this.#responses) {
      if (response.schema !== undefined) {
        this.schema = schemaFromProto(response.schema);
        names = hasNestedDuplicates(this.schema) ? arrowFields(this.schema) : undefined;
      }
      if (response.metrics !== undefined) this.metrics = response.metrics.metrics;
      for (const message of response.observedMetrics) {
        const metrics = metricsOf(message);
        this.observed.set(message.name, metrics);
        deliverMetrics(this.#observed, message, metrics);
      }
      const { responseType } = response;
      if (responseType.case === "sqlCommandResult") this.relation = responseType.value.relation;
      if (responseType.case === "checkpointCommandResult") {
        this.checkpointId = responseType.value.relation?.relationId;
      }
      if (responseType.case !== "arrowBatch") continue;
      const whole = chunks.push(responseType.value);
      if (whole === undefined) continue;
      const batch = decodeBatch(whole.data, names);
      if (batch.numRows !== whole.rowCount) {
        throw new SparkwrightError(
          "SPARK_RESULT_CORRUPT",
          `the result is not whole: a batch of ${whole.rowCount} rows has ${batch.numRows}`,
          { hint: "Run the query again; if it happens twice, report it with the version of the server." },
        );
      }
      yield { batch, data: whole.data };
    }
    chunks.finish();
    rememberExecution(this.#root, this.metrics, this.observed);
  }

  /** Runs it to the end and returns all rows. */
  async collect(): Promise<Row[]> {
    const all: Row[] = [];
    for await (const batch of this.batches()) {
      const rows = batch.rows();
      for (let i = 0; i < rows.length; i++) all.push(rows[i] as Row);
    }
    return all;
  }

  /** Runs it to the end for its effect. */
  async run(): Promise<this> {
    for await (const _batch of this.batches()) {
      // The rows of a command are not asked for.
    }
    return this;
  }
}

/** Executes a plan once the server has told what it depends on, in the execution scope of now. */
function executeComplete(
  root: Relation,
  execute: (complete: Relation) => AsyncIterable<ExecutePlanResponse>,
): AsyncIterable<ExecutePlanResponse> {
  const inThisScope = AsyncLocalStorage.snapshot();
  return (async function* () {
    const complete = await inThisScope(completePlan, root);
    yield* inThisScope(execute, complete);
  })();
}
