import type { CheckRule, DatasetCheck, DatasetConfig } from "../../config/project.ts";
import { SparkwrightError } from "../../core/error.ts";
import { datasetLabel } from "../dataset-name.ts";
import type { CheckedRows, CheckResult } from "./check-result.ts";

/** Thrown when rows violate a check of severity `error`: `DATASET_CHECK_FAILED`, with every such check. */
export function refuseViolations(
  dataset: DatasetConfig,
  checks: readonly DatasetCheck[],
  { rows, checks: results }: CheckedRows,
): void {
  const failed = results.filter(({ passed, severity }) => !passed && severity === "error");
  if (failed.length === 0) return;
  const texts = failed.map((result) => violationText(checks, result, rows));
  const number = failed.length === 1 ? "a check" : `${failed.length} checks`;
  const first = checks.find(({ name }) => name === failed[0]?.name);
  throw new SparkwrightError(
    "DATASET_CHECK_FAILED",
    `${datasetLabel(dataset)} fails ${number}, so nothing was written: ${texts.join("; ")}`,
    {
      hint: "Correct the rows, or give a check that may be violated `severity: warn`.",
      position: first?.position ?? dataset.position,
      details: { dataset: dataset.name, rows, checks: failed },
    },
  );
}

/** A violated check in one line: its name, what is wrong in how many rows, an example, and where it is declared. */
export function violationText(
  checks: readonly DatasetCheck[],
  { name, violations, example }: CheckResult,
  rows: bigint,
): string {
  const check = checks.find((one) => one.name === name);
  const position = check?.position;
  const place = position === undefined ? "" : ` (${position.file}:${position.line}:${position.column})`;
  if (check === undefined) return `${name}${place}`;
  if (check.kind === "row_count") return `${name}: there are ${rows} rows, ${boundsText(check)}${place}`;
  const count = `${violations} of ${rows} rows`;
  const shown = example === undefined || check.kind === "not_null" ? "" : `, for example ${example}`;
  return `${name}: ${ruleText(check)} in ${count}${shown}${place}`;
}

function ruleText(rule: CheckRule): string {
  switch (rule.kind) {
    case "not_null":
      return `${rule.columns.join(" or ")} is NULL`;
    case "unique":
      return `${rule.columns.join(", ")} repeats`;
    case "accepted_values":
      return `${rule.column} is none of ${listText(rule.values)}`;
    case "range":
      return `${rule.column} is not ${boundsText(rule)}`;
    case "expression":
      return `\`${rule.sql}\` is not true`;
    case "row_count":
      return boundsText(rule);
  }
}

function boundsText({
  min,
  max,
}: {
  readonly min?: string | number;
  readonly max?: string | number;
}): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

const longestList = 10;

function listText(values: readonly string[]): string {
  const more = values.length - longestList;
  return more <= 1
    ? values.join(", ")
    : `${values.slice(0, longestList).join(", ")} and ${more.toLocaleString("en")} more`;
}
