import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { EventError } from "../events/event-error.ts";
import type { InputVersion, NodeFingerprint, ResumedNode, RunRequest } from "../events/run-event.ts";
import type { DatasetSummary } from "../events/run-summary.ts";
import type { NodeState } from "./node-state.ts";
import type {
  AttemptRecord,
  CheckRecord,
  DatasetRecord,
  NodeRecord,
  OperationRecord,
  RunDetails,
  RunRecord,
  RunState,
} from "./run-store.ts";

/** Turns rows into records. */
export class RunReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  list(limit: number, pipeline?: string): RunRecord[] {
    const order = "ORDER BY started_at DESC, rowid DESC LIMIT ?";
    return pipeline === undefined
      ? this.#all(`SELECT * FROM runs ${order}`, limit).map(runRecord)
      : this.#all(`SELECT * FROM runs WHERE pipeline = ? ${order}`, pipeline, limit).map(runRecord);
  }

  find(prefix: string): RunRecord[] {
    const sql = "SELECT * FROM runs WHERE substr(run_id, 1, length(?1)) = ?1 ORDER BY rowid DESC";
    return this.#all(sql, prefix).map(runRecord);
  }

  latestUnfinished(): RunRecord | undefined {
    return this.#all(
      `SELECT * FROM runs AS run WHERE state <> 'success' AND NOT EXISTS (
         SELECT 1 FROM runs AS later WHERE later.pipeline = run.pipeline AND later.start_date IS run.start_date
           AND later.end_date IS run.end_date AND json_extract(later.request, '$.environment') IS
             json_extract(run.request, '$.environment') AND later.state = 'success' AND later.rowid > run.rowid
       ) ORDER BY rowid DESC LIMIT 1`,
    ).map(runRecord)[0];
  }

  openOperations(runId: string): OperationRecord[] {
    const sql = "SELECT * FROM operations WHERE run_id = ? AND state = 'submitted' ORDER BY submitted_at";
    return this.#all(sql, runId).map(operationRecord);
  }

  get(runId: string): RunDetails | undefined {
    const [run] = this.#all("SELECT * FROM runs WHERE run_id = ?", runId);
    if (run === undefined) return undefined;
    const attempts = this.#all("SELECT * FROM attempts WHERE run_id = ? ORDER BY node, attempt", runId);
    const byNode = Map.groupBy(attempts, (row) => row.text("node"));
    return {
      ...runRecord(run),
      nodes: this.#all("SELECT * FROM nodes WHERE run_id = ? ORDER BY position", runId).map((row) =>
        nodeRecord(row, (byNode.get(row.text("node")) ?? []).map(attemptRecord)),
      ),
      operations: this.#all(
        "SELECT * FROM operations WHERE run_id = ? ORDER BY submitted_at, operation_id",
        runId,
      ).map(operationRecord),
      datasets: this.#all("SELECT * FROM datasets WHERE run_id = ? ORDER BY written_at, dataset", runId).map(
        datasetRecord,
      ),
      checks: this.#all(
        "SELECT * FROM checks WHERE run_id = ? ORDER BY node, attempt, dataset, position",
        runId,
      ).map(checkRecord),
    };
  }

  lastDurations(pipeline: string): ReadonlyMap<string, number> {
    const rows = this.#all(
      `SELECT node, duration_ms FROM nodes WHERE duration_ms IS NOT NULL AND run_id = (
         SELECT run_id FROM runs WHERE pipeline = ? AND state = 'success' ORDER BY started_at DESC LIMIT 1)`,
      pipeline,
    );
    return new Map(rows.map((row) => [row.text("node"), Number(row.text("duration_ms"))]));
  }

  #all(sql: string, ...values: SQLInputValue[]): StoredRow[] {
    const statement = this.#db.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all(...values).map((row) => new StoredRow(row));
  }
}

/** Typed access to the columns of one row; absent and NULL are `undefined`. */
class StoredRow {
  readonly #row: Readonly<Record<string, unknown>>;

  constructor(row: Readonly<Record<string, unknown>>) {
    this.#row = row;
  }

