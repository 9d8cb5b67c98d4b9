import { messageOf, SparkwrightError } from "../core/error.ts";
import { folderFault, isFull, writeFault } from "../core/make-folder.ts";

const sqlite = { busy: 5, readonly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

const hints: Readonly<Record<number, string>> = {
  [sqlite.busy]: "Another process has held the run store locked for too long; end it and run again.",
  [sqlite.readonly]: "Make the file and its folder writable for this user.",
  [sqlite.ioError]: "Check the disk and the log of the system for errors.",
  [sqlite.corrupt]: "Move the file away; a new run store is made by the next run.",
  [sqlite.full]: "The disk is full: free some space and run again.",
  [sqlite.cannotOpen]: "Check that the folder exists and that this user may write to it.",
  [sqlite.notADatabase]: "Move the file away; a new run store is made by the next run.",
};

/** The error of a store that cannot be opened, read or written, saying which file and what to do. */
export function storeError(
  action: "open" | "read" | "write",
  file: string,
  cause: unknown,
): SparkwrightError {
  if (cause instanceof SparkwrightError) {
    return cause.code === "FOLDER_NOT_MADE" ? storeError(action, file, cause.cause) : cause;
  }
  const { why = messageOf(cause), hint } = faultOf(file, cause);
  return new SparkwrightError(
    `RUN_STATE_${action.toUpperCase()}`,
    `cannot ${action} the run store ${file}: ${why}`,
    {
      hint,
      cause,
      details: { file },
    },
  );
}

const lockErrors = new Set([
  10 | (8 << 8), // SQLITE_IOERR_UNLOCK
  10 | (9 << 8), // SQLITE_IOERR_RDLOCK
  10 | (14 << 8), // SQLITE_IOERR_CHECKRESERVEDLOCK
  10 | (15 << 8), // SQLITE_IOERR_LOCK
  10 | (20 << 8), // SQLITE_IOERR_SHMLOCK
  10 | (21 << 8), // SQLITE_IOERR_SHMMAP
]);

/** What went wrong where SQLite's own words do not say it, and what to do. */
function faultOf(file: string, cause: unknown): { readonly why?: string; readonly hint?: string } {
  const code = primaryCode(cause);
  if (code === undefined) return folderFault(file, cause);
  const { full, ioError, readonly, cannotOpen } = sqlite;
  // Of a full disk SQLite says many things: it is told by whatever it had to make larger.
  if (code === full || (([ioError, cannotOpen] as number[]).includes(code) && isFull(file))) {
    return { why: "the disk is full", ...hintOf(full) };
  }
  if (([readonly, cannotOpen] as number[]).includes(code) && writeFault(file) === "EROFS") {
    return folderFault(file, { code: "EROFS" });
  }
  if (lockErrors.has(resultCode(cause) ?? 0)) {
    return {
      hint: "Put the project on a local disk: network file systems often lack the locks that SQLite needs.",
    };
  }
  return hintOf(code);
}

function hintOf(code: number): { readonly hint?: string } {
  const hint = hints[code];
  return hint === undefined ? {} : { hint };
}

/** SQLite's extended result code; its low byte is the primary one. https://sqlite.org/rescode.html */
function resultCode(cause: unknown): number | undefined {
  const code: unknown =
    typeof cause === "object" && cause !== null ? Reflect.get(cause, "errcode") : undefined;
  return typeof code === "number" ? code : undefined;
}

export function isBusy(cause: unknown): boolean {
  return primaryCode(cause) === sqlite.busy;
}

export function cannotOpen(cause: unknown): boolean {
  return primaryCode(cause) === sqlite.cannotOpen;
}

function primaryCode(cause: unknown): number | undefined {
  const code = resultCode(cause);
  return code === undefined ? undefined : code & 0xff;
}
