import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SaveMode } from "../sql/save-mode.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { alreadyExists, isAlreadyThere } from "./already-exists.ts";
import { csvWriteOptions } from "./csv-options.ts";
import { datasetLabel } from "./dataset-name.ts";
import { wholeOverwrite } from "./delta-store.ts";
import { ensureNamespace } from "./namespace.ts";
import { isNotFound, isWithoutColumns } from "./not-found.ts";
import { counted } from "./row-count.ts";
import { samePlace } from "./same-place.ts";
import type { SavedDataset, SaveRequest, WriteTarget } from "./save-request.ts";
import { committing, unknownMode } from "./save-request.ts";
import { changesLayout } from "./stored-layout.ts";
import { conformed, storedSchema } from "./stored-schema.ts";

const modes: Readonly<Record<string, SaveMode>> = {
  overwrite: "overwrite",
  append: "append",
  error: "error",
  ignore: "ignore",
};

/** Formats whose files say what is in them, so that new rows can be compared with what is there. */
const selfDescribing = new Set(["parquet", "orc", "avro"]);

const exactTimes = {
  timestampFormat: "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
  timestampNTZFormat: "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
};

/** What a write says unless the dataset does: Spark would cut off microseconds, and drop a table of another database. */
const ownOptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  json: exactTimes,
  csv: exactTimes,
  jdbc: { truncate: "true" },
};

/** Anything but Delta as the target of a write, by Spark's own write modes. */
export async function fileTarget(request: SaveRequest): Promise<SavedDataset | WriteTarget> {
  const { session, dataset } = request;
  const { location, mode, schemaEvolution } = dataset;
  const asked = modes[mode];
  if (asked === undefined) throw unknownMode(dataset);
  // For Spark, a folder that a failed write left without files is something that exists.
  const isLeft = (asked === "ignore" || asked === "error") && (await isEmptyFolder(session, dataset));
  const saveMode = isLeft ? "overwrite" : asked;
  const isTable = location.kind === "table";

  let frame = request.frame;
  const comparable = isTable || selfDescribing.has(dataset.format);
  const compared = mode === "append" || (mode === "overwrite" && schemaEvolution !== undefined);
  const isAsked = saveMode === "ignore" && location.kind !== "options";
  if (isAsked || (compared && comparable)) {
    const stored = await storedSchema(session, dataset);
    if (stored !== undefined && isAsked) return { outcome: "ignored", rows: 0n };
    // The values of partitions are in the names of folders, and have whatever type is guessed from there.
    const guessed = isTable || dataset.schema !== undefined ? [] : dataset.partitionBy;
    if (stored !== undefined) ({ frame } = await conformed(dataset, frame, { schema: stored, guessed }));
  }
  if (mode === "overwrite" || mode === "append") await keepLayout(session, dataset);
  if (location.kind === "path" && mode === "overwrite") await refuseOwnInput(request, location.path);
  return {
    frame,
    write: async (rows, known) => {
      if (isTable) await ensureNamespace(session, dataset);
      const { frame: watched, rows: count } = counted(rows);
      try {
        await committing(request, () => save(request, watched, saveMode));
      } catch (error) {
        throw mode === "error" && isAlreadyThere(error) ? alreadyExists(dataset, error) : error;
      }
      // Spark reads no row of what it leaves as it was.
      const ignored = saveMode === "ignore" && count() === undefined;
      return { outcome: ignored ? "ignored" : "written", rows: count() ?? known ?? 0n };
    },
  };
}

/** Whether there is a folder at the dataset's path, and no file in it. */
async function isEmptyFolder(session: SparkSession, { location }: DatasetConfig): Promise<boolean> {
  if (location.kind !== "path") return false;
  try {
    // This format takes any file.
    return (
      (
        await session.read
          .format("binaryFile")
          .option("recursiveFileLookup", "true")
          .load(location.path)
          .inputFiles()
      ).length === 0
    );
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Thrown when rows would lie otherwise than those that are stored, if any are. */
async function keepLayout(session: SparkSession, dataset: DatasetConfig): Promise<void> {
  try {
    await changesLayout(session, dataset);
  } catch (error) {
    if (isNotFound(error) || isWithoutColumns(error)) return;
    throw error;
  }
}

async function save({ dataset }: SaveRequest, frame: DataFrame, mode: SaveMode): Promise<void> {
  const { location, format, options, partitionBy } = dataset;
  const writer = frame.write
    .format(format)
    .mode(mode)
    .options(ownOptions[format] ?? {})
    .options(format === "csv" ? csvWriteOptions(dataset, await frame.columns()) : {})
    .options(options)
    .options(wholeOverwrite)
    .partitionBy(...partitionBy);
  if (location.kind === "table") await writer.saveAsTable(location.table);
  else await writer.save(location.kind === "path" ? location.path : undefined);
}

/** Spark deletes the files at the path first, and only then reads its input. */
async function refuseOwnInput({ dataset, frame }: SaveRequest, path: string): Promise<void> {
  const own = (await frame.inputFiles()).find((file) => samePlace(file, path));
  if (own === undefined) return;
  throw new SparkwrightError(
    "DATASET_OVERWRITES_INPUT",
    `${datasetLabel(dataset)} would be overwritten while it is read (${own}); nothing was written`,
    { hint: "Write to another dataset, or use `format: delta`, which can replace what it reads." },
  );
}
