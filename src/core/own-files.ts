import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { join, parse, resolve, sep } from "node:path";
import { SparkwrightError } from "./error.ts";
import { makeFolder } from "./make-folder.ts";

/** Where everything lies that a project keeps for itself; it may have come with a clone, from somebody else. */
const ownFolderName = ".sparkwright";

/**
 * Makes a folder within `.sparkwright`, for its owner only whatever the umask, and keeps it all out of the project's
 * repository. Thrown when it cannot be made (`FOLDER_NOT_MADE`) or a part of its path is not the user's own
 * (`FILE_NOT_OWN`).
 */
export function makeOwnFolder(folder: string): void {
  checkOwn(folder);
  makeFolder(folder);
  const parts = ownParts(folder);
  for (const part of parts) if (isMine(lstatSync(part))) chmodSync(part, 0o700);
  const [top] = parts;
  if (top === undefined) return;
  try {
    writeFileSync(join(top, ".gitignore"), "*\n", { flag: "wx", mode: 0o600 });
  } catch (error) {
    // It is there, whatever it is; or the folder cannot be written to, which what comes next says better.
    if (
      !["EEXIST", "EACCES", "EROFS", "ENOSPC", "EDQUOT"].includes(
        String(Reflect.get(error as object, "code")),
      )
    )
      throw error;
  }
}

/**
 * Opens a file within `.sparkwright`, which only its owner may read, also when it was there with another mode. Thrown when
 * it is not the user's own: `FILE_NOT_OWN`.
 */
export function openOwnFile(file: string, how: "append" | "replace" | "update"): number {
  checkOwn(file);
  const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_RDWR, O_TRUNC, O_WRONLY } = constants;
  const flags = { append: O_WRONLY | O_APPEND, replace: O_WRONLY | O_TRUNC, update: O_RDWR }[how];
  const opened = openSync(file, flags | O_CREAT | O_NOFOLLOW, 0o600);
  try {
    fchmodSync(opened, 0o600);
    return opened;
  } catch (error) {
    closeSync(opened);
    throw error;
  }
}

/** Writes a file within `.sparkwright` as `openOwnFile` opens it. */
export function writeOwnFile(file: string, content: string | Uint8Array): void {
  const opened = openOwnFile(file, "replace");
  try {
    writeFileSync(opened, content);
  } finally {
    closeSync(opened);
  }
}

/** Empties a folder within `.sparkwright`, or makes it. Thrown when it is not the user's own: `FILE_NOT_OWN`. */
export function emptyOwnFolder(folder: string): void {
  removeOwnFolder(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

export function removeOwnFolder(folder: string): void {
  checkOwn(folder);
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Refuses a path within `.sparkwright` that leads out of it, or into what belongs to somebody else: symbolic links, files
 * with a second name, devices and pipes, and whatever another user owns. What is not there is nobody's.
 *
 * Thrown then: `FILE_NOT_OWN`, with the part of the path that is wrong.
 */
export function checkOwn(path: string): void {
  for (const part of ownParts(path)) {
    const found = lstatSync(part, { throwIfNoEntry: false });
    if (found === undefined) return;
    const wrong = faultOf(found);
    if (wrong === undefined) continue;
    throw new SparkwrightError("FILE_NOT_OWN", `${part} ${wrong}, and is not used`, {
      hint: `Remove it: rm ${found.isDirectory() ? "-r " : ""}${quoted(part)}. What it holds for this project is made anew.`,
      details: { path: part },
    });
  }
}

function faultOf(found: Stats): string | undefined {
  if (found.isSymbolicLink()) return "is a link";
  if (!found.isDirectory() && !found.isFile()) return "is neither a file nor a folder";
  if (found.isFile() && found.nlink > 1) return "is a file with a second name elsewhere (a hard link)";
  return isMine(found) ? undefined : "belongs to another user";
}

/** Root works in the folders of others, as in a container with a mounted project. */
function isMine({ uid }: Stats): boolean {
  const own = process.getuid?.();
  return own === undefined || own === 0 || own === uid;
}

/** The parts of the path from `.sparkwright` on, the shortest first; those before it are where the user works. */
function ownParts(path: string): readonly string[] {
  const absolute = resolve(path);
  const { root } = parse(absolute);
  const names = absolute.slice(root.length).split(sep);
  const from = names.lastIndexOf(ownFolderName);
  if (from < 0) return [];
  return names.slice(from).map((_, index) => root + names.slice(0, from + index + 1).join(sep));
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
