import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { Column } from "../sql/column.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { expressionString } from "../sql/plan/expression.ts";
import { nameParts, quotedName } from "../sql/plan/name-parts.ts";
import { quoteName } from "../sql/types/data-type.ts";
import { datasetLabel } from "./dataset-name.ts";

type Options = Readonly<Record<string, string>>;

/** One Delta table, found by its catalog name or by its path. */
export interface DeltaStore {
  /** Its name in SQL. */
  readonly sqlName: string;
  /** Thrown when it exists. */
  create(frame: DataFrame, partitionBy: readonly string[], options: Options): Promise<void>;
  append(frame: DataFrame, options: Options): Promise<void>;
  /** Replaces the rows for which the SQL condition is true, or all. Refuses rows for which it is not true. */
  overwrite(frame: DataFrame, condition: string | undefined, options: Options): Promise<void>;
}

/** Thrown when the dataset has neither a table nor a path: `DATASET_LOCATION`. */
export function deltaStore(dataset: DatasetConfig): DeltaStore {
  const { location } = dataset;
  if (location.kind === "table") return tableStore(location.table);
  if (location.kind === "path") return pathStore(location.path);
  throw new SparkwrightError("DATASET_LOCATION", `${datasetLabel(dataset)} has neither a table nor a path`, {
    hint: "Give it one of them: Delta is found by nothing else.",
    details: { dataset: dataset.name },
  });
}

/**
 * A table that exists is written by the operations of data source V2. `saveAsTable` would replace it instead:
 * Spark 4.2 then fails on a partitioned table after Delta has committed (InMemoryCatalog.alterTableDataSchema),
 * and reports no observed metrics.
 */
function tableStore(table: string): DeltaStore {
  return {
    sqlName: quotedName(nameParts(table)),
    create: (frame, partitionBy, options) =>
      frame.write
        .format("delta")
        .mode("error")
        .options(options)
        .partitionBy(...partitionBy)
        .saveAsTable(table),
    append: (frame, options) => frame.writeTo(table).options(options).append(),
    overwrite: (frame, condition = "true", options) =>
      frame
        .writeTo(table)
        .options(options)
        .overwrite(new Column(expressionString(condition))),
  };
}

function pathStore(path: string): DeltaStore {
  return {
    sqlName: `delta.${quoteName(path)}`,
    create: (frame, partitionBy, options) =>
      frame.write
        .format("delta")
        .mode("error")
        .options(options)
        .partitionBy(...partitionBy)
        .save(path),
    append: (frame, options) => frame.write.format("delta").mode("append").options(options).save(path),
    overwrite: (frame, condition, options) =>
      frame.write
        .format("delta")
        .mode("overwrite")
        .options(condition === undefined ? options : { ...options, replaceWhere: condition })
        .save(path),
  };
}
