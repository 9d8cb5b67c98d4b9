import { expect } from "chai";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { remote } from "../spark.ts";

/** Which operations of the run's session the server still had to interrupt. */
export async function aliveOnServer({
  sessionId = "",
  userId = "",
}: {
  readonly sessionId?: string;
  readonly userId?: string;
}): Promise<readonly string[]> {
  const spark = await SparkSession.builder()
    .remote(await remote())
    .options({ sessionId, userId })
    .create();
  try {
    return await spark.client.interruptAll();
  } catch (error) {
    // A closed session holds nothing any more.
    expect(String((error as Error).message)).to.match(/SESSION_(CLOSED|NOT_FOUND)|closed/i);
    return [];
  } finally {
    await spark.stop();
  }
}
