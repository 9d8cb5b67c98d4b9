import { Column } from "../sql/column.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { expressionString } from "../sql/plan/expression.ts";
import { quoteName } from "../sql/types/data-type.ts";
import type { DeltaStore } from "./delta-store.ts";
import { deltaHistory } from "./delta-store.ts";
import type { SavedDataset, SaveRequest } from "./save-request.ts";
import { duplicateKeysMark } from "./write-error.ts";

const keyCount = "_sparkwright_key_count";

/**
 * Updates the rows whose keys exist and inserts the others. Keys are compared null-safely, so that a row with a NULL
 * key is found again instead of being inserted with every run.
 */
export async function mergeInto(
  { session, dataset, frame }: SaveRequest,
  store: DeltaStore,
  historyDepth: number,
): Promise<SavedDataset> {
  const keys = dataset.mergeKeys.map(quoteName);
  const matches = keys.map((key) => `target.${key} <=> source.${key}`).join(" AND ");
  const merged = await session.sql(
    `MERGE INTO ${store.sqlName} AS target USING sparkwright_source AS source ON ${matches}` +
      " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *",
    {},
    { sparkwright_source: uniqueBy(frame, keys) },
  );
  const [result] = await merged.collect();
  const count = (name: string) => (result as Readonly<Record<string, unknown>> | undefined)?.[name] as bigint;
  const [updated, inserted] = [count("num_updated_rows"), count("num_inserted_rows")];

  // A MERGE takes no commit tag, and its condition comes simplified into the history; its numbers tell it.
  const history = await deltaHistory(session, store, historyDepth);
  const commit = history.find(
    ({ operation, metrics }) =>
      operation === "MERGE" &&
      BigInt(metrics.get("numTargetRowsUpdated") ?? -1) === updated &&
      BigInt(metrics.get("numTargetRowsInserted") ?? -1) === inserted,
  );
  return { outcome: "written", rows: updated + inserted, ...(commit && { version: commit.version }) };
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