  text(column: string): string {
    return String(this.#row[column]);
  }

  /** `{[key]: value}`, or nothing when the column is NULL: ready to be spread into a record. */
  optional<K extends string, T>(
    key: K,
    column: string,
    read: (value: string) => T,
  ): { readonly [P in K]?: T } {
    const value = this.#row[column] ?? undefined;
    return value === undefined ? {} : ({ [key]: read(String(value)) } as { readonly [P in K]?: T });
  }
}

const readError = (json: string): EventError => JSON.parse(json) as EventError;

function runRecord(row: StoredRow): RunRecord {
  return {
    runId: row.text("run_id"),
    pipeline: row.text("pipeline"),
    state: row.text("state") as RunState,
    ...row.optional("startDate", "start_date", String),
    ...row.optional("endDate", "end_date", String),
    startedAt: row.text("started_at"),
    ...row.optional("endedAt", "ended_at", String),
    ...row.optional("durationMs", "duration_ms", Number),
    ...row.optional("rows", "rows", BigInt),
    ...row.optional("error", "error", readError),
    ...row.optional("epoch", "epoch", Number),
    ...row.optional("request", "request", (json) => JSON.parse(json) as RunRequest),
  };
}

function nodeRecord(row: StoredRow, attempts: readonly AttemptRecord[]): NodeRecord {
  return {
    name: row.text("node"),
    dependsOn: JSON.parse(row.text("depends_on")) as string[],
    state: row.text("state") as NodeState,
    attempts,
    ...row.optional("startedAt", "started_at", String),
    ...row.optional("endedAt", "ended_at", String),
    ...row.optional("durationMs", "duration_ms", Number),
    ...row.optional("rows", "rows", BigInt),
    ...row.optional("because", "because", String),
    ...row.optional("error", "error", readError),
    ...row.optional("decision", "decision", (text) => text as ResumedNode["decision"]),
    ...row.optional("reason", "reason", String),
  };
}

function attemptRecord(row: StoredRow): AttemptRecord {
  return {
    attempt: Number(row.text("attempt")),
    state: row.text("state") as AttemptRecord["state"],
    startedAt: row.text("started_at"),
    ...row.optional("endedAt", "ended_at", String),
    ...row.optional("error", "error", readError),
    ...row.optional("fingerprint", "fingerprint", (json) => JSON.parse(json) as NodeFingerprint),
    ...row.optional("inputs", "inputs", readInputs),
  };
}

function readInputs(json: string): InputVersion[] {
  const inputs = JSON.parse(json) as (Omit<InputVersion, "version"> & {
    readonly version?: number | string;
  })[];
  return inputs.map(({ version, ...input }) => ({
    ...input,
    ...(version !== undefined && { version: BigInt(version) }),
  }));
}

function operationRecord(row: StoredRow): OperationRecord {
  return {
    operationId: row.text("operation_id"),
    node: row.text("node"),
    attempt: Number(row.text("attempt")),
    endpoint: row.text("endpoint"),
    userId: row.text("user_id"),
    sessionId: row.text("session_id"),
    ...row.optional("serverSideSessionId", "server_side_session_id", String),
    state: row.text("state") as OperationRecord["state"],
    ...row.optional("dataset", "dataset", String),
    submittedAt: row.text("submitted_at"),
    ...row.optional("endedAt", "ended_at", String),
  };
}

function datasetRecord(row: StoredRow): DatasetRecord {
  return {
    node: row.text("node"),
    attempt: Number(row.text("attempt")),
    dataset: row.text("dataset"),
    mode: row.text("mode"),
    outcome: row.text("outcome") as DatasetSummary["outcome"],
    rows: BigInt(row.text("rows")),
    ...row.optional("version", "version", BigInt),
    durationMs: Number(row.text("duration_ms")),
    writtenAt: row.text("written_at"),
  };
}

function checkRecord(row: StoredRow): CheckRecord {
  return {
    node: row.text("node"),
    attempt: Number(row.text("attempt")),
    dataset: row.text("dataset"),
    name: row.text("name"),
    kind: row.text("kind"),
    severity: row.text("severity") as CheckRecord["severity"],
    passed: row.text("passed") === "1",
    violations: BigInt(row.text("violations")),
    ...row.optional("example", "example", String),
  };
}
