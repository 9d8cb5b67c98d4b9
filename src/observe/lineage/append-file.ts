import { appendFile, mkdir, stat, truncate } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { checkOwn } from "../../core/own-files.ts";

/** Makes the function that appends one line to a file, relative to `root`; the folder is made when it is missing. */
export function appendTo(root: string, file: string): (line: string) => Promise<void> {
  const path = resolve(root, file);
  let folder: Promise<unknown> | undefined;
  return async (line) => {
    checkOwn(path);
    folder ??= mkdir(dirname(path), { recursive: true });
    await folder;
    const before = await sizeOf(path);
    const text = `${line}\n`;
    try {
      await appendFile(path, text);
    } catch (error) {
      const left = (await sizeOf(path)) - before;
      // Of a full disk: half a line would spoil the next one.
      if (left > 0 && left < Buffer.byteLength(text)) await truncate(path, before).catch(() => {});
      throw error;
    }
  };
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
