import { SparkwrightError } from "../core/error.ts";
import { toExpression } from "./column.ts";
import type { DataFrame } from "./data-frame.ts";
import type { RelationKind } from "./plan/relation.ts";
import type { SparkSession } from "./spark-session.ts";
import { TableArgument } from "./table-argument.ts";

/**
 * Functions whose result is a table. Their arguments are columns or plain values, which become literals (see `lit`);
 * in a lateral join they may use columns of the other side.
 *
 * @example orders.lateralJoin(spark.tvf.explode(col("items").outer()))
 * @see org.apache.spark.sql.TableValuedFunction
 */
export class TableValuedFunctions {
  readonly #derive: (kind: RelationKind) => DataFrame;
  readonly #range: SparkSession["range"];

  constructor(derive: (kind: RelationKind) => DataFrame, range: SparkSession["range"]) {
    this.#derive = derive;
    this.#range = range;
  }

  /** The same as `spark.range`. */
  get range(): SparkSession["range"] {
    return this.#range;
  }

  /** A row per element of an array in a column `col`, or per entry of a map in `key` and `value`. */
  explode(collection: unknown): DataFrame {
    return this.call("explode", collection);
  }

  /** As `explode`, with a row of NULL for an empty array or map, or NULL. PySpark: `explode_outer`. */
  explodeOuter(collection: unknown): DataFrame {
    return this.call("explode_outer", collection);
  }

  /** A row per element of an array of structs, a column per field. */
  inline(input: unknown): DataFrame {
    return this.call("inline", input);
  }

  /** As `inline`, with a row of NULLs for an empty array or NULL. PySpark: `inline_outer`. */
  inlineOuter(input: unknown): DataFrame {
    return this.call("inline_outer", input);
  }

  /** One row with the values of these fields of JSON text, as strings in `c0`, `c1` and so on. PySpark: `json_tuple`. */
  jsonTuple(input: unknown, ...fields: readonly unknown[]): DataFrame {
    if (fields.length === 0) {
      throw new SparkwrightError("USAGE_JSON_TUPLE", "jsonTuple() was given no field", {
        hint: 'For example jsonTuple(text, "id").',
      });
    }
    return this.call("json_tuple", input, ...fields);
  }

  /** As `explode`, with the position from 0 in a column `pos` before. */
  posexplode(collection: unknown): DataFrame {
    return this.call("posexplode", collection);
  }

  /** As `posexplode`, with a row of NULLs for an empty array or map, or NULL. PySpark: `posexplode_outer`. */
  posexplodeOuter(collection: unknown): DataFrame {
    return this.call("posexplode_outer", collection);
  }

  /** The values in `n` rows, the first row filled first, in columns `col0`, `col1` and so on. */
  stack(n: unknown, ...values: readonly unknown[]): DataFrame {
    return this.call("stack", n, ...values);
  }

  /** The collations that the server knows, a row each. */
  collations(): DataFrame {
    return this.call("collations");
  }

  /** The keywords of Spark SQL, in `keyword`, and whether each is reserved. PySpark: `sql_keywords`. */
  sqlKeywords(): DataFrame {
    return this.call("sql_keywords");
  }

  /** A row per element of a VARIANT array or object, in `pos`, `key` and `value`. PySpark: `variant_explode`. */
  variantExplode(input: unknown): DataFrame {
    return this.call("variant_explode", input);
  }

  /** As `variantExplode`, with a row of NULLs where there is nothing. PySpark: `variant_explode_outer`. */
  variantExplodeOuter(input: unknown): DataFrame {
    return this.call("variant_explode_outer", input);
  }

  /** What Python workers of the session logged; needs a server of 4.1 or later. PySpark: `python_worker_logs`. */
  pythonWorkerLogs(): DataFrame {
    return this.call("python_worker_logs");
  }

  /**
   * A table-valued function by name: one of Spark's, or one made by `CREATE FUNCTION ... RETURNS TABLE`.
   *
   * @param args columns, plain values, or tables (`df.asTable()`)
   */
  call(functionName: string, ...args: readonly unknown[]): DataFrame {
    const value = {
      functionName,
      arguments: args.map((arg) => (arg instanceof TableArgument ? arg.toProto() : toExpression(arg))),
    };
    return this.#derive({ case: "unresolvedTableValuedFunction", value });
  }
}
