import type { DatasetConfig, SchemaColumn } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { type DataType, quoteName, StructField, StructType } from "../sql/types/data-type.ts";
import { inOrder } from "./column-order.ts";
import { datasetLabel } from "./dataset-name.ts";
import { mergedSchema, schemaDifferences } from "./schema-difference.ts";

/** The columns that a dataset declares, as DDL; NOT NULL is for the checks, not for those who read it. */
export function declaredDdl(columns: readonly SchemaColumn[]): string {
  return columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(", ");
}

/**
 * The rows with exactly the declared columns, in declared order and under their declared names.
 *
 * Thrown when columns are missing, extra or of another type, with every fault at once: `DATASET_SCHEMA`; when a
 * declared type is none: `DATASET_TYPE`. NULLs are found by the checks.
 */
export async function declaredFrame(
  session: SparkSession,
  dataset: DatasetConfig,
  frame: DataFrame,
): Promise<DataFrame> {
  const { schema: columns } = dataset;
  if (columns === undefined) return frame;
  const declared = await parseDeclared(session, dataset, columns);
  const given = await frame.schema();
  const faults = faultsOf(columns, declared, given);
  if (faults.length > 0) {
    const [first] = faults;
    throw new SparkwrightError(
      "DATASET_SCHEMA",
      `${datasetLabel(dataset)} does not get the columns it declares: ${faults.map(({ text }) => text).join("; ")}`,
      {
        hint: "Return the declared columns (select, cast), or correct `schema` of the dataset.",
        position: first?.position ?? dataset.position,
        details: { dataset: dataset.name, faults: faults.map(({ text }) => text) },
      },
    );
  }
  return inOrder(frame, given, mergedSchema(given, declared));
}

/** The declared columns as Spark's types. Thrown when one is none: `DATASET_TYPE`. */
export async function parseDeclared(
  session: SparkSession,
  dataset: DatasetConfig,
  columns: readonly SchemaColumn[],
): Promise<StructType> {
  try {
    return await session.parseSchema(declaredDdl(columns));
  } catch (error) {
    for (const column of columns) {
      await session.parseSchema(declaredDdl([column])).catch((cause: unknown) => {
        throw new SparkwrightError(
          "DATASET_TYPE",
          `${datasetLabel(dataset)}: '${column.type}', declared for column '${column.name}', is no type of Spark`,
          {
            hint: "Write it as in SQL: bigint, decimal(10,2), array<string>, struct<a: int>.",
            position: column.position ?? dataset.position,
            cause,
          },
        );
      });
    }
    throw error;
  }
}

interface Fault {
  readonly text: string;
  readonly position?: SchemaColumn["position"];
}

function faultsOf(columns: readonly SchemaColumn[], declared: StructType, given: StructType): Fault[] {
  const faults: Fault[] = [];
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  const undeclared = given.names.filter((name) => !names.has(name.toLowerCase()));
  const open = new Map<string, StructField>();
  for (const field of given.fields) {
    const key = field.name.toLowerCase();
    if (open.has(key)) faults.push({ text: `column '${field.name}' occurs twice` });
    open.set(key, field);
  }
  for (const [index, { name, position }] of columns.entries()) {
    const at = position === undefined ? {} : { position };
    const field = open.get(name.toLowerCase());
    const type = declared.fields[index]?.dataType;
    open.delete(name.toLowerCase());
    if (field === undefined) {
      const meant = suggest(name, undeclared);
      const instead = meant === undefined ? "" : ` (there is '${meant}')`;
      faults.push({ text: `column '${name}' is missing${instead}`, ...at });
    } else if (type?.kind === "char" || type?.kind === "varChar") {
      const text = `column '${name}' is declared ${type.simpleString()}, which no DataFrame has: declare string, and check its length`;
      faults.push({ text, ...at });
    } else if (type !== undefined && !isSameType(field.dataType, type)) {
      const text = `column '${name}' is ${field.dataType.simpleString()}, declared as ${type.simpleString()}`;
      faults.push({ text, ...at });
    }
  }
  for (const { name } of open.values()) faults.push({ text: `column '${name}' is not declared` });
  return faults;
}

/** Whether the types are the same but for the order of fields. */
function isSameType(given: DataType, declared: DataType): boolean {
  const one = (type: DataType) => new StructType([new StructField("", type)]);
  return schemaDifferences(one(given), one(declared)).length === 0;
}
