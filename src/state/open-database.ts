import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { migrate } from "./schema.ts";
import { isBusy, storeError } from "./store-error.ts";

const busyTimeoutMs = 10_000;

/** Opens the database, creating folder, file and schema where they are missing. */
export function openDatabase(file: string): DatabaseSync {
  try {
    prepareFolder(dirname(file));
    const db = new DatabaseSync(file);
    try {
      db.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
      useWriteAheadLog(db);
      db.exec("PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL");
      migrate(db, file);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw storeError("open", file, error);
  }
}

/** What is in the folder is this machine's own; it does not belong under version control. */
function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const ignore = join(folder, ".gitignore");
  if (!existsSync(ignore)) writeFileSync(ignore, "*\n");
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
