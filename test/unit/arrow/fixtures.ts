import { readFileSync } from "node:fs";

/**
 * What Spark 4.2.0 answered to the query of this name in fixtures/queries.json: session time zone UTC,
 * `spark.sql.timeType.enabled` on, `spark.sql.execution.arrow.compression.codec` as the name says.
 */
export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`./fixtures/${name}.arrow`, import.meta.url));
}
