import { Column } from "../sql/column.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { expressionString } from "../sql/plan/expression.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { quoteName } from "../sql/types/data-type.ts";
import { deltaStore } from "./delta-store.ts";
import type { SaveRequest } from "./save-request.ts";
import { duplicateKeysMark } from "./write-error.ts";

const keyCount = "_sparkwright_key_count";

/**
 * Deletes and updates rows whose keys exist, as the dataset's conditions say, and inserts the others. Keys are
 * compared null-safely, so that a row with a NULL key is found again instead of being inserted with every run.
 *
 * With `addColumns`, columns that the table lacks are added to it.
 *
 * Returns the rows updated and inserted, or `undefined` when Delta skipped it because this run had merged already.
 */
export async function mergeInto(
  { dataset }: SaveRequest,
  session: SparkSession,
  frame: DataFrame,
  addColumns: boolean,
): Promise<bigint | undefined> {
  const { mergeKeys, mergeDeleteCondition: remove, mergeUpdateCondition: update } = dataset;
  const keys = mergeKeys.map(quoteName);
  const matches = keys.map((key) => `target.${key} <=> source.${key}`).join(" AND ");
  const when = (condition: string | undefined) => (condition === undefined ? "" : ` AND (${condition}\n)`);
  const names = await frame.columns();
  const columns = names.map(quoteName);
  // Delta takes backquotes in names for its own in a star, which else is how columns are added.
  const isStar = addColumns && !names.some((name) => name.includes("`"));
  const assigned = columns.map((name) => `${name} = source.${name}`).join(", ");
  const listed = `(${columns.join(", ")}) VALUES (${columns.map((name) => `source.${name}`).join(", ")})`;
  const merged = await session.sql(
    [
      `MERGE ${addColumns ? "WITH SCHEMA EVOLUTION " : ""}INTO ${deltaStore(dataset).sqlName} AS target`,
      `USING sparkwright_source AS source ON ${matches}`,
      ...(remove === undefined ? [] : [`WHEN MATCHED${when(remove)} THEN DELETE`]),
      `WHEN MATCHED${when(update)} THEN UPDATE SET ${isStar ? "*" : assigned}`,
      `WHEN NOT MATCHED THEN INSERT ${isStar ? "*" : listed}`,
    ].join(" "),
    {},
    { sparkwright_source: uniqueBy(frame, keys) },
  );
  const [result] = await merged.collect();
  if (result === undefined) return undefined;
  const count = (name: string) => (result as Readonly<Record<string, unknown>>)[name] as bigint;
  return count("num_updated_rows") + count("num_inserted_rows");
}

/** Fails while it is read when keys repeat: Delta would insert both rows of a new key. */
function uniqueBy(frame: DataFrame, keys: readonly string[]): DataFrame {
  const count = new Column(expressionString(`count(1) OVER (PARTITION BY ${keys.join(", ")})`));
  const shown = keys.map((key) => `coalesce(cast(${key} AS STRING), 'NULL')`).join(", ', ', ");
  const refuse = `raise_error(concat('${duplicateKeysMark}', ${shown}))`;
  return frame
    .withColumn(keyCount, count)
    .where(`CASE WHEN ${keyCount} = 1 THEN true ELSE ${refuse} END`)
    .drop(keyCount);
}
