import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { windowFault } from "../formats/window-fault.ts";
import { type StructField, StructType } from "../sql/types/data-type.ts";
import { alreadyExists } from "./already-exists.ts";
import type { Standing, Undone } from "./commit-fate.ts";
import { type CommitTag, tagText, transactionId } from "./commit-tag.ts";
import { datasetLabel } from "./dataset-name.ts";
import { windowPredicate } from "./day-window.ts";
import { currentVersion, findCommit } from "./delta-history.ts";
import { madeColumns } from "./delta-made-columns.ts";
import { deltaStore } from "./delta-store.ts";
import { noWindowColumn } from "./load-input.ts";
import { mergeInto } from "./merge-into.ts";
import { ensureNamespace } from "./namespace.ts";
import { damaged, isOnceOnly, outputFate } from "./output-fate.ts";
import { guardedTexts } from "./partition-columns.ts";
import { counted } from "./row-count.ts";
import type { SavedDataset, SaveRequest, WriteTarget } from "./save-request.ts";
import { committing, unknownMode } from "./save-request.ts";
import { changesLayout } from "./stored-layout.ts";
import { conformed, storedSchema } from "./stored-schema.ts";
import { inTaggedSession } from "./tagged-session.ts";
import { writeError } from "./write-error.ts";

/** A Delta table as the target of a write. The commit will carry the tag, by which it is found again. */
export async function deltaTarget(asked: SaveRequest): Promise<SavedDataset | WriteTarget> {
  const { session, dataset } = asked;
  const stored = await storedSchema(session, dataset);
  const earlier = stored === undefined ? undefined : await earlierAttempt(asked);
  if (earlier?.kind === "stands") {
    const { rows, version } = earlier.commit;
    return { outcome: "already_written", rows, version };
  }
  if (stored !== undefined && (dataset.mode === "ignore" || dataset.mode === "error")) {
    return await existing(asked);
  }
  const tag = { ...asked.tag, ...tagged(asked), redoOf: earlier?.commit.version };
  const request = { ...asked, tag };
  const { frame, evolution } =
    stored === undefined
      ? { frame: request.frame, evolution: {} }
      : await conformed(dataset, request.frame, {
          schema: stored,
          made: () => madeColumns(session, dataset),
        });
  const isMoved = stored !== undefined && (await changesLayout(session, dataset));
  if (dataset.mode === "replace_window") {
    await refuseMissingWindow(request);
    await refuseOpenWindow(request);
  }
  return {
    frame,
    write: async (rows) => {
      const options = { ...dataset.options, ...evolution };
      const schema = dataset.partitionBy.length === 0 ? new StructType([]) : await rows.schema();
      const guarded = guardedTexts(dataset, schema, rows);
      const write: DeltaWrite = { ...request, frame: guarded, options, isMoved };
      try {
        if (stored === undefined) await ensureNamespace(session, dataset);
        const exists = stored !== undefined || (await createdEmpty(write));
        return await outcomeOf(write, await commitRows(write, exists));
      } catch (error) {
        if (stored === undefined && isAlreadyThere(error)) throw createdMeanwhile(dataset, error);
        throw writeError(dataset, request.window, tag.node, error);
      }
    },
  };
}

interface DeltaWrite extends SaveRequest {
  readonly options: Readonly<Record<string, string>>;
  /** Whether the rows get other partitions. */
  readonly isMoved: boolean;
}

/** A new table has no rows to protect from a condition, so Delta would not check it: such a table begins empty. */
async function createdEmpty(request: DeltaWrite): Promise<boolean> {
  const { dataset, frame } = request;
  if (!["append", "merge", "replace_window"].includes(dataset.mode)) return false;
  const userMetadata = JSON.stringify({ sparkwright: { created: dataset.name } });
  const options = { ...request.options, userMetadata };
  await committing(request, () => deltaStore(dataset).create(frame.limit(0), dataset.partitionBy, options));
  return true;
}

/**
 * Returns the rows counted by the write; `undefined` when Delta did not tell, or skipped it as one that this run has
 * made already.
 */
async function commitRows(request: DeltaWrite, exists: boolean): Promise<bigint | undefined> {
  const { dataset, tag } = request;
  const store = deltaStore(dataset);
  const { frame, rows } = counted(request.frame);
  const options = { ...request.options, userMetadata: tagText(tag, dataset.name) };
  switch (dataset.mode) {
    case "append": {
      const txn = { txnAppId: transactionId(tag, dataset.name), txnVersion: "1" };
      await committing(request, () => store.append(frame, { ...options, ...txn }));
      return rows();
    }
    case "merge":
      return await inTaggedSession(request, (session, source) =>
        committing(request, () =>
          mergeInto(request, session, source, request.options["mergeSchema"] === "true"),
        ),
      );
    case "replace_window":
      await committing(request, () => store.overwrite(frame, windowCondition(request), options));
      return rows();
    case "overwrite":
    case "error":
    case "ignore":
      if (request.isMoved)
        await committing(request, () => store.rearrange(frame, dataset.partitionBy, options));
      else if (exists) await committing(request, () => store.overwrite(frame, undefined, options));
      else {
        // Spark hands Delta no options of the write that creates a table of the catalog.
        await inTaggedSession({ ...request, frame }, (_session, tagged) =>
          committing(request, () => store.create(tagged, dataset.partitionBy, options)),
        );
      }
      return rows();
    default:
      throw unknownMode(dataset);
  }
}

