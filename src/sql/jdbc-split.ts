import { SparkwrightError } from "../core/error.ts";
import { namedValues } from "../core/named-values.ts";
import { listOf } from "./arguments.ts";
import type { OptionValue } from "./option-value.ts";

/** Ranges of a numeric, date or timestamp column, one per partition; rows beyond the bounds go to the outer ones. */
export interface JdbcRanges {
  readonly column: string;
  readonly lowerBound: number | bigint | string;
  readonly upperBound: number | bigint | string;
  readonly numPartitions: number;
}

/** One partition per SQL condition; a row that fulfils none is not read, one that fulfils two is read twice. */
export interface JdbcPredicates {
  readonly predicates: readonly string[];
}

/** How a table behind JDBC is read in parallel. */
export type JdbcSplit = JdbcRanges | JdbcPredicates;

/** The options and conditions of a split. Thrown when it cannot be one: `USAGE_JDBC_SPLIT`. */
export function jdbcSplit(split: JdbcSplit | undefined): {
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly predicates: readonly string[];
} {
  if (split === undefined) return { options: {}, predicates: [] };
  namedValues("the split of jdbc()", split);
  if ("predicates" in split) {
    if (listOf("jdbc", split.predicates).length === 0)
      throw unusable("it has no predicates, so nothing would be read");
    return { options: {}, predicates: split.predicates };
  }
  const { column, lowerBound, upperBound, numPartitions } = split;
  if (!Number.isInteger(numPartitions) || numPartitions < 1) {
    throw unusable(`numPartitions is ${numPartitions}`);
  }
  for (const [name, value] of Object.entries({ column, lowerBound, upperBound })) {
    if (value === undefined || value === "") throw unusable(`it has no ${name}`);
  }
  return { options: { partitionColumn: column, lowerBound, upperBound, numPartitions }, predicates: [] };
}

function unusable(problem: string): SparkwrightError {
  return new SparkwrightError("USAGE_JDBC_SPLIT", `jdbc() cannot split the table: ${problem}`, {
    hint: "Give { column, lowerBound, upperBound, numPartitions }, or { predicates } with at least one.",
  });
}
