import { SparkwrightError } from "../core/error.ts";
import { appendAppId, attemptOf, tagText } from "./commit-tag.ts";
import { datasetLabel } from "./dataset-name.ts";
import { windowPredicate } from "./day-window.ts";
import type { DeltaCommit, DeltaStore } from "./delta-store.ts";
import { deltaHistory, deltaStore } from "./delta-store.ts";
import { noWindowColumn } from "./load-input.ts";
import { mergeInto } from "./merge-into.ts";
import { ensureNamespace } from "./namespace.ts";
import { counted } from "./row-count.ts";
import type { SavedDataset, SaveRequest } from "./save-request.ts";
import { unknownMode } from "./save-request.ts";
import { conformed, storedSchema } from "./stored-schema.ts";
import { writeError } from "./write-error.ts";

/** How far back a commit of this run is looked for; others may have written since. */
const historyDepth = 20;

/** Writes into a Delta table. The commit carries the tag, which tells its version afterwards. */
export async function saveDelta(request: SaveRequest): Promise<SavedDataset> {
  const { session, dataset, tag } = request;
  const store = deltaStore(dataset);
  const stored = await storedSchema(session, dataset);
  if (stored !== undefined && dataset.mode === "ignore") return { outcome: "ignored", rows: 0n };
  if (stored !== undefined && dataset.mode === "error") return await foundByError(request, store);
  if (stored === undefined) await ensureNamespace(session, dataset);

  const frame = stored === undefined ? request.frame : await conformed(dataset, request.frame, stored);
  const conforming = { ...request, frame };
  // A new table has no rows to protect from a condition, so Delta would not check it: it begins empty.
  const beginsEmpty = ["append", "merge", "replace_window"].includes(dataset.mode);
  if (stored === undefined && beginsEmpty) {
    await store.create(frame.limit(0), dataset.partitionBy, creationOptions(conforming));
  }
  try {
    if (dataset.mode === "merge") return await mergeInto(conforming, store, historyDepth);
    const rows = await write(conforming, store, stored !== undefined || beginsEmpty);
    return stored === undefined && !beginsEmpty
      ? await creation(conforming, store)
      : await outcomeOf(conforming, store, rows);
  } catch (error) {
    throw writeError(dataset, request.window, tag.node, error);
  }
}

/** Returns the rows counted by the write. */
async function write(request: SaveRequest, store: DeltaStore, exists: boolean): Promise<bigint | undefined> {
  const { dataset, frame, window, tag } = request;
  const { frame: watched, rows } = counted(frame);
  const options = { ...dataset.options, userMetadata: tagText(tag, dataset.name) };
  switch (dataset.mode) {
    case "append":
      await store.append(watched, { ...options, txnAppId: appendAppId(tag, dataset.name), txnVersion: "1" });
      break;
    case "replace_window": {
      const { windowColumn } = dataset;
      if (window === undefined || windowColumn === undefined) throw noWindow(request);
      const columns = await frame.columns();
      if (!columns.some((column) => column.toLowerCase() === windowColumn.toLowerCase())) {
        throw noWindowColumn(dataset, windowColumn, columns);
      }
      await store.overwrite(watched, windowPredicate(windowColumn, window), options);
      break;
    }
    case "overwrite":
    case "error":
    case "ignore":
      if (exists) await store.overwrite(watched, undefined, options);
      else await store.create(watched, dataset.partitionBy, options);
      break;
    default:
      throw unknownMode(dataset);
  }
  return rows();
}

/** A table that was created with its rows: Delta keeps no tag of that, but its first commit can only be this one. */
async function creation(request: SaveRequest, store: DeltaStore): Promise<SavedDataset> {
  const history = await deltaHistory(request.session, store, historyDepth);
  const first = history.find(({ version }) => version === 0n);
  if (first === undefined) throw unknownOutcome(request);
  return { outcome: "written", rows: rowsOf(first), version: 0n };
}

async function outcomeOf(
  request: SaveRequest,
  store: DeltaStore,
  rows: bigint | undefined,
): Promise<SavedDataset> {
  const commit = await commitOfRun(request, store);
  if (commit === undefined) {
    if (rows === undefined) throw unknownOutcome(request);
    return { outcome: "written", rows };
  }
  const { version, attempt } = commit;
  return attempt === request.tag.attempt && rows !== undefined
    ? { outcome: "written", rows, version }
    : { outcome: "already_written", rows: rowsOf(commit), version };
}

function rowsOf({ metrics }: DeltaCommit): bigint {
  return BigInt(metrics.get("numOutputRows") ?? 0);
}

async function commitOfRun(
  { session, dataset, tag }: SaveRequest,
  store: DeltaStore,
): Promise<(DeltaCommit & { readonly attempt: number }) | undefined> {
  for (const commit of await deltaHistory(session, store, historyDepth)) {
    const attempt = attemptOf(commit.userMetadata, tag, dataset.name);
    if (attempt !== undefined) return { ...commit, attempt };
  }
  return undefined;
}

/** Mode `error`, and there is a table: fine if an earlier attempt of this run made it, else the error asked for. */
async function foundByError(request: SaveRequest, store: DeltaStore): Promise<SavedDataset> {
  const { dataset, tag } = request;
  const commit = tag.attempt > 1 ? await commitOfRun(request, store) : undefined;
  if (commit !== undefined) {
    return { outcome: "already_written", rows: rowsOf(commit), version: commit.version };
  }
  throw new SparkwrightError(
    "DATASET_EXISTS",
    `${datasetLabel(dataset)} exists already, and its mode is error`,
    {
      hint: "Remove it, or choose another `mode`: overwrite, append, ignore, merge or replace_window.",
      position: dataset.position,
    },
  );
}

function creationOptions({ dataset }: SaveRequest): Readonly<Record<string, string>> {
  return { ...dataset.options, userMetadata: JSON.stringify({ sparkwright: { created: dataset.name } }) };
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

function unknownOutcome({ dataset }: SaveRequest): SparkwrightError {
  return new SparkwrightError(
    "DATASET_OUTCOME_UNKNOWN",
    `${datasetLabel(dataset)}: the write ended without an error, but no commit of it is among the last ${historyDepth}`,
    { hint: "Look at DESCRIBE HISTORY of the table before the node runs again." },
  );
}
