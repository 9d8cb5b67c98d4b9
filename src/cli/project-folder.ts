import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SparkwrightError } from "../core/error.ts";

/**
 * The project's folder: `given` if any, else the nearest folder from `cwd` upwards that holds `config/*.yaml`
 * or `config.yaml`. `undefined` when there is none.
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

function nearestProject(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isProject(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** A folder named `config` is common in other projects, so it must hold a YAML file. */
function isProject(folder: string): boolean {
  if (existsSync(join(folder, "config.yaml")) || existsSync(join(folder, "config.yml"))) return true;
  const config = join(folder, "config");
  const isFolder = statSync(config, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder && readdirSync(config).some((name) => /\.ya?ml$/.test(name));
}
