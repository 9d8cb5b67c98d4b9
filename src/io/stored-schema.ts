import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { StructType } from "../sql/types/data-type.ts";
import { inOrder } from "./column-order.ts";
import { datasetLabel } from "./dataset-name.ts";
import { storedFrame } from "./load-input.ts";
import { isNotFound, isWithoutColumns } from "./not-found.ts";
import { type Difference, mergedSchema, schemaDifferences } from "./schema-difference.ts";

/** The columns of what is stored already, or `undefined` when nothing is. */
export async function storedSchema(
  session: SparkSession,
  dataset: DatasetConfig,
): Promise<StructType | undefined> {
  try {
    return await (await storedFrame(session, dataset)).schema();
  } catch (error) {
    if (isNotFound(error) || isWithoutColumns(error)) return undefined;
    throw error;
  }
}

/** Rows as they can be stored beside what is there. */
export interface ConformedFrame {
  readonly frame: DataFrame;
  /** Delta's option that lets the columns of the table change, where they do. */
  readonly evolution: Readonly<Record<string, string>>;
}

/** What is known of stored columns beyond their names and types. */
export interface StoredColumns {
  readonly schema: StructType;
  /** Columns whose types are guessed from the names of folders: whole numbers of any size are one type. */
  readonly guessed?: readonly string[];
  /** The columns that may be left out, because Delta makes their values; asked for only if some are left out. */
  readonly made?: () => Promise<readonly string[]>;
}

/**
 * The DataFrame with its columns in the stored order. Spark would fill missing columns with NULL and convert types
 * on the way, rounding decimals; so the columns must be the stored ones, by name and type, or what `schema_evolution`
 * allows: `add` new ones, which rows stored before have as NULL, or `any` when all rows are replaced. So it is with
 * the fields inside of columns.
 *
 * Without `schema_evolution`, `mergeSchema` or `overwriteSchema` among the options leave it to Delta.
 *
 * Thrown with every fault at once: `DATASET_SCHEMA`.
 */
export async function conformed(
  dataset: DatasetConfig,
  frame: DataFrame,
  { schema: stored, guessed = [], made }: StoredColumns,
): Promise<ConformedFrame> {
  const { schemaEvolution, options, mode } = dataset;
  const left =
    schemaEvolution === undefined && (isOn(options, "mergeSchema") || isOn(options, "overwriteSchema"));
  if (left) return { frame, evolution: {} };
  const given = await frame.schema();
  const differences = schemaDifferences(given, stored).filter(
    (one) => !isGuessed(one, guessed, given, stored),
  );
  if (schemaEvolution === "any" && mode === "overwrite") {
    const evolution: ConformedFrame["evolution"] =
      differences.length === 0 ? {} : { overwriteSchema: "true" };
    return { frame, evolution };
  }
  const added = schemaEvolution === "add" ? differences.filter(({ kind }) => kind === "new") : [];
  const omitted = await leftOut(differences, made);
  const faults = [
    ...differences.filter((one) => !added.includes(one) && !omitted.includes(one)).map(({ text }) => text),
    ...(mode === "overwrite" ? [] : added.filter(({ path }) => isRequired(dataset, path))).map(
      ({ path }) =>
        `column '${path.join(".")}' is new and declared not null, but the rows stored before do not have it`,
    ),
  ];
  if (faults.length > 0) throw schemaError(dataset, faults);
  return {
    frame: inOrder(frame, given, mergedSchema(given, stored)),
    evolution: added.length === 0 ? {} : { mergeSchema: "true" },
  };
}

async function leftOut(
  differences: readonly Difference[],
  made: StoredColumns["made"],
): Promise<readonly Difference[]> {
  const missing = differences.filter(({ kind, path }) => kind === "missing" && path.length === 1);
  if (missing.length === 0 || made === undefined) return [];
  const names = new Set((await made()).map((name) => name.toLowerCase()));
  return missing.filter(({ path }) => names.has(path.join(".").toLowerCase()));
}

const wholeNumbers: ReadonlySet<string> = new Set(["byte", "short", "integer", "long"]);

function isGuessed(
  { kind, path }: Difference,
  guessed: readonly string[],
  given: StructType,
  stored: StructType,
): boolean {
  const [name = ""] = path;
  if (kind !== "type" || path.length !== 1) return false;
  if (!guessed.some((one) => one.toLowerCase() === name.toLowerCase())) return false;
  return [given, stored].every(({ fields }) =>
    wholeNumbers.has(
      fields.find((one) => one.name.toLowerCase() === name.toLowerCase())?.dataType.kind ?? "",
    ),
  );
}

function schemaError(dataset: DatasetConfig, faults: readonly string[]): SparkwrightError {
  return new SparkwrightError(
    "DATASET_SCHEMA",
    `${datasetLabel(dataset)} would change its columns: ${faults.join("; ")}`,
    {
      hint:
        "Return the stored columns (select, cast), or allow the change with `schema_evolution` of the dataset:" +
        " `add` for new columns, `any` (mode overwrite) to replace them all.",
      position: dataset.positions?.["schema_evolution"] ?? dataset.position,
      details: { dataset: dataset.name, faults },
    },
  );
}

function isRequired({ schema = [] }: DatasetConfig, path: readonly string[]): boolean {
  const name = path.join(".");
  return schema.some((column) => !column.nullable && column.name.toLowerCase() === name.toLowerCase());
}

function isOn(options: Readonly<Record<string, string>>, name: string): boolean {
  return Object.entries(options).some(
    ([key, value]) => key.toLowerCase() === name.toLowerCase() && value.toLowerCase() === "true",
  );
}
