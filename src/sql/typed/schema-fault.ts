import { SparkwrightError } from "../../core/error.ts";

/** What is wrong about a column: not there, there twice, of another type, NULL where it must not be, or too much. */
export type SchemaFaultCode =
  | "MISSING_COLUMN"
  | "REPEATED_COLUMN"
  | "OTHER_TYPE"
  | "NULLABLE"
  | "UNEXPECTED_COLUMN";

/** One difference between what a schema expects and what a DataFrame has. */
export interface SchemaFault {
  readonly code: SchemaFaultCode;
  /** The column, or the place in it: `items[].price`. */
  readonly column: string;
  readonly expected: string;
  readonly actual: string;
}

/** One error about all of them. */
export function schemaMismatch(faults: readonly SchemaFault[]): SparkwrightError {
  const lines = faults.map(
    ({ code, column, expected, actual }) => `  ${column}: ${code}, expected ${expected}, found ${actual}`,
  );
  const what = faults.length === 1 ? "1 column is" : `${faults.length} columns are`;
  return new SparkwrightError(
    "SPARK_SCHEMA_MISMATCH",
    `${what} not as the schema given to as() says:\n${lines.join("\n")}`,
    {
      hint: "Select, cast or coalesce the columns before as(), or change the schema.",
      details: { columns: faults },
    },
  );
}
