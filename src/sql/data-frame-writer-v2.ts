import { WriteOperationV2_Mode as Mode } from "../../gen/spark/connect/commands_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
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
}

/**
 * Writes rows into a table by the operations of data source V2. Immutable.
 *
 * @see org.apache.spark.sql.DataFrameWriterV2
 */
export class DataFrameWriterV2 {
  readonly #session: SparkSession;
  readonly #input: Relation;
  readonly #table: string;
  readonly #settings: WriteSettings;

  constructor(
    session: SparkSession,
    input: Relation,
    table: string,
    settings: WriteSettings = { options: {}, properties: {}, partitionedBy: [], clusterBy: [] },
  ) {
    this.#session = session;
    this.#input = input;
    this.#table = table;
    this.#settings = settings;
  }

  /** The format of a table to be made. */
  using(provider: string): DataFrameWriterV2 {
    return this.#with({ provider });
  }

  option(key: string, value: OptionValue): DataFrameWriterV2 {
    return this.options({ [key]: value });
  }

  options(options: Readonly<Record<string, OptionValue>>): DataFrameWriterV2 {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /** A property of a table to be made. */
  tableProperty(property: string, value: OptionValue): DataFrameWriterV2 {
    const properties = { ...this.#settings.properties, [property]: optionText(property, value) };
    return this.#with({ properties });
  }

  /** Partitions of a table to be made: columns, or transforms such as `days(col("at"))`. */
  partitionedBy(...columns: readonly ColumnOrName[]): DataFrameWriterV2 {
    return this.#with({ partitionedBy: columns });
  }

  clusterBy(...columns: readonly string[]): DataFrameWriterV2 {
    return this.#with({ clusterBy: columns });
  }

  /** Makes the table. Thrown when it exists. */
  async create(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.CREATE, options);
  }

  /** Replaces the table, its schema included. Thrown when it does not exist. */
  async replace(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.REPLACE, options);
  }

  async createOrReplace(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.CREATE_OR_REPLACE, options);
  }

  async append(options: ActionOptions = {}): Promise<void> {
    await this.#write(Mode.APPEND, options);
  }

  /** Replaces the rows for which the condition is true. */
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
    const { provider, options, properties, partitionedBy, clusterBy } = this.#settings;
    await Execution.command(
      this.#session.client,
      this.#input,
      (input) => ({
        case: "writeOperationV2",
        value: {
          input,
          tableName: this.#table,
          mode,
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
