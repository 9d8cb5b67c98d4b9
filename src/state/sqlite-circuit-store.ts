import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { EventError } from "../events/event-error.ts";
import { toJson } from "../events/ndjson.ts";
import type { Circuit, CircuitStore } from "./circuit-store.ts";
import { closedCircuit } from "./circuit-store.ts";
import type { RowWriter } from "./row-writer.ts";

/** The circuits of a project, beside its runs. A closed circuit without failures has no row. */
export class SqliteCircuitStore implements CircuitStore {
  readonly #rows: RowWriter;
  readonly #select: StatementSync;
  readonly #delete: StatementSync;

  constructor(db: DatabaseSync, rows: RowWriter) {
    this.#rows = rows;
    this.#select = db.prepare("SELECT * FROM circuits WHERE pipeline = ?");
    this.#delete = db.prepare("DELETE FROM circuits WHERE pipeline = ?");
  }

  load(pipeline: string): Circuit {
    const row = this.#select.get(pipeline);
    if (row === undefined) return closedCircuit;
    const { state, failures, opened_at, open_until, last_node, last_error } = row;
    return {
      state: state as Circuit["state"],
      failures: Number(failures),
      ...(opened_at !== null && { openedAt: Number(opened_at) }),
      ...(open_until !== null && { openUntil: Number(open_until) }),
      ...(last_node !== null && {
        lastFailure: { node: String(last_node), error: JSON.parse(String(last_error)) as EventError },
      }),
    };
  }

  update(pipeline: string, change: (circuit: Circuit) => Circuit): Circuit {
    // Most of what happens changes nothing, and needs no transaction to do so.
    const before = this.load(pipeline);
    if (change(before) === before) return before;
    let after = before;
    this.#rows.transaction(() => {
      const current = this.load(pipeline);
      after = change(current);
      if (after === current) return;
      this.#delete.run(pipeline);
      if (after.state === "closed" && after.failures === 0) return;
      const { state, failures, openedAt, openUntil, lastFailure } = after;
      this.#rows.insert("circuits", {
        pipeline,
        state,
        failures,
        opened_at: openedAt,
        open_until: openUntil,
        last_node: lastFailure?.node,
        last_error: lastFailure && toJson(lastFailure.error),
      });
    });
    return after;
  }
}
