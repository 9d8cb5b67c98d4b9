import { mkdirSync } from "node:fs";
import { messageOf, SparkwrightError } from "./error.ts";

const notAFolder = "A file is in its way: move that away.";
const notWritable = "Make the folder above it writable for this user.";
const hints: Readonly<Record<string, string>> = {
  EEXIST: notAFolder,
  ENOTDIR: notAFolder,
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
};

/** What to do about a folder that could not be made or written to; undefined where nobody knows. */
export function folderHint(cause: unknown): string | undefined {
  return typeof cause === "object" && cause !== null ? hints[String(Reflect.get(cause, "code"))] : undefined;
}

/** Makes a folder and those above it. Thrown when it cannot be: `FOLDER_NOT_MADE`. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new SparkwrightError("FOLDER_NOT_MADE", `cannot make the folder ${folder}: ${messageOf(cause)}`, {
      hint: folderHint(cause),
      cause,
    });
  }
}
