import type { DatasetCheck, DatasetConfig } from "../../config/project.ts";
import { SparkwrightError } from "../../core/error.ts";
import { throwIfAny } from "../../core/error-list.ts";
import { suggest } from "../../core/suggestion.ts";
import type { DataFrame } from "../../sql/data-frame.ts";
import { expr } from "../../sql/functions/call.ts";
import type { StructType } from "../../sql/types/data-type.ts";
import { datasetLabel } from "../dataset-name.ts";
import { typeOf } from "./violation.ts";
import { isWritable, saysExactly } from "./written-value.ts";

const unequal: ReadonlySet<string> = new Set(["map", "variant", "calendarInterval"]);

/** Thrown when checks ask for what the rows cannot answer, with every fault at once: `DATASET_CHECK_INVALID`. */
export function refuseInvalidChecks(
  dataset: DatasetConfig,
  checks: readonly DatasetCheck[],
  schema: StructType,
): void {
  throwIfAny(
    checks.flatMap((check) =>
      faultsOf(check, schema).map(({ why, hint }) => invalidCheck(dataset, check, why, hint)),
    ),
  );
}

/** The error of an expression check that Spark does not understand, if one of them is why the checks failed. */
export async function invalidExpression(
  dataset: DatasetConfig,
  checks: readonly DatasetCheck[],
  frame: DataFrame,
): Promise<SparkwrightError | undefined> {
  for (const check of checks) {
    if (check.kind !== "expression") continue;
    try {
      await frame.filter(expr(check.sql)).schema();
    } catch (cause) {
      const why = `Spark refuses its SQL: ${cause instanceof Error ? cause.message : String(cause)}`;
      return invalidCheck(
        dataset,
        check,
        why,
        "Write one SQL condition over the columns of the dataset.",
        cause,
      );
    }
  }
  return undefined;
}

export function invalidCheck(
  dataset: DatasetConfig,
  check: DatasetCheck,
  why: string,
  hint: string,
  cause?: unknown,
): SparkwrightError {
  return new SparkwrightError(
    "DATASET_CHECK_INVALID",
    `${datasetLabel(dataset)}: check '${check.name}': ${why}`,
    {
      hint,
      position: check.position ?? dataset.position,
      details: { dataset: dataset.name, check: check.name },
      cause,
    },
  );
}

interface Fault {
  readonly why: string;
  readonly hint: string;
}

function faultsOf(check: DatasetCheck, schema: StructType): Fault[] {
  const columns = columnsOf(check);
  const known = new Set(schema.names.map((name) => name.toLowerCase()));
  const missing = columns.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length > 0) return missing.map((name) => noColumn(name, schema.names));
  switch (check.kind) {
    case "unique":
      return columns
        .map((name) => ({ name, type: typeOf(schema, name) }))
        .filter(({ type }) => unequal.has(type.kind))
        .map(({ name, type }) => ({
          why: `values of '${name}' (${type.simpleString()}) cannot be compared`,
          hint: "Name columns whose values Spark can compare.",
        }));
    case "accepted_values":
      return valueFaults(check.column, check.values, schema);
    case "range":
      return valueFaults(
        check.column,
        [check.min, check.max].filter((bound) => bound !== undefined),
        schema,
      );
    default:
      return [];
  }
}

function valueFaults(column: string, values: readonly string[], schema: StructType): Fault[] {
  const type = typeOf(schema, column);
  if (!isWritable(type)) {
    return [
      {
        why: `values of '${column}' (${type.simpleString()}) cannot be written in a configuration`,
        hint: "Use an `expression` check.",
      },
    ];
  }
  return values
    .filter((value) => !saysExactly(value, type))
    .map((value) => notAValue(value, column, type.simpleString()));
}

/** The fault of a written value that its column's type cannot hold exactly. */
export function notAValue(value: string, column: string, type: string): Fault {
  return {
    why: `'${value}' is not exactly a value of '${column}', which is ${type}`,
    hint: `Write a value of ${type}; nothing is rounded or cut off.`,
  };
}

export function columnsOf(check: DatasetCheck): readonly string[] {
  if ("columns" in check) return check.columns;
  return "column" in check ? [check.column] : [];
}

function noColumn(name: string, columns: readonly string[]): Fault {
  const meant = suggest(name, columns);
  return {
    why: `there is no column '${name}'`,
    hint: meant === undefined ? `The columns: ${columns.join(", ")}.` : `Did you mean '${meant}'?`,
  };
}
