import { SparkwrightError } from "../core/error.ts";
import { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { tagText, transactionId } from "./commit-tag.ts";
import type { SaveRequest } from "./save-request.ts";

/**
 * Runs `write` in a copy of the session in which every commit of Delta carries the tag of the request, and no merge
 * is made twice. For operations that take no options; concurrent nodes share the session itself, so it must not have
 * such settings.
 *
 * On a server that cannot copy sessions (Spark before 4.1) it runs in the session itself, without a tag.
 */
export async function inTaggedSession<T>(
  request: SaveRequest,
  write: (session: SparkSession, frame: DataFrame) => Promise<T>,
): Promise<T> {
  const { session, dataset, frame, tag } = request;
  const copy = await copyOf(session);
  if (copy === undefined) return await write(session, frame);
  try {
    await copy.conf.set({
      "spark.databricks.delta.commitInfo.userMetadata": tagText(tag, dataset.name),
      "spark.databricks.delta.write.txnAppId": transactionId(tag, dataset.name),
      "spark.databricks.delta.write.txnVersion": "1",
    });
    return await write(copy, new DataFrame(copy, frame.toPlan()));
  } finally {
    // The write has ended as it has; a copy that cannot be released ends by itself when it was idle for long.
    await copy.stop().catch(() => {});
  }
}

async function copyOf(session: SparkSession): Promise<SparkSession | undefined> {
  try {
    return await session.cloneSession();
  } catch (error) {
    const codes = ["SERVER_TOO_OLD", "SPARK_UNIMPLEMENTED"];
    if (error instanceof SparkwrightError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
