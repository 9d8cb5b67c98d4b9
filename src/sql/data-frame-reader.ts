import type { DataFrame } from "./data-frame.ts";
import { type OptionValue, withOptions } from "./option-value.ts";
import type { RelationKind } from "./plan/relation.ts";
import { StructType } from "./types/data-type.ts";

interface ReadSettings {
  readonly format?: string;
  readonly schema?: string;
  readonly options: Readonly<Record<string, string>>;
}

/**
 * Says how data is read. Immutable; the DataFrame it makes asks nobody.
 *
 * @example spark.read.option("header", true).schema("iata STRING, latitude DOUBLE").csv("/data/airports.csv")
 * @see org.apache.spark.sql.DataFrameReader
 */
export class DataFrameReader {
  readonly #derive: (kind: RelationKind) => DataFrame;
  readonly #settings: ReadSettings;

  constructor(derive: (kind: RelationKind) => DataFrame, settings: ReadSettings = { options: {} }) {
    this.#derive = derive;
    this.#settings = settings;
  }

  /** The data source: parquet (the default), delta, csv, json, orc, text, jdbc or any other the server has. */
  format(format: string): DataFrameReader {
    return this.#with({ format });
  }

  /** The columns to expect, as a schema or as DDL text; without it the data source finds out. */
  schema(schema: StructType | string): DataFrameReader {
    return this.#with({ schema: schema instanceof StructType ? schema.json() : schema });
  }

  option(key: string, value: OptionValue): DataFrameReader {
    return this.options({ [key]: value });
  }

  /** Options of the data source; the case of a key does not matter, the last value counts. */
  options(options: Readonly<Record<string, OptionValue>>): DataFrameReader {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /** The rows at these paths, as the server sees them, or where the options say. */
  load(...paths: readonly string[]): DataFrame {
    const { format, schema, options } = this.#settings;
    return this.#derive({
      case: "read",
      value: {
        readType: {
          case: "dataSource",
          value: {
            options: { ...options },
            paths: [...paths],
            ...(format === undefined ? {} : { format }),
            ...(schema === undefined ? {} : { schema }),
          },
        },
      },
    });
  }

  /** The rows of a table or view of the catalog. */
  table(tableName: string): DataFrame {
    const { options } = this.#settings;
    return this.#derive({
      case: "read",
      value: {
        readType: { case: "namedTable", value: { unparsedIdentifier: tableName, options: { ...options } } },
      },
    });
  }

  parquet(...paths: readonly string[]): DataFrame {
    return this.format("parquet").load(...paths);
  }

  orc(...paths: readonly string[]): DataFrame {
    return this.format("orc").load(...paths);
  }

  /** JSON, one object per line; the whole file with the option `multiLine`. */
  json(...paths: readonly string[]): DataFrame {
    return this.format("json").load(...paths);
  }

  csv(...paths: readonly string[]): DataFrame {
    return this.format("csv").load(...paths);
  }

  /** Lines of text in one column `value`. */
  text(...paths: readonly string[]): DataFrame {
    return this.format("text").load(...paths);
  }

  delta(path: string): DataFrame {
    return this.format("delta").load(path);
  }

  /** A table of another database through its JDBC driver, which the server must have. */
  jdbc(url: string, table: string, properties: Readonly<Record<string, OptionValue>> = {}): DataFrame {
    return this.format("jdbc")
      .options({ ...properties, url, dbtable: table })
      .load();
  }

  #with(changes: Partial<ReadSettings>): DataFrameReader {
    return new DataFrameReader(this.#derive, { ...this.#settings, ...changes });
  }
}
