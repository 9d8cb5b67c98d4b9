import { SparkwrightError } from "../../core/error.ts";

/**
 * What `valueOf` of every exact value does: `<`, `+` and `-` would otherwise compare text or lose digits in
 * silence. Temporal decided the same.
 */
export function refuseImplicitConversion(typeName: string, instead: string): never {
  throw new SparkwrightError(
    "VALUE_IMPLICIT_CONVERSION",
    `a ${typeName} cannot be used with <, >, + or - directly`,
    { hint: `Use ${instead}.` },
  );
}

/** The error of every `parse` below. */
export function invalidText(typeName: string, text: string, form: string): SparkwrightError {
  return new SparkwrightError("VALUE_INVALID_TEXT", `${JSON.stringify(text)} is not a ${typeName}`, {
    hint: `Write it as ${form}.`,
    details: { text },
  });
}

export function outOfRange(typeName: string, value: unknown, range: string): SparkwrightError {
  return new SparkwrightError("VALUE_OUT_OF_RANGE", `${String(value)} is out of range for ${typeName}`, {
    hint: `It takes ${range}.`,
  });
}
