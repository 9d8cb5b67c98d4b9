import { Parse_ParseFormat as ParseFormat } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { kindName } from "./arguments.ts";
import { planOf } from "./data-frame/query.ts";
import type { DataFrame } from "./data-frame.ts";
import { type JdbcSplit, jdbcSplit } from "./jdbc-split.ts";
import { type OptionValue, withOptions } from "./option-value.ts";
import type { RelationKind } from "./plan/relation.ts";
import { StructType } from "./types/data-type.ts";
import { typeToProto } from "./types/type-proto.ts";

interface ReadSettings {
  readonly format?: string;
  readonly schema?: StructType | string;
  readonly options: Readonly<Record<string, string>>;
}

/** Paths as the server sees them, or one DataFrame whose only column holds the text. */
export type TextSource = readonly string[] | readonly [DataFrame];

/**
 * Says how data is read. Immutable; the DataFrame it makes asks nobody.
 *
 * @example spark.read.option("header", true).schema("iata STRING, latitude DOUBLE").csv("/data/airports.csv")
 * @see org.apache.spark.sql.DataFrameReader
 */
export class DataFrameReader {
  readonly #derive: (kind: RelationKind) => DataFrame;
  readonly #settings: ReadSettings;

  /** Made by `spark.read`. */
  constructor(derive: (kind: RelationKind) => DataFrame, settings: ReadSettings = { options: {} }) {
    this.#derive = derive;
    this.#settings = settings;
  }

  /** The data source: parquet (the default), delta, csv, json, orc, text, xml, jdbc or any other the server has. */
  format(format: string): DataFrameReader {
    return this.#with({ format });
  }

  /** The columns to expect, as a schema or as DDL text; without it the data source finds out. */
  schema(schema: StructType | string): DataFrameReader {
    return this.#with({ schema });
  }

  /** One option of the data source. */
  option(key: string, value: OptionValue): DataFrameReader {
    return this.options({ [key]: value });
  }

  /** Options of the data source; the case of a key does not matter, the last value counts. */
  options(options: Readonly<Record<string, OptionValue>>): DataFrameReader {
    return this.#with({ options: withOptions(this.#settings.options, options) });
  }

  /** The rows at these paths, as the server sees them, or where the options say. */
  load(...paths: readonly string[]): DataFrame {
    return this.#load({ paths });
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

  /**
   * What changed in a table that keeps a change feed, one row per change. Options say from where to where
   * (`startingVersion`, `endingVersion`, `startingTimestamp`, ...). Needs a server of Spark 4.2 and a catalog that
   * has changes.
   *
   * Thrown when a schema was given: `USAGE_CHANGES_SCHEMA`.
   */
  changes(tableName: string): DataFrame {
    if (this.#settings.schema !== undefined) {
      throw new SparkwrightError(
        "USAGE_CHANGES_SCHEMA",
        `changes("${tableName}") takes no schema(): the table has one`,
        { hint: "Leave schema() out, and cast the columns that should be of another type." },
      );
    }
    const options = { ...this.#settings.options };
    return this.#derive({ case: "relationChanges", value: { unparsedIdentifier: tableName, options } });
  }

  /** Parquet files. */
  parquet(...paths: readonly string[]): DataFrame {
    return this.format("parquet").load(...paths);
  }

  /** ORC files. */
  orc(...paths: readonly string[]): DataFrame {
    return this.format("orc").load(...paths);
  }

  /**
   * JSON, one object per line, or whole files with the option `multiLine`; from files, or from the text in the
   * only column of a DataFrame. A schema for the latter is a StructType.
   *
   * @example spark.read.json(await spark.createDataFrame(lines, ["line"]))
   */
  json(...source: TextSource): DataFrame {
    return this.#text("json", ParseFormat.JSON, source);
  }

  /** CSV, from files or from the lines in the only column of a DataFrame. A schema for the latter is a StructType. */
  csv(...source: TextSource): DataFrame {
    return this.#text("csv", ParseFormat.CSV, source);
  }

  /**
   * XML, one row per element of the name that the option `rowTag` gives; from files, or from the documents in the
   * only column of a DataFrame. A schema for the latter is a StructType.
   */
  xml(...source: TextSource): DataFrame {
    return this.#text("xml", ParseFormat.XML, source);
  }

  /** Lines of text in one column `value`; whole files with the option `wholetext`. */
  text(...paths: readonly string[]): DataFrame {
    return this.format("text").load(...paths);
  }

  /** A Delta table by its path. */
  delta(path: string): DataFrame {
    return this.format("delta").load(path);
  }

  /**
   * A table of another database through its JDBC driver, which the server must have.
   *
   * @param properties options of the connection, such as `user`, `password`, `driver` and `fetchsize`
   * @param split how to read it in parallel: by ranges of a column, or one partition per SQL condition; without it,
   * one task reads everything
   * @example spark.read.jdbc(url, "flights", { user }, { column: "id", lowerBound: 0, upperBound: 1e6, numPartitions: 8 })
   */
  jdbc(
    url: string,
    table: string,
    properties: Readonly<Record<string, OptionValue>> = {},
    split?: JdbcSplit,
  ): DataFrame {
    const { options, predicates } = jdbcSplit(split);
    return this.format("jdbc")
      .options({ ...options, ...properties })
      .options({ url, dbtable: table })
      .#load({ predicates });
  }

  #with(changes: Partial<ReadSettings>): DataFrameReader {
    return new DataFrameReader(this.#derive, { ...this.#settings, ...changes });
  }

  #load(from: { readonly paths?: readonly string[]; readonly predicates?: readonly string[] }): DataFrame {
    const { format, schema, options } = this.#settings;
    const { paths = [], predicates = [] } = from;
    pathsOf(paths);
    return this.#derive({
      case: "read",
      value: {
        readType: {
          case: "dataSource",
          value: {
            options: { ...options },
            paths: [...paths],
            predicates: [...predicates],
            ...(format === undefined ? {} : { format }),
            ...(schema === undefined ? {} : { schema: schemaText(schema) }),
          },
        },
      },
    });
  }

  #text(format: string, parseFormat: ParseFormat, source: TextSource): DataFrame {
    const [first] = source;
    if (!(first instanceof Object && "toPlan" in first)) {
      return this.format(format).load(...(source as readonly string[]));
    }
    const { schema, options } = this.#settings;
    if (typeof schema === "string") {
      throw new SparkwrightError(
        "USAGE_SCHEMA",
        `${format}() of a DataFrame takes a StructType as its schema, not the text "${schema}"`,
        { hint: "Let the server read the text: schema(await spark.parseSchema(text))." },
      );
    }
    return this.#derive({
      case: "parse",
      value: {
        input: planOf(format, first),
        format: parseFormat,
        options: { ...options },
        ...(schema === undefined ? {} : { schema: typeToProto(schema) }),
      },
    });
  }
}

/** Thrown when a path is no text, such as the options of a call in another language: `USAGE_PATH`. */
function pathsOf(paths: readonly unknown[]): void {
  const odd = paths.find((path) => typeof path !== "string");
  if (odd === undefined && !paths.includes(undefined)) return;
  throw new SparkwrightError("USAGE_PATH", `a reader was given ${kindName(odd)} where a path belongs`, {
    hint: Array.isArray(odd)
      ? "Spread the array: load(...paths)."
      : 'Pass paths as texts, and options before: spark.read.option("header", true).csv(path).',
  });
}

function schemaText(schema: StructType | string): string {
  return schema instanceof StructType ? schema.json() : schema;
}
