import { chmodSync, closeSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { checkOwn, makeOwnFolder } from "../core/own-files.ts";
import { isCurrent, migrate } from "./schema.ts";
import { cannotOpen, isBusy, storeError } from "./store-error.ts";

const busyTimeoutMs = 10_000;

/** Opens the database, creating folder, file and schema where they are missing. */
export function openDatabase(file: string): DatabaseSync {
  return opening(file, () => {
    makeOwnFolder(dirname(file));
    // SQLite gives its log and the index of it the mode of the database.
    for (const path of [file, `${file}-wal`, `${file}-shm`, `${file}-journal`]) checkOwn(path);
    makePrivate(file);
    return prepared(new DatabaseSync(file), (db) => {
      useWriteAheadLog(db);
      db.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
      migrate(db, file);
    });
  });
}

/** Opens the database to be read, also where nothing can be written; one that is not there is empty, and stays away. */
export function openDatabaseToRead(file: string): DatabaseSync {
  return opening(file, () => {
    if (sizeOf(file) === undefined) {
      return prepared(new DatabaseSync(":memory:"), (db) => migrate(db, file));
    }
    const db = readable(file);
    if (isCurrent(db)) return db;
    db.close();
    return openDatabase(file);
  });
}

function opening(file: string, open: () => DatabaseSync): DatabaseSync {
  try {
    return open();
  } catch (error) {
    throw storeError("open", file, error);
  }
}

/** A database is closed again when it cannot be made ready. */
function prepared(db: DatabaseSync, prepare: (db: DatabaseSync) => void): DatabaseSync {
  try {
    db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * Even a reader writes: it needs the index of the log in a file. Where it cannot make that and there is no log either,
 * nobody writes and the file is all there is.
 */
function readable(file: string): DatabaseSync {
  // It is the first query that fails.
  const open = (path: string | URL) => prepared(new DatabaseSync(path, { readOnly: true }), isCurrent);
  try {
    return open(file);
  } catch (error) {
    if (!cannotOpen(error) || (sizeOf(`${file}-wal`) ?? 0) > 0) throw error;
    const url = pathToFileURL(file);
    url.search = "?immutable=1";
    return open(url);
  }
}

function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

/** Not by opening one that is there: its close would take away the locks that this process holds on it elsewhere. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if (!(error instanceof Error) || Reflect.get(error, "code") !== "EEXIST") throw error;
    if ((statSync(file).mode & 0o777) !== 0o600) chmodSync(file, 0o600);
  }
}

/** The switch to WAL does not wait for the busy timeout when another process is switching too, so it is repeated. */
function useWriteAheadLog(db: DatabaseSync): void {
  const deadline = Date.now() + busyTimeoutMs;
  for (;;) {
    try {
      db.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
