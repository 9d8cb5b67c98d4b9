import { appendFile, mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Makes the function that appends one line to a file, relative to `root`; the folder is made when it is missing. */
export function appendTo(root: string, file: string): (line: string) => Promise<void> {
  const path = resolve(root, file);
  let folder: Promise<unknown> | undefined;
  return async (line) => {
    folder ??= mkdir(dirname(path), { recursive: true });
    await folder;
    await appendFile(path, `${line}\n`);
  };
}
