import type { FormatFault } from "./format-policy.ts";
import type { TypedColumn } from "./type-fault.ts";

/** Why the days of a run cannot be found by a column; `undefined` when they can. */
export function windowFault({ name, type }: TypedColumn): Omit<FormatFault, "key"> | undefined {
  // Days are compared with text or numbers as Spark sees fit, or not at all.
  if (/^(date|timestamp|timestamp_ntz|timestamp_ltz)$/i.test(type.trim())) return undefined;
  return {
    why: `its window_column '${name}' is ${type}, but mode replace_window needs a DATE or a TIMESTAMP`,
    hint: `Return it as one, for example with to_date(\`${name.replaceAll("`", "``")}\`), or use another \`mode\`.`,
  };
}
