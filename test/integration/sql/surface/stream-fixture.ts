import { randomUUID } from "node:crypto";
import {
  type DataFrame,
  rowValues,
  type SparkSession,
  type StreamingQuery,
} from "../../../../src/sql/index.ts";
import type { DataStreamWriter } from "../../../../src/sql/streaming/data-stream-writer.ts";
import { getSpark } from "../../spark.ts";

/** A database for the tests of one file, and a folder in it that the server can write to, wherever it runs. */
export class StreamFixture {
  readonly spark: SparkSession;
  readonly db: string;
  readonly #folder: string;

  private constructor(spark: SparkSession, db: string, folder: string) {
    this.spark = spark;
    this.db = db;
    this.#folder = folder;
  }

  static async open(): Promise<StreamFixture> {
    const spark = await getSpark();
    const db = uniqueName("stream");
    await spark.sql(`CREATE DATABASE ${db}`);
    return new StreamFixture(spark, db, (await spark.catalog.getDatabase(db)).locationUri);
  }

  path(name: string): string {
    return `${this.#folder}/${name}`;
  }

  checkpoint(): string {
    return this.path(uniqueName("checkpoint"));
  }

  /** All rows of a stream of what is there now, as arrays in the order of their first column. */
  async drain(
    stream: DataFrame,
    how: (writer: DataStreamWriter) => DataStreamWriter = same,
  ): Promise<unknown[][]> {
    const name = uniqueName("memory");
    const writer = stream.writeStream.format("memory").queryName(name).trigger({ availableNow: true });
    await finished(await how(writer).start());
    return await valuesOf(this.spark.table(name));
  }

  async close(): Promise<void> {
    for (const query of await this.spark.streams.active()) await query.stop();
    await this.spark.sql(`DROP DATABASE ${this.db} CASCADE`);
  }
}

function same<T>(value: T): T {
  return value;
}

export function uniqueName(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll("-", "")}`;
}

/** Waits for a query with an end, and fails when that takes longer than any machine should need. */
export async function finished(query: StreamingQuery): Promise<StreamingQuery> {
  if (!(await query.awaitTermination(120_000))) {
    await query.stop();
    throw new Error("the query did not end");
  }
  return query;
}

export async function valuesOf(df: DataFrame): Promise<unknown[][]> {
  const rows = (await df.collect()).map(rowValues);
  return rows.sort(([a], [b]) => ((a as bigint) < (b as bigint) ? -1 : 1));
}

/** Waits until something holds that the server comes to by itself. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1_200; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not come to that within two minutes");
}
