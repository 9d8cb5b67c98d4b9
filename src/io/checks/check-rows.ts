import type { DatasetCheck, DatasetConfig } from "../../config/project.ts";
import type { Column } from "../../sql/column.ts";
import type { DataFrame } from "../../sql/data-frame.ts";
import { countDistinct, sum } from "../../sql/functions/aggregate-functions.ts";
import { max, min } from "../../sql/functions/aggregate-value-functions.ts";
import { call, col, lit } from "../../sql/functions/call.ts";
import { when } from "../../sql/functions/conditional-functions.ts";
import type { DataType, StructType } from "../../sql/types/data-type.ts";
import { quoteName } from "../../sql/types/data-type.ts";
import { invalidCheck, invalidExpression, notAValue, refuseInvalidChecks } from "./check-fault.ts";
import type { CheckedRows, CheckResult } from "./check-result.ts";
import { exampleOf, keyOf, typeOf, violationOf } from "./violation.ts";
import { notValues } from "./written-value.ts";

type Counts = Readonly<Record<string, unknown>>;

/**
 * The checks of a dataset over rows that are to be written to it, and their number, in one Spark job. Only where a
 * `unique` check fails, a second one finds out by which key.
 *
 * Thrown when a check asks for what the rows cannot answer: `DATASET_CHECK_INVALID`.
 */
export async function checkRows(
  dataset: DatasetConfig,
  checks: readonly DatasetCheck[],
  frame: DataFrame,
): Promise<CheckedRows> {
  const schema = await frame.schema();
  refuseInvalidChecks(dataset, checks, schema);
  const counts = await count(dataset, checks, frame, schema);
  refuseUncastValues(dataset, checks, schema, counts);
  const rows = counts["rows"] as bigint;
  const results: CheckResult[] = [];
  for (const [index, check] of checks.entries()) {
    results.push(await resultOf(check, index, rows, counts, frame));
  }
  return { rows, checks: results };
}

async function count(
  dataset: DatasetConfig,
  checks: readonly DatasetCheck[],
  frame: DataFrame,
  schema: StructType,
): Promise<Counts> {
  const counted = [
    call("count", lit(1)).alias("rows"),
    ...checks.flatMap((check, index) => measures(check, index, schema)),
    ...writtenValues(checks, schema).map(({ name, texts, type }) => notValues(texts, type).alias(name)),
  ];
  try {
    const [row] = await frame.agg(...counted).collect();
    return row as unknown as Counts;
  } catch (error) {
    throw (await invalidExpression(dataset, checks, frame)) ?? error;
  }
}

function measures(check: DatasetCheck, index: number, schema: StructType): Column[] {
  if (check.kind === "unique") return [countDistinct(keyOf(check.columns)).alias(`n${index}`)];
  const violation = violationOf(check, schema);
  if (violation === undefined) return [];
  const { condition, example } = violation;
  return [
    call("count_if", condition).alias(`n${index}`),
    min(when(condition, example)).alias(`example${index}`),
  ];
}

interface WrittenValues {
  readonly name: string;
  readonly check: DatasetCheck;
  readonly column: string;
  readonly texts: readonly string[];
  readonly type: DataType;
}

function writtenValues(checks: readonly DatasetCheck[], schema: StructType): WrittenValues[] {
  return checks.flatMap((check, index) => {
    if (check.kind !== "accepted_values" && check.kind !== "range") return [];
    const texts = check.kind === "range" ? [check.min, check.max] : check.values;
    const { column } = check;
    const type = typeOf(schema, column);
    const written = texts.filter((text) => text !== undefined);
    return [{ name: `notValues${index}`, check, column, texts: written, type }];
  });
}

function refuseUncastValues(
  dataset: DatasetConfig,
  checks: readonly DatasetCheck[],
  schema: StructType,
  counts: Counts,
): void {
  for (const { name, check, column, type } of writtenValues(checks, schema)) {
    const [text] = counts[name] as readonly string[];
    if (text === undefined) continue;
    const { why, hint } = notAValue(text, column, type.simpleString());
    throw invalidCheck(dataset, check, why, hint);
  }
}

async function resultOf(
  check: DatasetCheck,
  index: number,
  rows: bigint,
  counts: Counts,
  frame: DataFrame,
): Promise<CheckResult> {
  const { name, kind, severity } = check;
  const common = { name, kind, severity };
  if (check.kind === "row_count") {
    const passed =
      (check.min === undefined || rows >= BigInt(check.min)) &&
      (check.max === undefined || rows <= BigInt(check.max));
    return { ...common, passed, violations: 0n };
  }
  const found = counts[`n${index}`] as bigint;
  if (check.kind === "unique") {
    if (found === rows) return { ...common, passed: true, violations: 0n };
    return { ...common, passed: false, ...(await repeatedKeys(frame, check.columns)) };
  }
  const example = counts[`example${index}`];
  return {
    ...common,
    passed: found === 0n,
    violations: found,
    ...(typeof example === "string" && { example }),
  };
}

async function repeatedKeys(
  frame: DataFrame,
  columns: readonly string[],
): Promise<Pick<CheckResult, "violations" | "example">> {
  const [row] = await frame
    .groupBy(...columns.map((name) => col(quoteName(name))))
    .agg(call("count", lit(1)).alias("_sparkwright_n"))
    .where("_sparkwright_n > 1")
    .agg(sum("_sparkwright_n").alias("violations"), max(exampleOf(columns)).alias("example"))
    .collect();
  const { violations, example } = row as unknown as { violations: bigint; example: string };
  return { violations, example };
}
