import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { formatPolicy } from "../formats/format-policy.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { lit } from "../sql/functions/call.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { type StructField, StructType } from "../sql/types/data-type.ts";
import { type FindDataSource, readSource, registeredDataSource } from "./data-source.ts";
import { datasetLabel } from "./dataset-name.ts";
import type { DayWindow } from "./day-window.ts";
import { windowPredicate } from "./day-window.ts";
import { declaredDdl, declaredFrame, parseDeclared } from "./declared-schema.ts";
import { missingFormat } from "./missing-format.ts";
import { isWithoutColumns } from "./not-found.ts";
import { withoutSecrets } from "./option-secrets.ts";
import { readError } from "./read-error.ts";
import { readOptions } from "./read-options.ts";
import { foldersBelow } from "./same-place.ts";

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
  const told = (error: unknown) =>
    withoutSecrets(dataset, missingFormat(dataset, readError(session.client.endpoint, dataset, error)));
  const read = async () => {
    const frame = await readFrame(session, dataset, window, findSource);
    return { frame, columns: await frame.columns() };
  };
  const { frame, columns } = await read().catch((error: unknown) => {
    throw told(error);
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
  if (source === undefined) return await storedFrame(session, dataset);
  const frame = await readSource(await findSource(source), { session, dataset, options, window });
  return await declaredFrame(session, dataset, frame);
}

/** The dataset as it is stored, whole. Rejects with Spark's error when it does not exist, or only the rows do. */
export async function storedFrame(session: SparkSession, dataset: DatasetConfig): Promise<DataFrame> {
  const { location, format, options, schema } = dataset;
  const declared = schema !== undefined && formatPolicy(format)?.schemaOnRead === "declared";
  const plain = session.read.options(readOptions(dataset)).options(options);
  if (location.kind === "table") {
    // Of other tables than Delta's, a session remembers the files, also when another one has written since.
    if (format !== "delta") await session.catalog.refreshTable(location.table);
    return plain.table(location.table);
  }
  const reader = (declared ? plain.schema(declaredDdl(schema)) : plain).format(format);
  if (location.kind === "options") return reader.load();
  const frame = reader.load(location.path);
  if (declared || format === "delta") return frame;
  if (schema !== undefined) {
    return await withDeclaredPartitions(
      frame,
      await parseDeclared(session, dataset, schema),
      location.path,
      (columns) => reader.schema(columns.toDDL()).load(location.path),
    );
  }
  // The first file says what the columns are, and Spark takes those of the others by position.
  const isStrict = format === "csv" && hasHeader(dataset) && (await frame.columns()).every(isWritten);
  return isStrict ? reader.option("enforceSchema", "false").options(options).load(location.path) : frame;
}

/** Spark names columns without a name or with that of another one by their place. */
function isWritten(name: string, index: number): boolean {
  return !name.endsWith(String(index));
}

function hasHeader({ options }: DatasetConfig): boolean {
  return Object.entries(options).some(
    ([key, value]) => key.toLowerCase() === "header" && value.toLowerCase() === "true",
  );
}

/**
 * Files with the declared types of those columns whose values are the names of folders: Spark guesses these, and makes
 * the number 1234 of the text 01234.
 */
async function withDeclaredPartitions(
  frame: DataFrame,
  declared: StructType,
  path: string,
  load: (columns: StructType) => DataFrame,
): Promise<DataFrame> {
  const stored = await frame.schema().catch((error: unknown) => {
    if (isWithoutColumns(error)) return undefined;
    throw error;
  });
  if (stored === undefined) return load(declared);
  const key = ({ name }: StructField) => name.toLowerCase();
  const types = new Map(declared.fields.map((field) => [key(field), field]));
  const names = new Set(stored.fields.map(key));
  const differs = (field: StructField) => {
    const type = types.get(key(field))?.dataType;
    return type !== undefined && type.simpleString() !== field.dataType.simpleString();
  };
  const absent = declared.fields.filter((field) => !names.has(key(field)));
  if (!stored.fields.some(differs) && absent.length === 0) return frame;
  const [file] = await frame.inputFiles();
  const folders = new Set(
    (file === undefined ? [] : foldersBelow(path, file)).map((name) => name.toLowerCase()),
  );
  const isTyped = (field: StructField) => folders.has(key(field)) && differs(field);
  const typed = stored.fields.some(isTyped)
    ? load(
        new StructType(
          stored.fields.map((field) => (isTyped(field) ? (types.get(key(field)) ?? field) : field)),
        ),
      )
    : frame;
  // Where there are no rows, there are no folders.
  const isEmpty = file === undefined || (folders.size === 0 && absent.length > 0 && (await frame.isEmpty()));
  return isEmpty
    ? absent.reduce(
        (rows, { name, dataType }) => rows.withColumn(name, lit(null).cast(dataType.simpleString())),
        typed,
      )
    : typed;
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
