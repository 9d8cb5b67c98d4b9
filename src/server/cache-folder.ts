import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { ServerEnvironment } from "./environment.ts";

/**
 * Where downloaded Spark and Java live, shared by all projects of a user: `SPARKWRIGHT_CACHE_DIR`, else
 * `sparkwright` in `XDG_CACHE_HOME`, else `~/.cache/sparkwright`.
 */
export function cacheFolder(environment: ServerEnvironment): string {
  if (environment.cacheFolder !== undefined) return resolve(environment.cacheFolder);
  return join(environment.xdgCacheHome ?? join(homedir(), ".cache"), "sparkwright");
}
