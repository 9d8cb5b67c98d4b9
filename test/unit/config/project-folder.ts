import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { loadProject } from "../../../src/config/load-project.ts";
import type { Project } from "../../../src/config/project.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { ErrorList } from "../../../src/core/error-list.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Runs `use` with a folder of these files, which is gone afterwards. */
export async function withFolder<T>(files: Files, use: (root: string) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), "sparkwright-config-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), content);
    }
    return await use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The project of these files; a single text is its nodes.yaml. */
export function load(
  files: Files | string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Project> {
  const all = typeof files === "string" ? { "config/nodes.yaml": files } : files;
  return withFolder(all, (root) => loadProject(root, { variables }));
}

/** The errors that `work` ends in, as `CODE file:line:column`, the file relative to the folder it is in. */
export async function errorsOf(work: () => Promise<unknown>): Promise<readonly SparkwrightError[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ErrorList) return error.errors;
    if (error instanceof SparkwrightError) return [error];
    throw error;
  }
  return [];
}

/** `CODE file:line:column` of an error, its file below `root`. */
export function placeOf({ code, position }: SparkwrightError, root: string): string {
  if (position === undefined) return code;
  const file = relative(root, position.file).replaceAll(sep, "/");
  return `${code} ${file}:${position.line}:${position.column}`;
}
