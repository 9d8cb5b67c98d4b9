import type * as z from "zod";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import type { WrittenPositions } from "./project.ts";
import { entriesOf, isRawMap, locate, type PathStep, showValue, writtenKeys } from "./raw-value.ts";
import { schemaErrors, type Written } from "./schema-errors.ts";

/** A section of the configuration as it was written. */
export interface Section {
  readonly name: string;
  readonly value: unknown;
  readonly position: SourcePosition;
}

/** A part of a section read by its schema: the result, and where its parts stand. */
export interface Entry<T> {
  readonly name: string;
  readonly value: T;
  readonly position: SourcePosition;
  /** Where a part of the entry stands; of one that was not written, where the entry does. */
  at(path: readonly PathStep[], part?: "key" | "value"): SourcePosition;
  /** Where its keys stand; those below the keys in `nested` by their path, `retries.max`. */
  written(nested: readonly string[]): WrittenPositions;
}

/** Reads one value by a schema; its issues go to `errors`, and then there is no result. */
export function parseValue<T>(
  schema: z.ZodType<T>,
  written: Written & { readonly name: string },
  errors: SparkwrightError[],
): Entry<T> | undefined {
  const { name, value: raw, position } = written;
  const result = schema.safeParse(raw);
  if (result.success) {
    const at = (path: readonly PathStep[], part?: "key" | "value") => locate(raw, path, position, part);
    const keys = (nested: readonly string[]) => writtenKeys(raw, nested);
    return { name, value: result.data, position, at, written: keys };
  }
  errors.push(...schemaErrors(result.error.issues, written));
  return undefined;
}

/** Reads a section that maps names to values of one schema, in the order of the file. */
export function parseNamed<T>(
  section: Section,
  schema: z.ZodType<T>,
  names: RegExp,
  errors: SparkwrightError[],
): Entry<T>[] {
  if (!isRawMap(section.value)) {
    const message = `${section.name} must be a map of names, but is ${showValue(section.value)}`;
    const hint = "Write `name:` and, indented below it, what belongs to it.";
    errors.push(new SparkwrightError("CONFIG_WRONG_TYPE", message, { position: section.position, hint }));
    return [];
  }
  return entriesOf(section.value).flatMap(({ name, value, place }) => {
    const key = place?.key ?? section.position;
    if (!names.test(name)) errors.push(invalidName(section.name, name, key));
    const entry = parseValue(
      schema,
      {
        name,
        label: `${section.name}.${name}`,
        value,
        position: key,
        valuePosition: place?.value ?? key,
      },
      errors,
    );
    return entry === undefined ? [] : [entry];
  });
}

function invalidName(section: string, name: string, position: SourcePosition): SparkwrightError {
  const message = `${JSON.stringify(name)} cannot be a name in ${section}`;
  const hint = "Use letters, digits, `_`, `-` and `.`, and begin with a letter, a digit or `_`.";
  return new SparkwrightError("CONFIG_INVALID_NAME", message, { position, hint });
}
