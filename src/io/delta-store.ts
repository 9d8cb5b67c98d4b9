import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { Column } from "../sql/column.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { expressionString } from "../sql/plan/expression.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { quoteName } from "../sql/types/data-type.ts";
import { nameParts, quotedName } from "../sql-text/names.ts";
import { datasetLabel } from "./dataset-name.ts";

type Options = Readonly<Record<string, string>>;

/** Without it, a setting of the session may turn an overwrite into one of the partitions that have new rows. */
export const wholeOverwrite: Options = { partitionOverwriteMode: "static" };

/** One Delta table, found by its catalog name or by its path. */
export interface DeltaStore {
  /** Its name in SQL. */
  readonly sqlName: string;
  /** Thrown when it exists. */
  create(frame: DataFrame, partitionBy: readonly string[], options: Options): Promise<void>;
  append(frame: DataFrame, options: Options): Promise<void>;
  /** Replaces the rows for which the SQL condition is true, or all. Refuses rows for which it is not true. */
  overwrite(frame: DataFrame, condition: string | undefined, options: Options): Promise<void>;
  /** Replaces all rows, and what they are partitioned by. */
  rearrange(frame: DataFrame, partitionBy: readonly string[], options: Options): Promise<void>;
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
  const sqlName = quotedName(nameParts(table));
  return {
    sqlName,
    create: (frame, partitionBy, options) =>
      frame.write
        .format("delta")
        .mode("error")
        .options(options)
        // Delta's catalog takes them for SQL, and so it does nowhere else.
        .partitionBy(...partitionBy.map(quoteName))
        .saveAsTable(table),
    append: (frame, options) => frame.writeTo(table).options(options).append(),
    overwrite: (frame, condition = "true", options) =>
      frame
        .writeTo(table)
        .options({ ...options, ...wholeOverwrite })
        .overwrite(new Column(expressionString(condition))),
    // No operation of the catalog changes partitions and keeps the table.
    rearrange: async (frame, partitionBy, options) =>
      await pathStore(await deltaLocation(frame.sparkSession, sqlName)).rearrange(
        frame,
        partitionBy,
        options,
      ),
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
        .options({
          ...options,
          ...wholeOverwrite,
          ...(condition !== undefined && { replaceWhere: condition }),
        })
        .save(path),
    rearrange: (frame, partitionBy, options) =>
      frame.write
        .format("delta")
        .mode("overwrite")
        .options({ ...options, ...wholeOverwrite, overwriteSchema: "true" })
        .partitionBy(...partitionBy)
        .save(path),
  };
}

/** The folder of a Delta table. */
export async function deltaLocation(session: SparkSession, sqlName: string): Promise<string> {
  const detail = await session.sql(`DESCRIBE DETAIL ${sqlName}`);
  const [facts] = await detail.select("location").collect();
  return (facts as unknown as { readonly location: string }).location;
}
