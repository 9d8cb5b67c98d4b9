import { WriteOperationV2_Mode as Mode } from "../../gen/spark/connect/commands_pb.ts";
import type { Expression } from "../../gen/spark/connect/expressions_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { nameOf } from "./arguments.ts";
import { type Column, type ColumnOrName, columnExpression } from "./column.ts";
import { type ActionOptions, Execution } from "./execution.ts";
import { type OptionValue, optionText, withOptions } from "./option-value.ts";
import type { SparkSession } from "./spark-session.ts";

interface WriteSettings {
  readonly provider?: string;
  readonly options: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly partitionedBy: readonly ColumnOrName[];
  readonly clusterBy: readonly string[];
  readonly withSchemaEvolution: boolean;
}

const noSettings: WriteSettings = {
  options: {},
  properties: {},
  partitionedBy: [],
  clusterBy: [],
  withSchemaEvolution: false,
};

/**
 * Writes rows into a table by the operations of data source V2, which say exactly what becomes of a table that
 * exists. Immutable.
 *
 * @example await df.writeTo("silver.flights").using("delta").partitionedBy(years("at"), "origin").createOrReplace()
 * @see org.apache.spark.sql.DataFrameWriterV2
 */
export class DataFrameWriterV2 {
  readonly #session: SparkSession;
  readonly #input: Relation;
  readonly #table: string;
  readonly #settings: WriteSettings;

  /** Made by `df.writeTo`. */
  constructor(session: SparkSession, input: Relation, table: string, settings: WriteSettings = noSettings) {
    this.#session = session;
    this.#input = input;
    this.#table = table;
    this.#settings = settings;
  }

  /** The format of a table to be made. */
  using(provider: string): DataFrameWriterV2 {
    return this.#with({ provider });
  }

  /** One option of the write. */
  option(key: string, value: OptionValue): DataFrameWriterV2 {
    return this.options({ [key]: value });
  }

  /** Options of the write; the case of a key does not matter, the last value counts. */
  options(options: Readonly<Record<string, OptionValue>>): DataFrameWriterV2 {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /** A property of a table to be made. */
  tableProperty(property: string, value: OptionValue): DataFrameWriterV2 {
    const properties = {
      ...this.#settings.properties,
      [nameOf("tableProperty", property)]: optionText(property, value),
    };
    return this.#with({ properties });
  }

  /**
   * Partitions of a table to be made: columns, or one of the transforms `years`, `months`, `days`, `hours` and
   * `bucket` of them.
   *
   * Thrown when it is anything else: `USAGE_PARTITION`.
   */
  partitionedBy(...columns: readonly ColumnOrName[]): DataFrameWriterV2 {
    for (const column of columns) checkPartition(columnExpression(column));
    return this.#with({ partitionedBy: columns });
  }

  /** Clustering columns of a table to be made, where its format has them. */
  clusterBy(...columns: readonly string[]): DataFrameWriterV2 {
    return this.#with({ clusterBy: columns });
  }

  /** Lets the write add columns to the table, where its format can. Needs a server of Spark 4.2. */
  withSchemaEvolution(): DataFrameWriterV2 {
    return this.#with({ withSchemaEvolution: true });
  }

  /** Makes the table. Thrown when it exists. */
  async create(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.CREATE, options);
  }

  /** Replaces the table, its schema included. Thrown when it does not exist. */
  async replace(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.REPLACE, options);
  }

  /** Replaces the table, its schema included, or makes it. */
  async createOrReplace(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.CREATE_OR_REPLACE, options);
  }

  /** Adds the rows to the table, columns by name. Thrown when it does not exist. */
  async append(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.APPEND, options);
  }

  /** Puts the rows in the place of those for which the condition is true. */
  async overwrite(condition: Column, options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.OVERWRITE, options, condition);
  }

  /** Replaces the partitions that the rows belong to. */
  async overwritePartitions(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.OVERWRITE_PARTITIONS, options);
  }

  #with(changes: Partial<WriteSettings>): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.#session, this.#input, this.#table, { ...this.#settings, ...changes });
  }

  async #write(mode: Mode, actionOptions: ActionOptions, condition?: Column): Promise<void> {
    const { provider, options, properties, partitionedBy, clusterBy, withSchemaEvolution } = this.#settings;
    await Execution.command(
      this.#session.client,
      this.#input,
      (input) => ({
        case: "writeOperationV2",
        value: {
          input,
          tableName: this.#table,
          mode,
          withSchemaEvolution,
          options: { ...options },
          tableProperties: { ...properties },
          partitioningColumns: partitionedBy.map(columnExpression),
          clusteringColumns: [...clusterBy],
          ...(provider === undefined ? {} : { provider }),
          ...(condition === undefined ? {} : { overwriteCondition: condition.toProto() }),
        },
      }),
      actionOptions,
    ).run();
  }
}

const transforms = ["years", "months", "days", "hours", "bucket"];

function checkPartition({ exprType }: Expression): void {
  if (exprType.case === "unresolvedAttribute") return;
  const isTransform =
    exprType.case === "unresolvedFunction" && transforms.includes(exprType.value.functionName.toLowerCase());
  if (isTransform) return;
  const found = exprType.case === "unresolvedFunction" ? `${exprType.value.functionName}()` : exprType.case;
  throw new SparkwrightError(
    "USAGE_PARTITION",
    `partitionedBy() takes columns and transforms of them, not ${found}`,
    {
      hint: `Name a column, or use one of ${transforms.join(", ")}.`,
    },
  );
}