async function outcomeOf(request: SaveRequest, rows: bigint | undefined): Promise<SavedDataset> {
  const { session, dataset, tag } = request;
  const commit = await findCommit(session, dataset, tag);
  if (commit === undefined) {
    if (rows === undefined) throw unknownOutcome(request);
    return { outcome: "written", rows };
  }
  const { version, attempt } = commit;
  return attempt === tag.attempt
    ? { outcome: "written", rows: rows ?? commit.rows, version }
    : { outcome: "already_written", rows: commit.rows, version };
}

/**
 * What an earlier attempt has left of a write that the run must not make twice: it stands, or it was undone, so that it
 * has to be made again.
 *
 * Thrown when that cannot be told: `DATASET_WRITE_DAMAGED`.
 */
async function earlierAttempt({
  session,
  dataset,
  tag,
  sinceMs,
}: SaveRequest): Promise<Standing | Undone | undefined> {
  if (tag.attempt === 1 || !isOnceOnly(dataset)) return undefined;
  const fate = await outputFate(session, dataset, { runId: tag.runId, node: tag.node, sinceMs });
  if (fate.kind === "stands" || fate.kind === "undone") return fate;
  if (fate.kind === "damaged") throw damaged(dataset, fate.commit.version, fate.by);
  return undefined;
}

/** What the commit says of itself, by which a later resume judges it. */
function tagged({ dataset, window }: SaveRequest): Pick<CommitTag, "mode" | "replaces"> {
  const { mode, windowColumn: column } = dataset;
  const replaces =
    mode === "replace_window" && column !== undefined && window !== undefined
      ? { column, startDate: window.startDate, endDate: window.endDate }
      : undefined;
  return { mode, replaces };
}

/** Mode `error` or `ignore`, and there is a table that is not the run's. */
async function existing({ session, dataset }: SaveRequest): Promise<SavedDataset> {
  if (dataset.mode === "ignore") {
    const found = await currentVersion(session, dataset);
    return { outcome: "ignored", rows: 0n, ...(found !== undefined && { version: found.version }) };
  }
  throw alreadyExists(dataset);
}

async function refuseMissingWindow(request: SaveRequest): Promise<void> {
  const { dataset, frame } = request;
  windowCondition(request);
  const { windowColumn = "" } = dataset;
  const { fields, names } = await frame.schema();
  const field = fields.find(({ name }) => name.toLowerCase() === windowColumn.toLowerCase());
  if (field === undefined) throw noWindowColumn(dataset, windowColumn, names);
  refuseWindowType(dataset, field);
}

const windowCheck = "spark.databricks.delta.replaceWhere.constraintCheck.enabled";

/** Without its check, Delta adds rows outside of the window beside those that are there. */
async function refuseOpenWindow({ session, dataset }: SaveRequest): Promise<void> {
  if ((await session.conf.get(windowCheck, "true")).toLowerCase() !== "false") return;
  throw new SparkwrightError(
    "DATASET_WINDOW_UNCHECKED",
    `${datasetLabel(dataset)}: ${windowCheck} is false, so Delta would store rows outside of the window; nothing was written`,
    {
      hint: "Remove the setting from `spark.conf`, or set it to true.",
      position: dataset.positions?.["mode"] ?? dataset.position,
      details: { dataset: dataset.name, setting: windowCheck },
    },
  );
}

function refuseWindowType(dataset: DatasetConfig, { name, dataType }: StructField): void {
  const type = dataType.simpleString();
  const fault = windowFault({ name, type });
  if (fault === undefined) return;
  throw new SparkwrightError(
    "DATASET_WINDOW_COLUMN",
    `${datasetLabel(dataset)}: ${fault.why}; nothing was written`,
    {
      hint: fault.hint,
      position: dataset.positions?.["window_column"] ?? dataset.position,
      details: { dataset: dataset.name, windowColumn: name, type },
    },
  );
}

function windowCondition(request: SaveRequest): string {
  const { window, dataset } = request;
  if (window === undefined || dataset.windowColumn === undefined) throw noWindow(request);
  return windowPredicate(dataset.windowColumn, window);
}

function noWindow({ dataset }: SaveRequest): SparkwrightError {
  const missing =
    dataset.windowColumn === undefined ? "it declares no window_column" : "the run has no window";
  return new SparkwrightError(
    "DATASET_NO_WINDOW",
    `${datasetLabel(dataset)} has mode replace_window, but ${missing}`,
    {
      hint: "Declare window_column, and give --start-date and --end-date, or start_date and end_date of the pipeline.",
      position: dataset.position,
    },
  );
}

function isAlreadyThere(error: unknown): boolean {
  const codes = [
    "SPARK_TABLE_OR_VIEW_ALREADY_EXISTS",
    "SPARK_DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION",
    "SPARK_DELTA_PATH_EXISTS",
    "SPARK_DELTA_TABLE_ALREADY_EXISTS",
  ];
  return error instanceof SparkwrightError && codes.includes(error.code);
}

/** Nothing was written; a second attempt finds the table and compares its columns. */
function createdMeanwhile(dataset: DatasetConfig, cause: unknown): SparkwrightError {
  return new SparkwrightError(
    "DATASET_CREATED_MEANWHILE",
    `${datasetLabel(dataset)} was created by another writer at the same moment; nothing was written`,
    {
      hint:
        "Run the node again; with retries it is done without asking. If that goes on, a writer failed while it made" +
        " the table: remove the folder that the cause names.",
      cause,
    },
  );
}

function unknownOutcome({ dataset }: SaveRequest): SparkwrightError {
  return new SparkwrightError(
    "DATASET_OUTCOME_UNKNOWN",
    `${datasetLabel(dataset)}: the write ended without an error, but no commit of it is in the table's history`,
    { hint: "Look at DESCRIBE HISTORY of the table before the node runs again." },
  );
}
