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

/**
 * The DataFrame with its columns in the stored order. Spark would fill missing columns with NULL and convert types
 * on the way, rounding decimals; so the columns must be the stored ones, by name and type.
 *
 * With `mergeSchema` or `overwriteSchema` among the dataset's options Delta decides instead.
 */
export async function conformed(
  dataset: DatasetConfig,
  frame: DataFrame,
  stored: StructType,
): Promise<DataFrame> {
  if (isTrue(dataset.options, "mergeSchema") || isTrue(dataset.options, "overwriteSchema")) return frame;
  const given = await frame.schema();
  const faults = differences(given, stored);
  if (faults.length > 0) {
    throw new SparkwrightError(
      "DATASET_SCHEMA",
      `${datasetLabel(dataset)} would change its columns: ${faults.join("; ")}`,
      {
        hint:
          "Return the stored columns (select, cast), or allow the change under `options` of the dataset:" +
          " mergeSchema to add columns, overwriteSchema to replace them all.",
        position: dataset.position,
        details: { dataset: dataset.name, faults },
      },
    );
  }
  const sameOrder = given.names.every((name, index) => name === stored.names[index]);
  return sameOrder ? frame : frame.select(...stored.names.map(quoteName));
}

function differences(given: StructType, stored: StructType): string[] {
  const types = (schema: StructType) =>
    new Map(schema.fields.map((field) => [field.name.toLowerCase(), field.dataType.simpleString()]));
  const givenTypes = types(given);
  const storedTypes = types(stored);
  const faults: string[] = [];
  for (const [name, type] of storedTypes) {
    const actual = givenTypes.get(name);
    if (actual === undefined) faults.push(`column '${name}' is missing`);
    else if (actual !== type) faults.push(`column '${name}' is ${actual}, stored as ${type}`);
  }
  for (const name of givenTypes.keys()) {
    if (!storedTypes.has(name)) faults.push(`column '${name}' is new`);
  }
  if (faults.length === 0 && given.names.length !== givenTypes.size)
    faults.push("a column name occurs twice");
  return faults;
}

function isTrue(options: Readonly<Record<string, string>>, name: string): boolean {
  return Object.entries(options).some(
    ([key, value]) => key.toLowerCase() === name.toLowerCase() && value.toLowerCase() === "true",
  );
}
