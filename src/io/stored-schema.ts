import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { StructType } from "../sql/types/data-type.ts";
import { quoteName } from "../sql/types/data-type.ts";
import { datasetLabel } from "./dataset-name.ts";
import { storedFrame } from "./load-input.ts";
import { isNotFound } from "./not-found.ts";

/** The columns of what is stored already, or `undefined` when nothing is. */
export async function storedSchema(
  session: SparkSession,
  dataset: DatasetConfig,
): Promise<StructType | undefined> {
  try {
    return await storedFrame(session, dataset).schema();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Rows as they can be stored beside what is there. */
export interface ConformedFrame {
  readonly frame: DataFrame;
  /** Delta's option that lets the columns of the table change, where they do. */
  readonly evolution: Readonly<Record<string, string>>;
}

/**
 * The DataFrame with its columns in the stored order. Spark would fill missing columns with NULL and convert types
 * on the way, rounding decimals; so the columns must be the stored ones, by name and type, or what `schema_evolution`
 * allows: `add` new ones, which rows stored before have as NULL, or `any` when all rows are replaced.
 *
 * Without `schema_evolution`, `mergeSchema` or `overwriteSchema` among the options leave it to Delta.
 *
 * Thrown with every fault at once: `DATASET_SCHEMA`.
 */
export async function conformed(
  dataset: DatasetConfig,
  frame: DataFrame,
  stored: StructType,
  exempt: readonly string[] = [],
): Promise<ConformedFrame> {
  const { schemaEvolution, options } = dataset;
  const left =
    schemaEvolution === undefined && (isOn(options, "mergeSchema") || isOn(options, "overwriteSchema"));
  if (left) return { frame, evolution: {} };
  const given = await frame.schema();
  const differences = differencesOf(given, stored, exempt);
  if (schemaEvolution === "any" && dataset.mode === "overwrite") {
    return { frame, evolution: differences.length === 0 ? {} : { overwriteSchema: "true" } };
  }
  const added = schemaEvolution === "add" ? differences.filter(({ kind }) => kind === "new") : [];
  const faults = [
    ...differences.filter((one) => !added.includes(one)).map(({ text }) => text),
    ...(dataset.mode === "overwrite" ? [] : added.filter(({ name }) => isRequired(dataset, name))).map(
      ({ name }) =>
        `column '${name}' is new and declared not null, but the rows stored before do not have it`,
    ),
  ];
  if (faults.length > 0) throw schemaError(dataset, faults);
  const names = [...stored.names, ...added.map(({ name }) => name)];
  const sameOrder = given.names.every((name, index) => name === names[index]);
  return {
    frame: sameOrder ? frame : frame.select(...names.map(quoteName)),
    evolution: added.length === 0 ? {} : { mergeSchema: "true" },
  };
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

interface Difference {
  readonly kind: "missing" | "type" | "new" | "twice";
  readonly name: string;
  readonly text: string;
}

/** Without the types of `exempt` columns, which are not stored with the data. */
function differencesOf(given: StructType, stored: StructType, exempt: readonly string[]): Difference[] {
  const untyped = new Set(exempt.map((name) => name.toLowerCase()));
  const byName = (schema: StructType) => new Map(schema.fields.map((one) => [one.name.toLowerCase(), one]));
  const givenFields = byName(given);
  const storedFields = byName(stored);
  const found: Difference[] = [];
  for (const [key, { name, dataType }] of storedFields) {
    const actual = givenFields.get(key)?.dataType.simpleString();
    if (actual === undefined) found.push({ kind: "missing", name, text: `column '${name}' is missing` });
    else if (!untyped.has(key) && actual !== dataType.simpleString()) {
      const text = `column '${name}' is ${actual}, stored as ${dataType.simpleString()}`;
      found.push({ kind: "type", name, text });
    }
  }
  for (const [key, { name }] of givenFields) {
    if (!storedFields.has(key)) found.push({ kind: "new", name, text: `column '${name}' is new` });
  }
  if (given.names.length !== givenFields.size) {
    found.push({ kind: "twice", name: "", text: "a column name occurs twice" });
  }
  return found;
}

function isRequired({ schema = [] }: DatasetConfig, name: string): boolean {
  return schema.some((column) => !column.nullable && column.name.toLowerCase() === name.toLowerCase());
}

function isOn(options: Readonly<Record<string, string>>, name: string): boolean {
  return Object.entries(options).some(
    ([key, value]) => key.toLowerCase() === name.toLowerCase() && value.toLowerCase() === "true",
  );
}
