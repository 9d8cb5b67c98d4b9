import { messageOf, SparkwrightError } from "../core/error.ts";
import { folderHint } from "../core/make-folder.ts";

const sqlite = { busy: 5, readonly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

const hints: Readonly<Record<number, string>> = {
  [sqlite.busy]: "Another process has held the run store locked for too long; end it and run again.",
  [sqlite.readonly]: "Make the file and its folder writable for this user.",
  [sqlite.ioError]: "Check the disk; network file systems often lack the locks that SQLite needs.",
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
  if (cause instanceof SparkwrightError) return cause;
  const code = primaryCode(cause);
  const message = `cannot ${action} the run store ${file}: ${messageOf(cause)}`;
  const hint = code === undefined ? folderHint(cause) : hints[code];
  return new SparkwrightError(`RUN_STATE_${action.toUpperCase()}`, message, {
    hint,
    cause,
    details: { file },
  });
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
