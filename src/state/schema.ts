import type { DatabaseSync } from "node:sqlite";
import { SparkwrightError } from "../core/error.ts";

/** `migrations[n]` leads from `user_version` n to n + 1. Never edit one that was released: add another. */
const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    pipeline TEXT NOT NULL,
    state TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    max_parallel_nodes INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    duration_ms INTEGER,
    rows INTEGER,
    error TEXT
  ) STRICT;
  CREATE INDEX runs_by_start ON runs (started_at);

  CREATE TABLE nodes (
    run_id TEXT NOT NULL REFERENCES runs,
    node TEXT NOT NULL,
    position INTEGER NOT NULL,
    depends_on TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at TEXT,
    ended_at TEXT,
    duration_ms INTEGER,
    rows INTEGER,
    because TEXT,
    error TEXT,
    PRIMARY KEY (run_id, node)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE attempts (
    run_id TEXT NOT NULL,
    node TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    state TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    error TEXT,
    PRIMARY KEY (run_id, node, attempt),
    FOREIGN KEY (run_id, node) REFERENCES nodes
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE operations (
    operation_id TEXT PRIMARY KEY,
    run_id TEXT NOT NULL,
    node TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    endpoint TEXT NOT NULL,
    user_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    server_side_session_id TEXT,
    state TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    ended_at TEXT,
    FOREIGN KEY (run_id, node, attempt) REFERENCES attempts
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX operations_by_run ON operations (run_id);

  CREATE TABLE datasets (
    run_id TEXT NOT NULL,
    node TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    mode TEXT NOT NULL,
    outcome TEXT NOT NULL,
    rows INTEGER NOT NULL,
    version INTEGER,
    duration_ms INTEGER NOT NULL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (run_id, node, attempt, dataset),
    FOREIGN KEY (run_id, node, attempt) REFERENCES attempts
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE circuits (
    pipeline TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    failures INTEGER NOT NULL,
    opened_at INTEGER,
    open_until INTEGER,
    last_node TEXT,
    last_error TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE runs ADD COLUMN epoch INTEGER;
  ALTER TABLE runs ADD COLUMN request TEXT;
  ALTER TABLE nodes ADD COLUMN fingerprint TEXT;
  ALTER TABLE nodes ADD COLUMN decision TEXT;
  ALTER TABLE nodes ADD COLUMN reason TEXT;
  ALTER TABLE attempts ADD COLUMN fingerprint TEXT;
  ALTER TABLE attempts ADD COLUMN inputs TEXT;
  ALTER TABLE operations ADD COLUMN dataset TEXT;

  CREATE TABLE leases (
    pipeline TEXT NOT NULL,
    window TEXT NOT NULL,
    run_id TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    pid_space TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process_start TEXT NOT NULL,
    acquired_at INTEGER NOT NULL,
    heartbeat_at INTEGER NOT NULL,
    released_at INTEGER,
    PRIMARY KEY (pipeline, window)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX leases_by_run ON leases (run_id);
  `,
  `
  CREATE TABLE checks (
    run_id TEXT NOT NULL,
    node TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL,
    passed INTEGER NOT NULL,
    violations INTEGER NOT NULL,
    example TEXT,
    PRIMARY KEY (run_id, node, attempt, dataset, position),
    FOREIGN KEY (run_id, node, attempt) REFERENCES attempts
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE leases RENAME TO old_leases;
  DROP INDEX leases_by_run;
  CREATE TABLE leases (
    pipeline TEXT NOT NULL,
    window TEXT NOT NULL,
    environment TEXT NOT NULL,
    run_id TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    pid_space TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process_start TEXT NOT NULL,
    acquired_at INTEGER NOT NULL,
    heartbeat_at INTEGER NOT NULL,
    heartbeat_up_ms INTEGER,
    writes TEXT,
    released_at INTEGER,
    PRIMARY KEY (pipeline, window, environment)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO leases (pipeline, window, environment, run_id, epoch, pid_space, pid, process_start, acquired_at,
      heartbeat_at, released_at)
    SELECT pipeline, window, coalesce((SELECT json_extract(request, '$.environment') FROM runs WHERE
      runs.run_id = old_leases.run_id), ''), run_id, epoch, pid_space, pid, process_start, acquired_at, heartbeat_at,
      released_at FROM old_leases;
  DROP TABLE old_leases;
  CREATE INDEX leases_by_run ON leases (run_id);
  `,
];

/** Brings the schema to the version of this program; of two processes that try at once, one waits. */
export function migrate(db: DatabaseSync, file: string): void {
  if (isCurrent(db)) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    const version = versionOf(db);
    if (version > migrations.length) throw tooNew(file, version);
    for (const migration of migrations.slice(version)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
    db.exec("COMMIT");
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** Whether the schema is that of this program. */
export function isCurrent(db: DatabaseSync): boolean {
  return versionOf(db) === migrations.length;
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
}

function tooNew(file: string, version: number): SparkwrightError {
  return new SparkwrightError(
    "RUN_STATE_TOO_NEW",
    `the run store ${file} has schema version ${version}; this sparkwright knows up to ${migrations.length}`,
    { hint: "Upgrade sparkwright, or use another project folder." },
  );
}
