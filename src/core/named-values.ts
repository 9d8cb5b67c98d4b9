import { SparkwrightError } from "./error.ts";
import { suggest } from "./suggestion.ts";

/** The object itself. Thrown when it is none of names to values, such as a Map, of which nothing would be seen. */
export function namedValues<T extends object>(what: string, given: T): T {
  const value: unknown = given;
  if (typeof value === "object" && value !== null && !(Symbol.iterator in value)) return given;
  const kind = value === null ? "null" : typeof value === "object" ? value.constructor.name : typeof value;
  throw new SparkwrightError("USAGE_OPTION", `${what}: not an object of names and values, but ${kind}`, {
    hint: "Pass a plain object, such as { name: value }.",
  });
}

/** As {@link namedValues}. Thrown too when a name is none of these, which would be passed over. */
export function knownOptions<T extends object>(
  what: string,
  options: T,
  known: Readonly<Record<keyof T, true>>,
): T {
  const unknown = Object.keys(namedValues(what, options)).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return options;
  const names = Object.keys(known);
  const meant = suggest(unknown, names);
  throw new SparkwrightError("USAGE_OPTION", `${what}: there is no "${unknown}"`, {
    hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Use ${names.join(", ")}.`,
  });
}
