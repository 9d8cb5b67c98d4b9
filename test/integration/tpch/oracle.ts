import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { tableNames } from "./tables.ts";

/** DuckDB with the tables of the folder as views. */
export async function openOracle(folder: string): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create()).connect();
  for (const name of tableNames) {
    await connection.run(`create view ${name} as select * from '${join(folder, name)}.parquet'`);
  }
  return connection;
}

/** The names of the columns, and the rows in order. */
export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly DuckDBValue[])[];
}

export async function ask(connection: DuckDBConnection, query: string): Promise<Answer> {
  const reader = await connection.runAndReadAll(query);
  return { names: reader.columnNames(), rows: reader.getRows() };
}
