import { inspect } from "node:util";
import type { Expression } from "../../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { kindName } from "../arguments.ts";
import { expression } from "./expression.ts";

/** Spark's types of numbers that a literal can be told to have. */
export type NumberTypeName = "byte" | "short" | "integer" | "long" | "float" | "double";

const bits: Readonly<Record<"byte" | "short" | "integer" | "long", number>> = {
  byte: 8,
  short: 16,
  integer: 32,
  long: 64,
};

/**
 * A number as a literal of the type. A FLOAT and a DOUBLE are the nearest to it.
 *
 * Thrown when it is no number or the type is none of these (`USAGE_UNSUPPORTED_VALUE`), the type does not reach so far
 * (`USAGE_OUT_OF_RANGE`), or whole numbers cannot hold it (`USAGE_INEXACT_VALUE`, `USAGE_UNSAFE_INTEGER`).
 */
export function numberLiteral(value: unknown, type: NumberTypeName): Expression {
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw new SparkwrightError("USAGE_UNSUPPORTED_VALUE", `lit() was given ${kindName(value)} for a number`, {
      hint: `Pass a number or a bigint, or cast another value: lit(value).cast("${String(type)}").`,
    });
  }
  if (type === "float" || type === "double") {
    const nearest = type === "float" ? Math.fround(Number(value)) : Number(value);
    return expression({ case: "literal", value: { literalType: { case: type, value: nearest } } });
  }
  const whole = wholeNumber(value, type);
  const literalType =
    type === "long" ? { case: type, value: whole } : ({ case: type, value: Number(whole) } as const);
  return expression({ case: "literal", value: { literalType } });
}

function wholeNumber(value: number | bigint, type: keyof typeof bits): bigint {
  const size = Object.hasOwn(bits, type) ? bits[type] : undefined;
  if (size === undefined) {
    throw new SparkwrightError("USAGE_UNSUPPORTED_VALUE", `lit(): ${inspect(type)} is no type of a number`, {
      hint: 'Name one of byte, short, integer, long, float and double, or use lit(value).cast("decimal(10,2)").',
    });
  }
  if (typeof value === "number" && !Number.isInteger(value)) {
    throw new SparkwrightError(
      "USAGE_INEXACT_VALUE",
      `lit(): ${value} is no whole number, as ${type} wants`,
      {
        hint: `Round it, or name the type double.`,
      },
    );
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new SparkwrightError("USAGE_UNSAFE_INTEGER", `lit(): ${value} may have lost digits`, {
      hint: "Write it as a bigint: 9007199254740993n.",
    });
  }
  if (BigInt.asIntN(size, BigInt(value)) === BigInt(value)) return BigInt(value);
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `lit(): ${value} is beyond the ${size} bits of ${type}`, {
    hint: "Name a wider type, or pass a Decimal.",
  });
}
