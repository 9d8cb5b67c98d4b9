import { realpathSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { ownEnvironment } from "../core/own-process.ts";

/** What the server room takes from the environment that this process began with. */
export interface ServerEnvironment {
  readonly sparkHome: string | undefined;
  readonly javaHome: string | undefined;
  /** The folders of `PATH` whose programs may be run, in order: none of the project, and none of a package. */
  readonly path: readonly string[];
  readonly cacheFolder: string | undefined;
  readonly xdgCacheHome: string | undefined;
}

export function readEnvironment(project: string = process.cwd()): ServerEnvironment {
  const env = ownEnvironment;
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  return {
    sparkHome: given("SPARK_HOME"),
    javaHome: given("JAVA_HOME"),
    path: programFolders(env["PATH"] ?? "", project),
    cacheFolder: given("SPARKWRIGHT_CACHE_DIR"),
    xdgCacheHome: given("XDG_CACHE_HOME"),
  };
}

/**
 * The folders of a `PATH` that do not belong to what somebody may have cloned: a relative one is looked for in the current
 * folder, and under npx and npm the first ones are `node_modules/.bin` of the project and of every folder above it.
 */
export function programFolders(path: string, project: string): readonly string[] {
  const root = realPath(project) ?? project;
  return path.split(":").filter((folder) => {
    const real = isAbsolute(folder) ? realPath(folder) : undefined;
    if (real === undefined || [folder, real].some((one) => /\/node_modules\/\.bin\/?$/.test(one)))
      return false;
    const inside = relative(root, real);
    return inside === ".." || inside.startsWith("../") || isAbsolute(inside);
  });
}

function realPath(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}

/** The environment of a child process: that which ours began with, with `changes` on top; `undefined` removes a variable. */
export function childEnvironment(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...ownEnvironment, ...changes };
}
