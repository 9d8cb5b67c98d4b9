import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { sectionNames } from "../config/section-names.ts";
import { SparkwrightError } from "../core/error.ts";

/**
 * The project's folder: `given` if any, else `cwd` when it holds `config/*.yaml` or `config.yaml`, else the nearest folder
 * above that holds a file of ours. `undefined` when there is none.
 *
 * Thrown when `given` is not the folder of a project: USAGE_PROJECT_NOT_FOUND.
 */
export function findProject(given: string | undefined, cwd: string): string | undefined {
  if (given === undefined) return nearestProject(cwd);
  const folder = resolve(cwd, given);
  if (isProject(folder)) return folder;
  const reason = existsSync(folder) ? "has neither config/*.yaml nor config.yaml" : "does not exist";
  throw new SparkwrightError("USAGE_PROJECT_NOT_FOUND", `the project folder ${folder} ${reason}`, {
    hint: projectHint,
    details: { folder },
  });
}

/** Like {@link findProject}, for commands that cannot do without a project. */
export function requireProject(given: string | undefined, cwd: string): string {
  const found = findProject(given, cwd);
  if (found !== undefined) return found;
  throw new SparkwrightError(
    "USAGE_PROJECT_NOT_FOUND",
    `no project here: neither ${cwd} nor any folder above it holds config/*.yaml or config.yaml`,
    { hint: projectHint, details: { cwd } },
  );
}

const projectHint = "Go to a project's folder, or name one with --project DIR.";

function nearestProject(cwd: string): string | undefined {
  if (isProject(cwd)) return cwd;
  for (let folder = cwd; dirname(folder) !== folder; ) {
    folder = dirname(folder);
    if (hasFile(folder, ["config"]) || hasFile(join(folder, "config"), sectionNames)) return folder;
  }
  return undefined;
}

/** Any YAML file in its `config` makes a folder a project that somebody names, so that a misspelt one is told of. */
function isProject(folder: string): boolean {
  if (hasFile(folder, ["config"])) return true;
  const config = join(folder, "config");
  const isFolder = statSync(config, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder && readdirSync(config).some((name) => /\.ya?ml$/.test(name));
}

function hasFile(folder: string, names: readonly string[]): boolean {
  return names.some((name) => ["yaml", "yml"].some((end) => existsSync(join(folder, `${name}.${end}`))));
}
