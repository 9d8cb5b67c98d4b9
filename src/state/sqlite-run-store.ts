import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { RunEvent } from "../events/run-event.ts";
import type { CircuitStore } from "./circuit-store.ts";
import { openDatabase } from "./open-database.ts";
import { RowWriter } from "./row-writer.ts";
import { RunReader } from "./run-reader.ts";
import type { RunDetails, RunRecord, RunStore } from "./run-store.ts";
import { writeEvent } from "./run-writer.ts";
import { SqliteCircuitStore } from "./sqlite-circuit-store.ts";
import { storeError } from "./store-error.ts";

/** The run store of the project in `root`: `.sparkwright/runs.db`. Thrown when it cannot be opened: `RUN_STATE_OPEN`. */
export function openRunStore(root: string): RunStore {
  return new SqliteRunStore(join(root, ".sparkwright", "runs.db"));
}

class SqliteRunStore implements RunStore {
  readonly #file: string;
  readonly #db: DatabaseSync;
  readonly #rows: RowWriter;
  readonly #reader: RunReader;
  readonly circuits: CircuitStore;

  constructor(file: string) {
    this.#file = file;
    this.#db = openDatabase(file);
    this.#rows = new RowWriter(this.#db);
    this.#reader = new RunReader(this.#db);
    const circuits = new SqliteCircuitStore(this.#db, this.#rows);
    this.circuits = {
      load: (pipeline) => this.#guard("read", () => circuits.load(pipeline)),
      update: (pipeline, change) => this.#guard("write", () => circuits.update(pipeline, change)),
    };
  }

  record(event: RunEvent): void {
    this.#guard("write", () => writeEvent(this.#rows, event));
  }

  listRuns(limit: number): readonly RunRecord[] {
    return this.#guard("read", () => this.#reader.list(limit));
  }

  getRun(runId: string): RunDetails | undefined {
    return this.#guard("read", () => this.#reader.get(runId));
  }

  lastDurations(pipeline: string): ReadonlyMap<string, number> {
    return this.#guard("read", () => this.#reader.lastDurations(pipeline));
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #guard<T>(action: "read" | "write", work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(action, this.#file, error);
    }
  }
}
