import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";

/**
 * The folder whose files are merged over the project's own: `config/environments/<name>`.
 *
 * Thrown when there is none of that name: CONFIG_UNKNOWN_ENVIRONMENT, which says who asked for it.
 */
export async function environmentFolder(root: string, name: string, askedBy?: string): Promise<string> {
  const parent = join(root, "config", "environments");
  const found = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const known = found
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  if (known.includes(name)) return join(parent, name);
  const meant = suggest(name, known);
  const by = askedBy === undefined ? "" : `, which ${askedBy} asks for`;
  throw new SparkwrightError("CONFIG_UNKNOWN_ENVIRONMENT", `there is no environment "${name}"${by}`, {
    hint:
      known.length === 0
        ? `Create the folder ${join(displayPath(parent), name)} with the files that differ there, or ask for none.`
        : `${meant === undefined ? "" : `Did you mean "${meant}"? `}Environments: ${known.join(", ")}.`,
    details: { environment: name, known, suggestion: meant },
  });
}
