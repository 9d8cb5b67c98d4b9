import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { call, col } from "../sql/functions/call.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { deltaLocation, deltaStore } from "./delta-store.ts";

/** What marks a column in Delta's log whose values Delta makes where a write has none. */
const marks = ["delta.generationExpression", "delta.identity.start", "CURRENT_DEFAULT"];

interface LoggedField {
  readonly name: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * The identity, generated and DEFAULT columns of a Delta table, which a write may leave out.
 *
 * No statement of Delta names them all, so they are read from its log: from the last file that has the table's columns.
 * None are known of a table that does not exist, or where a catalog keeps others from its files.
 */
export async function madeColumns(session: SparkSession, dataset: DatasetConfig): Promise<readonly string[]> {
  const location = await deltaLocation(session, deltaStore(dataset).sqlName).catch(unlessOfSpark);
  if (location === undefined) return [];
  const log = `${location}/_delta_log`;
  const [commits, checkpoints] = await Promise.all([
    lastSchema(session, "json", `${log}/*.json`),
    lastSchema(session, "parquet", `${log}/*.checkpoint*.parquet`),
  ]);
  const last = [commits, checkpoints]
    .filter((found) => found !== undefined)
    .sort(byFile)
    .at(-1);
  if (last === undefined) return [];
  const { fields } = JSON.parse(last.schema) as { readonly fields: readonly LoggedField[] };
  return fields
    .filter(({ metadata = {} }) => marks.some((mark) => Object.hasOwn(metadata, mark)))
    .map(({ name }) => name);
}

interface LoggedSchema {
  readonly file: string;
  readonly schema: string;
}

/** Names begin with the version, in 20 digits. */
function byFile(one: LoggedSchema, other: LoggedSchema): number {
  return one.file < other.file ? -1 : 1;
}

async function lastSchema(
  session: SparkSession,
  format: "json" | "parquet",
  files: string,
): Promise<LoggedSchema | undefined> {
  try {
    const [row] = await session.read
      .format(format)
      .schema("metaData STRUCT<schemaString: STRING>")
      .load(files)
      .where("metaData.schemaString IS NOT NULL")
      .select(col("_metadata.file_name").alias("file"), col("metaData.schemaString").alias("schema"))
      .agg(call("max_by", call("struct", col("file"), col("schema")), col("file")).alias("last"))
      .select("last.file", "last.schema")
      .collect();
    const found = row as unknown as { readonly file: string | null; readonly schema: string | null };
    return found.file === null || found.schema === null
      ? undefined
      : { file: found.file, schema: found.schema };
  } catch (error) {
    // No such files, or none that a session may read.
    return unlessOfSpark(error);
  }
}

function unlessOfSpark(error: unknown): undefined {
  if (error instanceof SparkwrightError && error.code.startsWith("SPARK_")) return undefined;
  throw error;
}
