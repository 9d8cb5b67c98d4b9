import type { Relation } from "../../../gen/spark/connect/relations_pb.ts";
import { currentExecutionScope } from "../../connect/execution-scope.ts";
import { SparkwrightError } from "../../core/error.ts";
import { namedValues } from "../../core/named-values.ts";
import { kindName, nameOf } from "../arguments.ts";
import type { DataFrame } from "../data-frame.ts";
import { type ActionOptions, Execution, sentRelation } from "../execution.ts";
import { type StorageLevel, StorageLevels, storageLevelOf } from "../storage-level.ts";
import { DataFrameActions } from "./actions.ts";

/** How `checkpoint` and `localCheckpoint` keep the rows. */
export interface CheckpointOptions extends ActionOptions {
  /** Computes the rows now, and not at their first use. @default true */
  readonly eager?: boolean;
}

/** How `localCheckpoint` keeps the rows. */
export interface LocalCheckpointOptions extends CheckpointOptions {
  /** Where the executors keep them. @default the server's, MEMORY_AND_DISK */
  readonly storageLevel?: StorageLevel;
}

const released: WeakSet<Relation> = new WeakSet();

/** The methods of a DataFrame that make the server keep something: rows, or a name for SQL. */
export abstract class DataFramePersistence<R> extends DataFrameActions<R> implements AsyncDisposable {
  /** Keeps the rows on the cluster, in memory and on disk, from their first use on. */
  async cache(): Promise<this> {
    return await this.persist();
  }

  /** As `cache`, at a storage level. */
  async persist(storageLevel: StorageLevel = StorageLevels.MEMORY_AND_DISK_DESER): Promise<this> {
    if (typeof (storageLevel as Partial<StorageLevel> | null)?.useDisk !== "boolean") {
      throw new SparkwrightError(
        "USAGE_STORAGE_LEVEL",
        `persist() was given ${kindName(storageLevel)}, not a storage level`,
        {
          hint: "Pass one of StorageLevels, such as StorageLevels.MEMORY_AND_DISK.",
        },
      );
    }
    const value = { relation: await sentRelation(this.toPlan()), storageLevel };
    await this.sparkSession.analyze({ case: "persist", value }, "persist", () => undefined);
    const release = () => this.unpersist();
    currentExecutionScope().onKept?.({ key: this.toPlan(), name: "a cached DataFrame", release });
    return this;
  }

  /** Gives up what `cache` or `persist` keeps; with `blocking`, waits until it is gone. */
  async unpersist(blocking = false): Promise<this> {
    const value = { relation: await sentRelation(this.toPlan()), blocking };
    await this.sparkSession.analyze({ case: "unpersist", value }, "unpersist", () => undefined);
    currentExecutionScope().onGivenUp?.(this.toPlan());
    return this;
  }

  /** The storage level at which the rows are kept. */
  async storageLevel(): Promise<StorageLevel> {
    const value = { relation: await sentRelation(this.toPlan()) };
    return await this.sparkSession.analyze({ case: "getStorageLevel", value }, "getStorageLevel", (result) =>
      storageLevelOf(result.storageLevel ?? StorageLevels.NONE),
    );
  }

  /** Whether `cache` or `persist` keeps the rows. PySpark: `is_cached`. */
  async isCached(): Promise<boolean> {
    const { useMemory, useDisk, useOffHeap } = await this.storageLevel();
    return useMemory || useDisk || useOffHeap;
  }

  /**
   * The same rows, written to the server's checkpoint folder and cut off from how they were computed, for plans
   * that grow with every round of a loop. Ends with `release`, with the session, or in a pipeline with its node:
   * a plan over it that runs later fails.
   *
   * Thrown by the server when `spark.checkpoint.dir` is not set.
   *
   * @example await using ranks = await next.checkpoint();
   */
  async checkpoint(options: CheckpointOptions = {}): Promise<DataFrame<R>> {
    return await this.#checkpoint(false, options);
  }

  /** As `checkpoint`, with the rows on the executors only: no folder is needed, and they are lost with an executor. */
  async localCheckpoint(options: LocalCheckpointOptions = {}): Promise<DataFrame<R>> {
    return await this.#checkpoint(true, options);
  }

  /**
   * Gives up what the server keeps for this very DataFrame: the checkpoint that it is, or what `persist` keeps of it.
   * Once is enough.
   */
  async release(): Promise<void> {
    const plan = this.toPlan();
    if (plan.relType.case !== "cachedRemoteRelation") {
      await this.unpersist();
      return;
    }
    if (released.has(plan)) return;
    released.add(plan);
    const value = { relation: plan.relType.value };
    const { client } = this.sparkSession;
    const commandOf = () => ({ case: "removeCachedRemoteRelationCommand", value }) as const;
    await Execution.command(client, plan, commandOf, {}).run();
    currentExecutionScope().onGivenUp?.(plan);
  }

  /** At the end of `await using`: as `release`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
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

  /** The same as `createOrReplaceTempView`. @deprecated since Spark 2.0 */
  async registerTempTable(name: string): Promise<void> {
    await this.createOrReplaceTempView(name);
  }

  async #createView(name: string, isGlobal: boolean, replace: boolean): Promise<void> {
    nameOf("createTempView", name);
    if (isGlobal) currentExecutionScope().onGlobalView?.(name);
    await Execution.command(
      this.sparkSession.client,
      this.toPlan(),
      (input) => ({ case: "createDataframeView", value: { input, name, isGlobal, replace } }),
      {},
    ).run();
  }

  async #checkpoint(local: boolean, options: LocalCheckpointOptions): Promise<DataFrame<R>> {
    const { eager = true, storageLevel, ...action } = namedValues("checkpoint()", options);
    const settings = { local, eager, ...(storageLevel === undefined ? {} : { storageLevel }) };
    const { checkpointId } = await Execution.command(
      this.sparkSession.client,
      this.toPlan(),
      (relation) => ({ case: "checkpointCommand", value: { relation, ...settings } }),
      action,
    ).run();
    if (checkpointId === undefined) {
      throw new SparkwrightError(
        "SPARK_UNEXPECTED_ANSWER",
        "the server did not tell where the checkpoint is",
        {
          hint: "Check that the server is a Spark Connect server of version 4.0 or later.",
        },
      );
    }
    const kept = this.derive<R>({ case: "cachedRemoteRelation", value: { relationId: checkpointId } });
    const release = () => kept.release();
    currentExecutionScope().onKept?.({ key: kept.toPlan(), name: "a checkpoint", release });
    return kept;
  }
}
