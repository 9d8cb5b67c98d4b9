import type { Expression } from "../../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { columnReference } from "../../sql-text/names.ts";
import type { StructType } from "../types/data-type.ts";
import { attribute } from "./expression.ts";

/** The number of a column, the first being 1. Thrown when it is none: `USAGE_OUT_OF_RANGE`. */
export function ordinal(method: string, given: number): number {
  if (Number.isSafeInteger(given) && given > 0) return given;
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${method}(${given}): not the number of a column`, {
    hint: "Pass a whole number from 1, a column, or its name; wrap a value in lit().",
  });
}

/** The column with this number. Thrown when there are fewer: `USAGE_OUT_OF_RANGE`. */
export function ordinalColumn(schema: StructType, number: number): Expression {
  const name = schema.names[number - 1];
  if (name !== undefined) return attribute(columnReference(name));
  throw new SparkwrightError(
    "USAGE_OUT_OF_RANGE",
    `there is no column ${number}: the DataFrame has ${schema.names.length}`,
    { hint: `Pass a number from 1 to ${schema.names.length}.` },
  );
}
