import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  WriteOperation_SaveTable_TableSaveMethod as TableSaveMethod,
  type WriteOperation_SaveMode,
  type WriteOperationSchema,
} from "../../gen/spark/connect/commands_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { type ActionOptions, Execution } from "./execution.ts";
import { type OptionValue, withOptions } from "./option-value.ts";
import { type SaveMode, saveMode } from "./save-mode.ts";
import type { SparkSession } from "./spark-session.ts";

interface WriteSettings {
  readonly format?: string;
  readonly mode?: WriteOperation_SaveMode;
  readonly options: Readonly<Record<string, string>>;
  readonly partitionBy: readonly string[];
  readonly sortBy: readonly string[];
  readonly clusterBy: readonly string[];
  readonly bucketBy?: { readonly numBuckets: number; readonly bucketColumnNames: readonly string[] };
}

type SaveType = NonNullable<MessageInitShape<typeof WriteOperationSchema>["saveType"]>;

/**
 * Says how the rows of a DataFrame are written, and writes them. Immutable.
 *
 * @example await df.write.format("delta").mode("overwrite").partitionBy("day").saveAsTable("silver.flights");
 * @see org.apache.spark.sql.DataFrameWriter
 */
export class DataFrameWriter {
  readonly #session: SparkSession;
  readonly #input: Relation;
  readonly #settings: WriteSettings;

  constructor(
    session: SparkSession,
    input: Relation,
    settings: WriteSettings = { options: {}, partitionBy: [], sortBy: [], clusterBy: [] },
  ) {
    this.#session = session;
    this.#input = input;
    this.#settings = settings;
  }

  /** The data source: parquet, delta, csv, json, orc, text, jdbc or any other that the server has. */
  format(format: string): DataFrameWriter {
    return this.#with({ format });
  }

  /** What to do when there is data already; without it, `error`. Thrown when the mode is unknown. */
  mode(mode: SaveMode): DataFrameWriter {
    return this.#with({ mode: saveMode(mode) });
  }

  option(key: string, value: OptionValue): DataFrameWriter {
    return this.options({ [key]: value });
  }

  /** Options of the data source; the case of a key does not matter, the last value counts. */
  options(options: Readonly<Record<string, OptionValue>>): DataFrameWriter {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /** One folder per combination of values of these columns. */
  partitionBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with({ partitionBy: columns });
  }

  /** A fixed number of files by the hash of columns; for tables only. */
  bucketBy(numBuckets: number, ...columns: readonly string[]): DataFrameWriter {
    return this.#with({ bucketBy: { numBuckets, bucketColumnNames: columns } });
  }

  /** The order of rows within a bucket. */
  sortBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with({ sortBy: columns });
  }

  /** Liquid clustering by columns, where the format has it. */
  clusterBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with({ clusterBy: columns });
  }

  /** Writes to a path as the server sees it, or to where the options say. */
  async save(path?: string, options: ActionOptions = {}): Promise<void> {
    await this.#write(
      path === undefined ? { case: undefined, value: undefined } : { case: "path", value: path },
      options,
    );
  }

  /** Writes to a table of the catalog, which is made when there is none. */
  async saveAsTable(tableName: string, options: ActionOptions = {}): Promise<void> {
    const saveMethod = TableSaveMethod.SAVE_AS_TABLE;
    await this.#write({ case: "table", value: { tableName, saveMethod } }, options);
  }

  /** Writes into a table that exists, columns by position. Thrown when a partitioning or bucketing was given. */
  async insertInto(tableName: string, options: ActionOptions = {}): Promise<void> {
    if (this.#settings.partitionBy.length > 0 || this.#settings.bucketBy !== undefined) {
      throw new SparkwrightError(
        "USAGE_INSERT_INTO",
        "insertInto() takes neither partitionBy() nor bucketBy()",
        {
          hint: "The table already says how it is partitioned; leave them out.",
        },
      );
    }
    const saveMethod = TableSaveMethod.INSERT_INTO;
    await this.#write({ case: "table", value: { tableName, saveMethod } }, options);
  }

  async parquet(path: string): Promise<void> {
    await this.format("parquet").save(path);
  }

  async orc(path: string): Promise<void> {
    await this.format("orc").save(path);
  }

  async json(path: string): Promise<void> {
    await this.format("json").save(path);
  }

  async csv(path: string): Promise<void> {
    await this.format("csv").save(path);
  }

  async text(path: string): Promise<void> {
    await this.format("text").save(path);
  }

  async delta(path: string): Promise<void> {
    await this.format("delta").save(path);
  }

  /** Writes to a table of another database through its JDBC driver, which the server must have. */
  async jdbc(
    url: string,
    table: string,
    properties: Readonly<Record<string, OptionValue>> = {},
  ): Promise<void> {
    await this.format("jdbc")
      .options({ ...properties, url, dbtable: table })
      .save();
  }

  #with(changes: Partial<WriteSettings>): DataFrameWriter {
    return new DataFrameWriter(this.#session, this.#input, { ...this.#settings, ...changes });
  }

  async #write(saveType: SaveType, actionOptions: ActionOptions): Promise<void> {
    const { format, mode, options, partitionBy, sortBy, clusterBy, bucketBy } = this.#settings;
    await Execution.command(
      this.#session.client,
      this.#input,
      (input) => ({
        case: "writeOperation",
        value: {
          input,
          saveType,
          mode: mode ?? saveMode("error"),
          options: { ...options },
          partitioningColumns: [...partitionBy],
          sortColumnNames: [...sortBy],
          clusteringColumns: [...clusterBy],
          ...(format === undefined ? {} : { source: format }),
          ...(bucketBy === undefined
            ? {}
            : {
                bucketBy: {
                  numBuckets: bucketBy.numBuckets,
                  bucketColumnNames: [...bucketBy.bucketColumnNames],
                },
              }),
        },
      }),
      actionOptions,
    ).run();
  }
}
