import { WriteOperation_SaveMode as Mode } from "../../gen/spark/connect/commands_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { kindName } from "./arguments.ts";

/** What a write does when there is data already. */
export type SaveMode = "append" | "overwrite" | "error" | "errorifexists" | "ignore";

const modes: Readonly<Record<SaveMode, Mode>> = {
  append: Mode.APPEND,
  overwrite: Mode.OVERWRITE,
  error: Mode.ERROR_IF_EXISTS,
  errorifexists: Mode.ERROR_IF_EXISTS,
  ignore: Mode.IGNORE,
};

/** The protocol's write mode. Thrown when the name is none: an unknown mode must never become another one. */
export function saveMode(name: string): Mode {
  const key = typeof name === "string" ? name.toLowerCase() : kindName(name);
  if (Object.hasOwn(modes, key)) return modes[key as SaveMode];
  const meant = suggest(key, Object.keys(modes));
  throw new SparkwrightError(
    "USAGE_SAVE_MODE",
    `"${typeof name === "string" ? name : key}" is not a write mode`,
    {
      hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Use append, overwrite, error or ignore.`,
    },
  );
}
