import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { identify, pidSpace } from "../core/process-identity.ts";
import type { RunEvent } from "../events/run-event.ts";
import type { CircuitStore } from "./circuit-store.ts";
import { type HeartbeatData, startHeartbeat } from "./heartbeat.ts";
import type { HeldLease, LeaseKey, LeaseRequest, Runner } from "./lease.ts";
import { leaseLost } from "./lease-errors.ts";
import { hasLostRunner, isHeld, takeLease } from "./lease-table.ts";
import { openDatabase, openDatabaseToRead } from "./open-database.ts";
import { RowWriter } from "./row-writer.ts";
import { RunReader } from "./run-reader.ts";
import type { OperationRecord, RunDetails, RunRecord, RunStore } from "./run-store.ts";
import { writeEvent } from "./run-writer.ts";
import { SqliteCircuitStore } from "./sqlite-circuit-store.ts";
import { storeError } from "./store-error.ts";
import { upMs } from "./up-ms.ts";

/**
 * The run store of the project in `root`: `.sparkwright/runs.db`. One that is opened to be read needs no right to write,
 * and is empty where there is none.
 *
 * Thrown when it cannot be opened: `RUN_STATE_OPEN`.
 */
export function openRunStore(root: string, access: "read" | "write" = "write"): RunStore {
  const file = join(root, ".sparkwright", "runs.db");
  return new SqliteRunStore(file, access === "read" ? openDatabaseToRead(file) : openDatabase(file));
}

const defaultStaleMs = 30_000;

class SqliteRunStore implements RunStore {
  readonly #file: string;
  readonly #db: DatabaseSync;
  readonly #rows: RowWriter;
  readonly #reader: RunReader;
  readonly circuits: CircuitStore;
  /** Of the runs of this process: what their leases must still say. */
  readonly #leases = new Map<string, HeartbeatData["key"]>();

  constructor(file: string, db: DatabaseSync) {
    this.#file = file;
    this.#db = db;
    this.#rows = new RowWriter(this.#db);
    this.#reader = new RunReader(this.#db);
    const circuits = new SqliteCircuitStore(this.#db, this.#rows);
    this.circuits = {
      load: (pipeline) => this.#guard("read", () => circuits.load(pipeline)),
      update: (pipeline, change) => this.#guard("write", () => circuits.update(pipeline, change)),
    };
  }

  record(event: RunEvent): void {
    this.#guard("write", () => writeEvent(this.#rows, event, () => this.#fence(event.runId)));
  }

  holdLease(request: LeaseRequest): HeldLease {
    const { pipeline, window, environment, runId, writes } = request;
    const { staleMs = defaultStaleMs, heartbeatMs = 5_000, runner = thisRunner() } = request;
    const { epoch, previous } = this.#guard("write", () => {
      const wanted = { pipeline, window, environment, runId, writes, runner, staleMs };
      const times = { now: Date.now(), upMs: upMs() };
      return this.#rows.transaction(() => takeLease(this.#rows, { ...wanted, ...times }));
    });
    const key = [pipeline, window, environment, runId, epoch] as const;
    const lost = new AbortController();
    const heartbeat = startHeartbeat({ file: this.#file, key, intervalMs: heartbeatMs }, () =>
      lost.abort(leaseLost(request, runId)),
    );
    this.#leases.set(runId, key);
    return {
      pipeline,
      window,
      environment,
      runId,
      epoch,
      previousRunIds: previous.map((row) => row.runId),
      takenOver: previous.some(({ released }) => !released),
      lost: lost.signal,
      release: () => {
        heartbeat.stop();
        this.#leases.delete(runId);
        const release = `UPDATE leases SET released_at = ? WHERE ${isHeld}`;
        this.#guard("write", () =>
          this.#rows.transaction(() => this.#rows.execute(release, Date.now(), ...key)),
        );
      },
    };
  }

  listRuns(limit: number, pipeline?: string): readonly RunRecord[] {
    return this.#guard("read", () => this.#reader.list(limit, pipeline));
  }

  findRuns(prefix: string): readonly RunRecord[] {
    return this.#guard("read", () => this.#reader.find(prefix));
  }

  latestUnfinished(): RunRecord | undefined {
    return this.#guard("read", () => this.#reader.latestUnfinished());
  }

  getRun(runId: string): RunDetails | undefined {
    return this.#guard("read", () => this.#reader.get(runId));
  }

  hasLostRunner({ runId, state }: RunRecord): boolean {
    if (state !== "running") return false;
    const observer = { runner: thisRunner(), now: Date.now(), upMs: upMs(), staleMs: defaultStaleMs };
    return this.#guard("read", () => hasLostRunner(this.#rows, runId, observer));
  }

  openOperations(runId: string): readonly OperationRecord[] {
    return this.#guard("read", () => this.#reader.openOperations(runId));
  }

  lastDurations(pipeline: string): ReadonlyMap<string, number> {
    return this.#guard("read", () => this.#reader.lastDurations(pipeline));
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** Thrown when the run is another process's: `RUN_LEASE_LOST`. */
  #fence(runId: string): void {
    const key = this.#leases.get(runId);
    const row =
      key === undefined
        ? this.#rows.get("SELECT * FROM leases WHERE run_id = ? AND released_at IS NULL", runId)
        : this.#rows.get(`SELECT * FROM leases WHERE ${isHeld}`, ...key);
    if ((row === undefined) === (key === undefined)) return;
    const [pipeline, window, environment] =
      key ?? (["pipeline", "window", "environment"] as const).map((column) => String(row?.[column]));
    throw leaseLost({ pipeline, window, environment } as LeaseKey, runId);
  }

  #guard<T>(action: "read" | "write", work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(action, this.#file, error);
    }
  }
}

function thisRunner(): Runner {
  const startTime = identify(process.pid)?.startTime ?? "unknown";
  return { pid: process.pid, startTime, pidSpace: pidSpace() };
}
