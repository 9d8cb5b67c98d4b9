import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { formatPolicy } from "../formats/format-policy.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { csvReadOptions } from "./csv-options.ts";
import { type FindDataSource, readSource, registeredDataSource } from "./data-source.ts";
import { datasetLabel } from "./dataset-name.ts";
import type { DayWindow } from "./day-window.ts";
import { windowPredicate } from "./day-window.ts";
import { declaredDdl, declaredFrame } from "./declared-schema.ts";
import { missingFormat } from "./missing-format.ts";
import { withoutSecrets } from "./option-secrets.ts";
import { readError } from "./read-error.ts";

/**
 * A stored dataset as a DataFrame, filtered to `window` if there is one and the dataset has a window column.
 *
 * Thrown when the server finds nothing there (`DATASET_NOT_FOUND`) or the window column is missing
 * (`DATASET_NO_WINDOW_COLUMN`); so the reader is told, and not the code that uses the rows later.
 */
export async function loadInput(
  session: SparkSession,
  dataset: DatasetConfig,
  window: DayWindow | undefined,
  findSource: FindDataSource = registeredDataSource,
): Promise<DataFrame> {
  const frame = await readFrame(session, dataset, window, findSource);
  const columns = await frame.columns().catch((error: unknown) => {
    const known = missingFormat(dataset, readError(session.client.endpoint, dataset, error));
    throw withoutSecrets(dataset, known);
  });
  const { windowColumn } = dataset;
  if (window === undefined || windowColumn === undefined) return frame;
  if (columns.some((column) => column.toLowerCase() === windowColumn.toLowerCase())) {
    return frame.where(windowPredicate(windowColumn, window));
  }
  throw noWindowColumn(dataset, windowColumn, columns);
}

async function readFrame(
  session: SparkSession,
  dataset: DatasetConfig,
  window: DayWindow | undefined,
  findSource: FindDataSource,
): Promise<DataFrame> {
  const { source, options } = dataset;
  if (source === undefined) return storedFrame(session, dataset);
  const frame = await readSource(await findSource(source), { session, dataset, options, window });
  return await declaredFrame(session, dataset, frame);
}

/** The dataset as it is stored, whole; nobody is asked whether it exists. */
export function storedFrame(session: SparkSession, dataset: DatasetConfig): DataFrame {
  const { location, format, options, schema } = dataset;
  const declared = schema !== undefined && formatPolicy(format)?.schemaOnRead === "declared";
  const plain = session.read.options(format === "csv" ? csvReadOptions(dataset) : {}).options(options);
  if (location.kind === "table") return plain.table(location.table);
  const reader = declared ? plain.schema(declaredDdl(schema)) : plain;
  return location.kind === "path" ? reader.format(format).load(location.path) : reader.format(format).load();
}

export function noWindowColumn(
  dataset: DatasetConfig,
  windowColumn: string,
  columns: readonly string[],
): SparkwrightError {
  const meant = suggest(windowColumn, columns);
  return new SparkwrightError(
    "DATASET_NO_WINDOW_COLUMN",
    `${datasetLabel(dataset)} has no column '${windowColumn}', which it declares as window_column`,
    {
      hint: meant === undefined ? `Its columns: ${columns.join(", ")}.` : `Did you mean '${meant}'?`,
      details: { dataset: dataset.name, windowColumn, columns },
    },
  );
}
