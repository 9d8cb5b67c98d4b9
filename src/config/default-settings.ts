import type { Variables } from "./interpolate.ts";
import type { GlobalSettings } from "./project.ts";
import { parseSettings } from "./settings-schema.ts";

/** What holds where there is no project: the built-in defaults, and SPARK_REMOTE. */
export function defaultSettings(variables: Variables = process.env): GlobalSettings {
  return parseSettings(undefined, ".", variables, []);
}
