import type { SparkSession } from "../../../../src/sql/spark-session.ts";
import type { DataStreamWriter } from "../../../../src/sql/streaming/data-stream-writer.ts";

/** What is copied, and where to. */
export interface TopicCopy {
  readonly servers: string;
  readonly topic: string;
  readonly table: string;
  readonly checkpoint: string;
}

/** The copy of a topic to a Delta table, in small batches; it is not started. */
export function copyTopic(spark: SparkSession, copy: TopicCopy): DataStreamWriter {
  return spark.readStream
    .format("kafka")
    .options({
      "kafka.bootstrap.servers": copy.servers,
      subscribe: copy.topic,
      startingOffsets: "earliest",
      maxOffsetsPerTrigger: 5_000,
    })
    .load()
    .selectExpr("cast(key as string) as key", "cast(value as string) as value", "partition", "offset")
    .writeStream.format("delta")
    .option("checkpointLocation", copy.checkpoint);
}
