import { isCalendarDay } from "../config/calendar-day.ts";
import { SparkwrightError } from "../core/error.ts";

/** An argument is not what the docstring asks for; `expected` completes "… must be". */
export function invalidArgument(name: string, expected: string, value: unknown): SparkwrightError {
  return new SparkwrightError(
    "USAGE_INVALID_ARGUMENT",
    `${name} must be ${expected}, but is ${shown(value)}`,
    { hint: `Pass ${expected} as \`${name}\`.`, details: { argument: name, expected } },
  );
}

export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value !== "string" || value === "") throw invalidArgument(name, "text that is not empty", value);
}

export function checkTexts(name: string, value: unknown): asserts value is readonly string[] {
  if (!Array.isArray(value)) throw invalidArgument(name, "an array of names", value);
  for (const [index, item] of value.entries()) checkText(`${name}[${index}]`, item);
}

export function checkDay(name: string, value: unknown): asserts value is string | undefined {
  if (value === undefined || (typeof value === "string" && isCalendarDay(value))) return;
  throw invalidArgument(name, "a calendar day, YYYY-MM-DD", value);
}

export function checkCount(name: string, value: unknown): asserts value is number | undefined {
  if (value === undefined || (Number.isInteger(value) && Number(value) >= 1)) return;
  throw invalidArgument(name, "a whole number of at least 1", value);
}

/** Plain keys and values: no array, no instance of a class. */
export function checkRecord(
  name: string,
  value: unknown,
): asserts value is Readonly<Record<string, unknown>> {
  const prototype: unknown =
    typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) {
    throw invalidArgument(name, "an object of names and values", value);
  }
}

/** A key that nobody reads would be ignored in silence: a misspelt one, or one in snake case. */
export function checkKeys(name: string, value: unknown, known: readonly string[]): void {
  checkRecord(name, value);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    throw new SparkwrightError("USAGE_INVALID_ARGUMENT", `${name} has no \`${key}\``, {
      hint: `It takes ${known.join(", ")}.`,
      details: { argument: name, key, known },
    });
  }
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null)
    return `an instance of ${value.constructor?.name ?? "Object"}`;
  return typeof value === "function" ? "a function" : String(value);
}
