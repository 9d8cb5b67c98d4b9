import { SparkwrightError } from "../core/error.ts";
import { namedValues } from "../core/named-values.ts";

/** A value of a reader's or writer's option. */
export type OptionValue = string | number | bigint | boolean;

/** The option as text, which is how Spark takes all of them. Thrown when it is neither text, number nor boolean. */
export function optionText(key: string, value: OptionValue): string {
  if (!["string", "number", "bigint", "boolean"].includes(typeof value)) {
    throw new SparkwrightError(
      "USAGE_OPTION",
      `option "${key}" was given a ${value === null ? "null" : typeof value}`,
      {
        hint: "Leave the option out, or pass a string, number or boolean.",
      },
    );
  }
  return String(value);
}

/** Options with others on top; keys are the same in any case, as for Spark, and the last one counts. */
export function withOptions(
  options: Readonly<Record<string, string>>,
  added: Readonly<Record<string, OptionValue>>,
): Record<string, string> {
  const all = { ...options };
  for (const [key, value] of Object.entries(namedValues("options", added))) {
    for (const known of Object.keys(all)) {
      if (known.toLowerCase() === key.toLowerCase()) delete all[known];
    }
    all[key] = optionText(key, value);
  }
  return all;
}
