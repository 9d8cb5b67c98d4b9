import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { datasetLabel } from "./dataset-name.ts";

/** What a server lacks without which it does not know a format. */
const packages: Readonly<Record<string, string>> = {
  avro: "org.apache.spark:spark-avro_2.13",
  kafka: "org.apache.spark:spark-sql-kafka-0-10_2.13",
  delta: "io.delta:delta-spark_2.13",
};

/** Spark says it in a class of its own or, of formats that it knows to be elsewhere, in a legacy one. */
const unknownFormat = /DATA_SOURCE_NOT_FOUND|Failed to find (the )?data source/i;

/** The error of a server that does not have the format or the JDBC driver, in words that say what to add. */
export function missingFormat(dataset: DatasetConfig, error: unknown): unknown {
  if (!(error instanceof SparkwrightError)) return error;
  const { format } = dataset;
  const needed = packages[format];
  if (needed !== undefined && unknownFormat.test(`${error.code} ${error.message}`)) {
    return missing(
      dataset,
      `the Spark server does not have the format ${format}`,
      `Add ${needed} to the server.`,
      error,
    );
  }
  // Of a class that it does not find, Java says nothing but the name.
  const noDriver =
    error.message.includes("No suitable driver") || error.message === dataset.options["driver"];
  if (format === "jdbc" && noDriver) {
    const hint = "Add the driver's jar to the server, and name its class with the option driver.";
    return missing(dataset, "the Spark server has no JDBC driver for its url", hint, error);
  }
  return error;
}

function missing(dataset: DatasetConfig, what: string, hint: string, cause: unknown): SparkwrightError {
  return new SparkwrightError("DATASET_FORMAT_MISSING", `${datasetLabel(dataset)}: ${what}`, {
    hint,
    position: dataset.positions?.["format"] ?? dataset.position,
    details: { dataset: dataset.name, format: dataset.format },
    cause,
  });
}
