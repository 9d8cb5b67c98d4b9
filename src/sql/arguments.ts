import { SparkwrightError } from "../core/error.ts";

/** What a value is, for messages: "null", "an array", "a number". */
export function kindName(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return typeof value === "undefined" ? "undefined" : `a ${typeof value}`;
  const name: unknown = (Reflect.get(value, "constructor") as { name?: unknown } | undefined)?.name;
  return typeof name === "string" && name !== "Object" && name !== "" ? `a ${name}` : "an object";
}

/**
 * The names of columns, given one by one. Thrown when one of them is no text: `USAGE_NOT_A_NAME`. For callers without
 * TypeScript, whom nobody else tells that an array must be spread.
 */
export function namesOf(method: string, names: readonly unknown[]): string[] {
  return names.map((name) => nameOf(method, name));
}

/** The name of a column, a view, a table. Thrown when it is no text, or empty: `USAGE_NOT_A_NAME`. */
export function nameOf(method: string, name: unknown): string {
  if (typeof name === "string" && name !== "") return name;
  const given = name === "" ? "an empty text" : kindName(name);
  throw new SparkwrightError("USAGE_NOT_A_NAME", `${method}() was given ${given} where a name belongs`, {
    hint: Array.isArray(name) ? `Spread the array: ${method}(...names).` : "Pass a string.",
  });
}

/** The names of columns as an array of texts, or as one text. Thrown when it is neither: `USAGE_NOT_A_NAME`. */
export function nameList(method: string, names: unknown): string[] {
  if (typeof names === "string") return [nameOf(method, names)];
  if (Array.isArray(names)) return namesOf(method, names);
  throw new SparkwrightError(
    "USAGE_NOT_A_NAME",
    `${method}() was given ${kindName(names)} for names of columns`,
    {
      hint: 'Pass an array of names, such as ["id", "day"].',
    },
  );
}

/** A function to call. Thrown when it is none: `USAGE_NOT_A_FUNCTION`. */
export function functionOf<F>(method: string, given: F): F {
  if (typeof given === "function") return given;
  throw new SparkwrightError(
    "USAGE_NOT_A_FUNCTION",
    `${method}() was given ${kindName(given)}, not a function`,
    {
      hint: "Pass a function.",
    },
  );
}

/** The items of an array. Thrown when it is none: `USAGE_NOT_A_LIST`. */
export function listOf<T>(method: string, given: readonly T[]): readonly T[] {
  if (Array.isArray(given)) return given;
  throw new SparkwrightError(
    "USAGE_NOT_A_LIST",
    `${method}() was given ${kindName(given)} where an array belongs`,
    {
      hint: "Pass an array.",
    },
  );
}
