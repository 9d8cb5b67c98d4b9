import { SparkwrightError } from "../../core/error.ts";
import { suggest } from "../../core/suggestion.ts";
import type { DataType, StructField, StructType } from "../../sql/types/data-type.ts";
import { LongType, TimestampNTZType, TimestampType } from "../../sql/types/data-type.ts";
import type { RequestedFeatures } from "./feature-source.ts";

/** The columns of a join of features, known to exist and to fit. */
export interface FeatureColumns {
  readonly keys: readonly KeyColumns[];
  readonly features: readonly StructField[];
  /** Absent when the latest features are asked for. */
  readonly time?: TimeColumns;
  /** When a row of the source became known, if the source says so. */
  readonly known?: string;
}

export interface KeyColumns {
  readonly spine: string;
  readonly source: string;
  readonly type: DataType;
}

export interface TimeColumns {
  readonly asOf: string;
  readonly known: string;
  /** The type in which both are compared. */
  readonly type: DataType;
}

const integers: ReadonlySet<string> = new Set(["byte", "short", "integer", "long"]);
const moments: ReadonlySet<string> = new Set(["date", "timestamp", "timestampNtz"]);

/** Thrown when a column is missing (`FEATURE_COLUMN`), its type does not fit (`FEATURE_TYPE`), or its name is taken. */
export function featureColumns(
  { dataset, entityKeys, features }: RequestedFeatures,
  spine: StructType,
  source: StructType,
  asOf: string | undefined,
): FeatureColumns {
  const ofSource = `dataset '${dataset.name}'`;
  const ofSpine = "the rows that features are joined to";
  const keys = entityKeys.map((key): KeyColumns => {
    const left = columnOf(spine, key, ofSpine);
    const right = columnOf(source, key, ofSource);
    return { spine: left.name, source: right.name, type: keyType(key, left.dataType, right.dataType) };
  });
  for (const name of spine.names) columnOf(spine, name, ofSpine);
  const found = features.map((feature) => columnOf(source, feature, ofSource));
  const taken = found.find(({ name }) => has(spine, name));
  if (taken !== undefined) {
    throw new SparkwrightError("FEATURE_NAME", `${ofSpine} have a column '${taken.name}' already`, {
      hint: "Rename or drop it before features are joined, or do not ask for this feature.",
      details: { dataset: dataset.name, feature: taken.name },
    });
  }
  const { timestampColumn } = dataset;
  const known = timestampColumn === undefined ? undefined : columnOf(source, timestampColumn, ofSource);
  if (asOf === undefined) return { keys, features: found, ...(known !== undefined && { known: known.name }) };
  if (known === undefined) {
    throw new SparkwrightError("FEATURE_TIME", `${ofSource} does not say when its rows became known`, {
      hint: "Name that column with `timestamp_column` of the dataset, or ask for the latest features, without as_of.",
      position: dataset.position,
    });
  }
  const at = columnOf(spine, asOf, ofSpine);
  const type = timeType(at, known);
  return { keys, features: found, known: known.name, time: { asOf: at.name, known: known.name, type } };
}

function has(schema: StructType, name: string): boolean {
  return schema.names.some((one) => one.toLowerCase() === name.toLowerCase());
}

function columnOf(schema: StructType, name: string, where: string): StructField {
  const found = schema.fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
  const [field] = found;
  if (field !== undefined && found.length === 1) return field;
  const meant = suggest(name, schema.names);
  const what = found.length > 1 ? `has several columns '${name}'` : `has no column '${name}'`;
  throw new SparkwrightError("FEATURE_COLUMN", `${where}: ${what}`, {
    hint: meant === undefined ? `Columns: ${schema.names.join(", ")}.` : `Did you mean '${meant}'?`,
    details: { column: name, columns: schema.names },
  });
}

/** Keys are compared exactly: integers of any width with each other, everything else only with its own type. */
function keyType(key: string, spine: DataType, source: DataType): DataType {
  if (integers.has(spine.kind) && integers.has(source.kind)) return LongType;
  if (spine.simpleString() === source.simpleString()) return spine;
  throw new SparkwrightError(
    "FEATURE_TYPE",
    `the entity key '${key}' is ${spine.simpleString()} on one side and ${source.simpleString()} on the other`,
    { hint: "Cast one of them, so that both have the same type." },
  );
}

/** A DATE counts as its first moment; zones are those of the session. */
function timeType(asOf: StructField, known: StructField): DataType {
  for (const { name, dataType } of [asOf, known]) {
    if (moments.has(dataType.kind)) continue;
    throw new SparkwrightError(
      "FEATURE_TYPE",
      `'${name}' is ${dataType.simpleString()}, and so no point in time`,
      { hint: "Cast it to TIMESTAMP or DATE." },
    );
  }
  const kinds = [asOf.dataType.kind, known.dataType.kind];
  if (kinds[0] === kinds[1]) return asOf.dataType;
  return kinds.includes("timestamp") ? TimestampType : TimestampNTZType;
}
