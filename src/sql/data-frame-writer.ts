import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  WriteOperation_SaveTable_TableSaveMethod as TableSaveMethod,
  type WriteOperation_SaveMode,
  type WriteOperationSchema,
} from "../../gen/spark/connect/commands_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { namedValues } from "../core/named-values.ts";
import { nameOf, namesOf } from "./arguments.ts";
import { type ActionOptions, Execution } from "./execution.ts";
import { type OptionValue, withOptions } from "./option-value.ts";
import { rowCount } from "./plan/relation.ts";
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
  readonly withSchemaEvolution: boolean;
}

const noSettings: WriteSettings = {
  options: {},
  partitionBy: [],
  sortBy: [],
  clusterBy: [],
  withSchemaEvolution: false,
};

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

  /** Made by `df.write`. */
  constructor(session: SparkSession, input: Relation, settings: WriteSettings = noSettings) {
    this.#session = session;
    this.#input = input;
    this.#settings = settings;
  }

  /** The data source: parquet (the default), delta, csv, json, orc, text, xml, jdbc or any other that the server has. */
  format(format: string): DataFrameWriter {
    return this.#with({ format });
  }

  /** What to do when there is data already; without it, `error`. Thrown when the mode is unknown. */
  mode(mode: SaveMode): DataFrameWriter {
    return this.#with({ mode: saveMode(mode) });
  }

  /** One option of the data source. */
  option(key: string, value: OptionValue): DataFrameWriter {
    return this.options({ [key]: value });
  }

  /** Options of the data source; the case of a key does not matter, the last value counts. */
  options(options: Readonly<Record<string, OptionValue>>): DataFrameWriter {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /** One folder per combination of values of these columns. */
  partitionBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with({ partitionBy: namesOf("partitionBy", columns) });
  }

  /**
   * A fixed number of files by the hash of columns; for tables only.
   *
   * Thrown when the number is not a whole one from 1 (`USAGE_OUT_OF_RANGE`), or there is no column (`USAGE_NO_COLUMNS`).
   */
  bucketBy(numBuckets: number, ...columns: readonly string[]): DataFrameWriter {
    rowCount("bucketBy", numBuckets, 1);
    columnsGiven("bucketBy", namesOf("bucketBy", columns));
    return this.#with({ bucketBy: { numBuckets, bucketColumnNames: columns } });
  }

  /** The order of rows within a bucket; needs `bucketBy`. Thrown when there is no column: `USAGE_NO_COLUMNS`. */
  sortBy(...columns: readonly string[]): DataFrameWriter {
    columnsGiven("sortBy", namesOf("sortBy", columns));
    return this.#with({ sortBy: columns });
  }

  /** Clustering by columns, where the format has it. Thrown when there is no column: `USAGE_NO_COLUMNS`. */
  clusterBy(...columns: readonly string[]): DataFrameWriter {
    columnsGiven("clusterBy", namesOf("clusterBy", columns));
    return this.#with({ clusterBy: columns });
  }

  /** Lets a write add columns to the table, where its format can. Needs a server of Spark 4.2. */
  withSchemaEvolution(): DataFrameWriter {
    return this.#with({ withSchemaEvolution: true });
  }

  /** Writes to a path as the server sees it, or to where the options say. */
  async save(path?: string, options: ActionOptions = {}): Promise<void> {
    await this.#write(
      path === undefined
        ? { case: undefined, value: undefined }
        : { case: "path", value: nameOf("save", path) },
      options,
    );
  }

  /** Writes to a table of the catalog, which is made when there is none. */
  async saveAsTable(tableName: string, options: ActionOptions = {}): Promise<void> {
    const saveMethod = TableSaveMethod.SAVE_AS_TABLE;
    await this.#write(
      { case: "table", value: { tableName: nameOf("saveAsTable", tableName), saveMethod } },
      options,
    );
  }

  /**
   * Writes into a table that exists, columns by position, not by name.
   *
   * @param options `overwrite` takes out the rows that are there (true) or leaves them (false); without it, the
   * `mode` says so
   *
   * Thrown when a partitioning or bucketing was given: `USAGE_INSERT_INTO`.
   */
  async insertInto(
    tableName: string,
    options: ActionOptions & { readonly overwrite?: boolean } = {},
  ): Promise<void> {
    const { overwrite, ...actionOptions } = namedValues("insertInto()", options);
    if (overwrite !== undefined) {
      return await this.mode(overwrite ? "overwrite" : "append").insertInto(tableName, actionOptions);
    }
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
    await this.#write({ case: "table", value: { tableName, saveMethod } }, actionOptions);
  }

  /** Writes Parquet files to a folder. */
  async parquet(path: string, options: ActionOptions = {}): Promise<void> {
    await this.format("parquet").save(path, options);
  }

  /** Writes ORC files to a folder. */
  async orc(path: string, options: ActionOptions = {}): Promise<void> {
    await this.format("orc").save(path, options);
  }

  /** Writes files of JSON to a folder, one object per line. */
  async json(path: string, options: ActionOptions = {}): Promise<void> {
    await this.format("json").save(path, options);
  }

  /** Writes CSV files to a folder. */
  async csv(path: string, options: ActionOptions = {}): Promise<void> {
    await this.format("csv").save(path, options);
  }

  /** Writes XML files to a folder; the option `rowTag` names the element of a row. */
  async xml(path: string, options: ActionOptions = {}): Promise<void> {
    await this.format("xml").save(path, options);
  }

  /** Writes the only column, a STRING, as lines of text. */
  async text(path: string, options: ActionOptions = {}): Promise<void> {
    await this.format("text").save(path, options);
  }

  /** Writes a Delta table by its path. */
  async delta(path: string, options: ActionOptions = {}): Promise<void> {
    await this.format("delta").save(path, options);
  }

  /** Writes to a table of another database through its JDBC driver, which the server must have. */
  async jdbc(
    url: string,
    table: string,
    properties: Readonly<Record<string, OptionValue>> = {},
    options: ActionOptions = {},
  ): Promise<void> {
    await this.format("jdbc").options(properties).options({ url, dbtable: table }).save(undefined, options);
  }

  #with(changes: Partial<WriteSettings>): DataFrameWriter {
    return new DataFrameWriter(this.#session, this.#input, { ...this.#settings, ...changes });
  }

  async #write(saveType: SaveType, actionOptions: ActionOptions): Promise<void> {
    const { format, mode, options, partitionBy, sortBy, clusterBy, bucketBy, withSchemaEvolution } =
      this.#settings;
    await Execution.command(
      this.#session.client,
      this.#input,
      (input) => ({
        case: "writeOperation",
        value: {
          input,
          saveType,
          withSchemaEvolution,
          options: { ...options },
          partitioningColumns: [...partitionBy],
          sortColumnNames: [...sortBy],
          clusteringColumns: [...clusterBy],
          ...(mode === undefined ? {} : { mode }),
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

function columnsGiven(method: string, columns: readonly string[]): void {
  if (columns.length > 0) return;
  throw new SparkwrightError("USAGE_NO_COLUMNS", `${method}() was given no column`, {
    hint: "Name at least one column.",
  });
}
