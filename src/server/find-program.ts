import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import type { ServerEnvironment } from "./environment.ts";

/** The path of the first executable called `name` along PATH. */
export function findProgram(name: string, environment: ServerEnvironment): string | undefined {
  return environment.path.map((folder) => join(folder, name)).find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
