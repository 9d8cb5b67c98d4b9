import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

export type Fields = Readonly<Record<string, SQLInputValue | undefined>>;

/** Writes rows through statements that are prepared once. Table and column names come from code, never from data. */
export class RowWriter {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  insert(table: string, fields: Fields): void {
    const columns = Object.keys(fields);
    const places = columns.map(() => "?").join(", ");
    this.#run(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`, fields);
  }

  /** Inserts a row, in place of the one with the same primary key. */
  replace(table: string, fields: Fields): void {
    const columns = Object.keys(fields);
    const places = columns.map(() => "?").join(", ");
    this.#run(`INSERT OR REPLACE INTO ${table} (${columns.join(", ")}) VALUES (${places})`, fields);
  }

  /** Returns how many rows had `key`, and a state out of `states` where that is given. */
  update(table: string, key: Fields, fields: Fields, states?: readonly string[]): number {
    const assignments = Object.keys(fields).map((column) => `${column} = ?`);
    const conditions = Object.keys(key).map((column) => `${column} = ?`);
    if (states !== undefined) conditions.push(`state IN (${states.map((state) => `'${state}'`).join(", ")})`);
    const sql = `UPDATE ${table} SET ${assignments.join(", ")} WHERE ${conditions.join(" AND ")}`;
    return this.#run(sql, fields, key);
  }

  /** The first row of a query. */
  get(sql: string, ...values: readonly SQLInputValue[]): Readonly<Record<string, unknown>> | undefined {
    return this.#statement(sql).get(...values);
  }

  /** The rows of a query. */
  all(sql: string, ...values: readonly SQLInputValue[]): readonly Readonly<Record<string, unknown>>[] {
    return this.#statement(sql).all(...values);
  }

  /** Runs a statement; returns how many rows it changed. */
  execute(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }

  stateOf(table: string, key: Fields): string | undefined {
    const conditions = Object.keys(key).map((column) => `${column} = ?`);
    const statement = this.#statement(`SELECT state FROM ${table} WHERE ${conditions.join(" AND ")}`);
    const row = statement.get(...valuesOf(key));
    return row === undefined ? undefined : String(row["state"]);
  }

  /** `BEGIN IMMEDIATE`, so that of two processes one waits at the start instead of failing in the middle. */
  transaction<T>(work: () => T): T {
    this.#statement("BEGIN IMMEDIATE").run();
    try {
      const result = work();
      this.#statement("COMMIT").run();
      return result;
    } catch (error) {
      if (this.#db.isTransaction) this.#statement("ROLLBACK").run();
      throw error;
    }
  }

  /** A transaction that is flushed to the disk, with every one before it, when it returns. */
  durably(work: () => void): void {
    this.#db.exec("PRAGMA synchronous = FULL");
    try {
      this.transaction(work);
    } finally {
      this.#db.exec("PRAGMA synchronous = NORMAL");
    }
  }

  #run(sql: string, ...fields: readonly Fields[]): number {
    return Number(this.#statement(sql).run(...fields.flatMap(valuesOf)).changes);
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function valuesOf(fields: Fields): SQLInputValue[] {
  return Object.values(fields).map((value) => value ?? null);
}
