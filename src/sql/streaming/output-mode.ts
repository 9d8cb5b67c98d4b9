import { SparkwrightError } from "../../core/error.ts";
import { suggest } from "../../core/suggestion.ts";
import { kindName } from "../arguments.ts";

/**
 * Which rows of the result a batch hands to the sink: the new ones (`append`), all of them again (`complete`), or the
 * new and changed ones (`update`).
 */
export type OutputMode = "append" | "complete" | "update";

const modes: readonly OutputMode[] = ["append", "complete", "update"];

/** The mode as Spark spells it. Thrown when the name is none: `USAGE_OUTPUT_MODE`. */
export function outputMode(name: string): OutputMode {
  const key = typeof name === "string" ? name.toLowerCase() : kindName(name);
  const known = modes.find((mode) => mode === key);
  if (known !== undefined) return known;
  const meant = suggest(key, modes);
  throw new SparkwrightError(
    "USAGE_OUTPUT_MODE",
    `"${typeof name === "string" ? name : key}" is not an output mode`,
    {
      hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Use append, complete or update.`,
    },
  );
}
