import type { CheckRule } from "../../config/project.ts";

/** What one check found. */
export interface CheckResult {
  readonly name: string;
  readonly kind: CheckRule["kind"];
  readonly severity: "error" | "warn";
  readonly passed: boolean;
  /** Rows that violate it; of `unique` all that share their key, of `row_count` none. */
  readonly violations: bigint;
  /** A value that violates it, as text of at most 100 characters. */
  readonly example?: string;
}

/** What was found out about rows before they are written. */
export interface CheckedRows {
  readonly rows: bigint;
  /** In declared order; after them NULLs of columns that were declared without. */
  readonly checks: readonly CheckResult[];
}
