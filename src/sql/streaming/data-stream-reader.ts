import { SparkwrightError } from "../../core/error.ts";
import { kindName } from "../arguments.ts";
import type { DataFrame } from "../data-frame.ts";
import { type OptionValue, withOptions } from "../option-value.ts";
import type { RelationKind } from "../plan/relation.ts";
import { StructType } from "../types/data-type.ts";

interface StreamReadSettings {
  readonly format?: string;
  readonly schema?: string;
  readonly sourceName?: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Says how a stream is read. Immutable; the DataFrame it makes asks nobody, and runs when `writeStream` starts it.
 *
 * @example spark.readStream.format("kafka").options({ "kafka.bootstrap.servers": servers, subscribe: "clicks" }).load()
 * @see org.apache.spark.sql.streaming.DataStreamReader
 */
export class DataStreamReader {
  readonly #derive: (kind: RelationKind) => DataFrame;
  readonly #settings: StreamReadSettings;

  constructor(derive: (kind: RelationKind) => DataFrame, settings: StreamReadSettings = { options: {} }) {
    this.#derive = derive;
    this.#settings = settings;
  }

  /** The source: kafka, delta, parquet, json, csv, orc, text, rate, rate-micro-batch, socket or any the server has. */
  format(format: string): DataStreamReader {
    return this.#with({ format });
  }

  /**
   * The columns to expect, as a schema or as DDL text. Files need one, unless the server has
   * `spark.sql.streaming.schemaInference`; sources such as kafka and rate have one of their own.
   */
  schema(schema: StructType | string): DataStreamReader {
    return this.#with({ schema: schema instanceof StructType ? schema.json() : schema });
  }

  /** One option of the source; keys are case-insensitive. */
  option(key: string, value: OptionValue): DataStreamReader {
    return this.options({ [key]: value });
  }

  /** Options of the source; the case of a key does not matter, the last value counts. */
  options(options: Readonly<Record<string, OptionValue>>): DataStreamReader {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /**
   * A name of the source, by which its state is found again in the checkpoint when the sources of a query change.
   * Needs a server of 4.2 or later, with `spark.sql.streaming.queryEvolution.enableSourceEvolution`.
   *
   * Thrown when it has other characters than ASCII letters, digits and underscores: `USAGE_SOURCE_NAME`.
   */
  name(sourceName: string): DataStreamReader {
    if (typeof sourceName === "string" && /^\w+$/.test(sourceName)) return this.#with({ sourceName });
    throw new SparkwrightError(
      "USAGE_SOURCE_NAME",
      `"${typeof sourceName === "string" ? sourceName : kindName(sourceName)}" cannot be the name of a source`,
      {
        hint: "Use ASCII letters, digits and underscores.",
      },
    );
  }

  /** The stream of what appears at a path, as the server sees it, or where the options say. */
  load(path?: string): DataFrame {
    if (path !== undefined && (typeof path !== "string" || path.trim() === "")) {
      const given = typeof path === "string" ? "an empty path" : `${kindName(path)} for a path`;
      throw new SparkwrightError("USAGE_PATH", `load() was given ${given}`, {
        hint: "Pass a path, or leave it out for a source without one.",
      });
    }
    const { format, schema, sourceName, options } = this.#settings;
    return this.#derive({
      case: "read",
      value: {
        isStreaming: true,
        readType: {
          case: "dataSource",
          value: {
            options: { ...options },
            paths: path === undefined ? [] : [path],
            ...(format === undefined ? {} : { format }),
            // As PySpark does: an empty text stands for none.
            schema: schema ?? "",
            ...(sourceName === undefined ? {} : { sourceName }),
          },
        },
      },
    });
  }

  /** The rows of a table of the catalog, and then those that are added to it. */
  table(tableName: string): DataFrame {
    const { options } = this.#settings;
    return this.#derive({
      case: "read",
      value: {
        isStreaming: true,
        readType: { case: "namedTable", value: { unparsedIdentifier: tableName, options: { ...options } } },
      },
    });
  }

  /**
   * The row-level changes of a table as they happen, from where the options say. Needs a server of 4.2 or later, and a
   * table that keeps its changes. Thrown when a schema was given: `USAGE_CHANGES_SCHEMA`.
   */
  changes(tableName: string): DataFrame {
    const { options, schema } = this.#settings;
    if (schema !== undefined) {
      throw new SparkwrightError("USAGE_CHANGES_SCHEMA", `changes("${tableName}") takes no schema`, {
        hint: "Leave schema() out: the table says what its columns are.",
      });
    }
    return this.#derive({
      case: "relationChanges",
      value: { unparsedIdentifier: tableName, options: { ...options }, isStreaming: true },
    });
  }

  /** JSON, one object per line; whole files with the option `multiLine`. */
  json(path: string): DataFrame {
    return this.format("json").load(path);
  }

  /** The lines of CSV files that appear in a folder; it needs a schema. */
  csv(path: string): DataFrame {
    return this.format("csv").load(path);
  }

  /** XML, one row per element named by the option `rowTag`. */
  xml(path: string): DataFrame {
    return this.format("xml").load(path);
  }

  /** The rows of ORC files that appear in a folder; it needs a schema. */
  orc(path: string): DataFrame {
    return this.format("orc").load(path);
  }

  /** The rows of Parquet files that appear in a folder; it needs a schema. */
  parquet(path: string): DataFrame {
    return this.format("parquet").load(path);
  }

  /** Lines of text in one column `value`; whole files with the option `wholetext`. */
  text(path: string): DataFrame {
    return this.format("text").load(path);
  }

  #with(changes: Partial<StreamReadSettings>): DataStreamReader {
    return new DataStreamReader(this.#derive, { ...this.#settings, ...changes });
  }
}
