import type { CommanderError } from "commander";
import { SparkwrightError } from "../core/error.ts";

/** A mistake on the command line, as commander reports it, in our error family: `USAGE_UNKNOWN_OPTION` and so on. */
export function usageError(error: CommanderError): SparkwrightError {
  const [message = "", suggestion] = error.message.replace(/^error: /, "").split(/\n\(?/);
  const name = error.code.replace(/^commander\./, "").replaceAll(/[A-Z]/g, (letter) => `_${letter}`);
  return new SparkwrightError(`USAGE_${name.toUpperCase()}`, message, {
    hint: suggestion === undefined ? "See sparkwright --help." : suggestion.replace(/\)$/, ""),
  });
}
