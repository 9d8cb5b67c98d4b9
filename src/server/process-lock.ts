import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Clock, systemClock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import { isFull, makeFolder, writeFault } from "../core/make-folder.ts";
import { checkOwn } from "../core/own-files.ts";

/** A lock held against every other process; the kernel gives it up when its holder ends, however it ends. */
export interface ProcessLock {
  release(): void;
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
  /** Called once, when somebody else holds the lock and the wait begins. */
  readonly onWait?: () => void;
}

const pollMs = 200;
const sqliteBusy = 5;

/**
 * Takes the lock `file` if nobody holds it, also within this process; `undefined` when somebody does.
 *
 * SQLite's file locks serve because Node has no others: a lock file with its owner's pid in it would outlive a
 * killed owner, and taking such a file over has a race that this has not.
 */
export function tryLock(file: string): ProcessLock | undefined {
  checkOwn(file);
  makeFolder(dirname(file));
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec("BEGIN EXCLUSIVE");
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (error instanceof Error && Reflect.get(error, "errcode") === sqliteBusy) return undefined;
    throw new SparkwrightError("SERVER_LOCK_FAILED", `cannot lock ${file}: ${String(error)}`, {
      cause: error,
      hint: isFull(file)
        ? "The disk is full: free some space and try again."
        : writeFault(file) === undefined
          ? "Put the project on a local disk: network file systems often lack locks."
          : "Make the file and its folder writable for this user.",
    });
  }
}

/** Waits for the lock `file`. Thrown when `signal` aborts. */
export async function acquireLock(file: string, options: LockOptions = {}): Promise<ProcessLock> {
  const { clock = systemClock, signal, onWait } = options;
  for (let waited = false; ; waited = true) {
    const lock = tryLock(file);
    if (lock !== undefined) return lock;
    if (!waited) onWait?.();
    await clock.sleep(pollMs, signal);
  }
}
