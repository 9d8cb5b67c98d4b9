import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { Timestamp } from "../sql/index.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { ownTag } from "./commit-tag.ts";
import { type FindDataSource, registeredDataSource } from "./data-source.ts";
import { deltaStore } from "./delta-store.ts";
import { isMaintenance } from "./maintenance.ts";
import { isNotFound } from "./not-found.ts";

export interface DeltaCommit {
  readonly version: bigint;
  /** When it was made by the clock of its writer. */
  readonly committedAt: Timestamp;
  readonly operation: string;
  readonly parameters: ReadonlyMap<string, string | null>;
  readonly userMetadata: unknown;
  readonly metrics: ReadonlyMap<string, string>;
}

/** Whose commit is looked for. */
export interface CommitQuery {
  readonly runId: string;
  readonly node: string;
  /** When the run began, milliseconds since 1970: commits from more than an hour before it are not looked at. */
  readonly sinceMs?: number | undefined;
}

/** What a node of a run has committed to a Delta table. */
export interface FoundCommit {
  /** The attempt that made it. */
  readonly attempt: number;
  readonly version: bigint;
  readonly rows: bigint;
}

/** Servers and clients have clocks of their own, microseconds. */
export const clockSkewMicros = 3_600_000_000n;
export const firstLook = 20;
export const growth = 10;

/**
 * The latest commit that the node's output to the dataset made in the run, by the tag that it carries: further and
 * further back, until the run's beginning or that of the table's history.
 *
 * `undefined` when there is none, no such table, or the dataset is not Delta.
 */
export async function findCommit(
  session: SparkSession,
  dataset: DatasetConfig,
  query: CommitQuery,
): Promise<FoundCommit | undefined> {
  if (dataset.format !== "delta" || dataset.source !== undefined) return undefined;
  const beginning = query.sinceMs === undefined ? undefined : BigInt(Math.floor(query.sinceMs)) * 1_000n;
  for (let limit = firstLook; ; limit *= growth) {
    const commits = await deltaHistory(session, dataset, limit);
    for (const commit of commits) {
      const tag = ownTag(commit.userMetadata, query, dataset.name);
      if (tag !== undefined) return { attempt: tag.attempt, version: commit.version, rows: rowsOf(commit) };
    }
    const oldest = commits.at(-1);
    if (oldest === undefined || commits.length < limit) return undefined;
    if (beginning !== undefined && oldest.committedAt.epochMicros < beginning - clockSkewMicros)
      return undefined;
  }
}

/** A version of a dataset. A table that was dropped and made anew has the same versions at other times. */
export interface DatasetVersion {
  readonly version: bigint;
  /** Of a Delta table: when it was committed, ISO 8601 in UTC. */
  readonly committedAt?: string;
}

/** The version of a dataset: of a Delta table, or as its data source says; `undefined` when it has none. */
export async function currentVersion(
  session: SparkSession,
  dataset: DatasetConfig,
  findSource: FindDataSource = registeredDataSource,
): Promise<DatasetVersion | undefined> {
  const { source, options } = dataset;
  if (source !== undefined) {
    const version = await (await findSource(source)).version?.({
      session,
      dataset,
      options,
      window: undefined,
    });
    return version === undefined ? undefined : { version };
  }
  if (dataset.format !== "delta") return undefined;
  const [latest] = await deltaHistory(session, dataset, 1);
  return latest && versionOf(latest);
}

/**
 * The version of a dataset, as `currentVersion` tells it, and those before it with the same rows: after them the table was
 * only tidied up, by OPTIMIZE for example. None when it has no versions.
 */
export async function versionsOfSameRows(
  session: SparkSession,
  dataset: DatasetConfig,
  findSource?: FindDataSource,
): Promise<readonly DatasetVersion[]> {
  if (dataset.source !== undefined || dataset.format !== "delta") {
    const version = await currentVersion(session, dataset, findSource);
    return version === undefined ? [] : [version];
  }
  const history = await deltaHistory(session, dataset, firstLook);
  const end = history.findIndex(({ operation }) => !isMaintenance(operation));
  return history.slice(0, end === -1 ? 1 : end + 1).map(versionOf);
}

function versionOf({ version, committedAt }: DeltaCommit): DatasetVersion {
  return { version, committedAt: committedAt.toString() };
}

/** The latest commits, newest first; none when there is no table. */
export async function deltaHistory(
  session: SparkSession,
  dataset: DatasetConfig,
  limit: number,
): Promise<readonly DeltaCommit[]> {
  try {
    const history = await session.sql(`DESCRIBE HISTORY ${deltaStore(dataset).sqlName} LIMIT ${limit}`);
    return (await history.collect()).map(commitOf);
  } catch (error) {
    if (isNotFound(error) || isNotDelta(error)) return [];
    throw error;
  }
}

function commitOf(facts: Readonly<Record<string, unknown>>): DeltaCommit {
  return {
    version: facts["version"] as bigint,
    committedAt: facts["timestamp"] as Timestamp,
    operation: String(facts["operation"]),
    parameters: (facts["operationParameters"] ?? new Map()) as ReadonlyMap<string, string | null>,
    userMetadata: facts["userMetadata"],
    metrics: (facts["operationMetrics"] ?? new Map()) as ReadonlyMap<string, string>,
  };
}

/** The rows that a commit wrote: of a merge those updated and inserted, without those copied beside them. */
export function rowsOf({ operation, metrics }: DeltaCommit): bigint {
  const count = (name: string) => BigInt(metrics.get(name) ?? 0);
  return operation === "MERGE"
    ? count("numTargetRowsUpdated") + count("numTargetRowsInserted")
    : count("numOutputRows");
}

/** So Delta says of a path where nothing is, too. */
function isNotDelta(error: unknown): boolean {
  return error instanceof SparkwrightError && error.code === "SPARK_DELTA_TABLE_ONLY_OPERATION";
}
