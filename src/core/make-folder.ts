import { accessSync, constants, existsSync, mkdirSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf, SparkwrightError } from "./error.ts";

const notAFolder = "A file is in its way: move that away.";
const notWritable = "Make the folder above it writable for this user.";
const readOnly = "It lies on a read-only file system: work in a copy of the project that can be written to.";
const full = "The disk is full: free some space and try again.";
const hints: Readonly<Record<string, string>> = {
  EEXIST: notAFolder,
  ENOTDIR: notAFolder,
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: readOnly,
  ENOSPC: full,
  EDQUOT: full,
};

/**
 * Why a file or folder could not be made or written to, as words, and what to do about it; nothing where nobody knows.
 * Node says of a folder on a read-only file system that it does not exist.
 */
export function folderFault(path: string, cause: unknown): { readonly why?: string; readonly hint?: string } {
  const code = typeof cause === "object" && cause !== null ? String(Reflect.get(cause, "code")) : "";
  const found = code === "ENOENT" ? writeFault(path) : code;
  const hint = found === undefined ? undefined : hints[found];
  const why = found === "EROFS" ? "its file system is read-only" : undefined;
  return { ...(hint !== undefined && { hint }), ...(why !== undefined && { why }) };
}

/** The code of the error with which the nearest folder above a path that exists refuses writes. */
export function writeFault(path: string): string | undefined {
  const above = nearest(path);
  try {
    accessSync(above, constants.W_OK);
    return undefined;
  } catch (error) {
    return String(Reflect.get(error as object, "code"));
  }
}

/** Whether nothing more can be written where a path lies. */
export function isFull(path: string): boolean {
  try {
    const { bavail, bsize, files, ffree } = statfsSync(nearest(path));
    // Less than one page of a database and its log.
    return bavail * bsize < 64 * 1024 || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}

function nearest(path: string): string {
  const above = dirname(path);
  return existsSync(path) || above === path ? path : nearest(above);
}

/** Makes a folder and those above it. Thrown when it cannot be: `FOLDER_NOT_MADE`. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const { why = messageOf(cause), hint } = folderFault(folder, cause);
    throw new SparkwrightError("FOLDER_NOT_MADE", `cannot make the folder ${folder}: ${why}`, {
      hint,
      cause,
    });
  }
}
