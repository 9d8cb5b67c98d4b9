import type { DatasetConfig } from "../config/project.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { nameParts, quotedName } from "../sql-text/names.ts";

/** Makes the database (or `catalog.schema`) of a table where it is missing. */
export async function ensureNamespace(session: SparkSession, { location }: DatasetConfig): Promise<void> {
  if (location.kind !== "table") return;
  const namespace = namespaceOf(location.table);
  if (namespace !== undefined) await session.sql(`CREATE SCHEMA IF NOT EXISTS ${namespace}`);
}

/** Everything before the last dot that is not inside backquotes, as SQL has it. */
export function namespaceOf(table: string): string | undefined {
  const parts = nameParts(table);
  return parts.length < 2 ? undefined : quotedName(parts.slice(0, -1));
}
