import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { namedValues } from "../core/named-values.ts";
import { listOf, nameList } from "./arguments.ts";
import { type ColumnOrName, columnExpression } from "./column.ts";
import type { DataFrame } from "./data-frame.ts";
import { literalMessage } from "./plan/literal.ts";
import type { RelationKind } from "./plan/relation.ts";
import { seedOf } from "./plan/seed.ts";

/**
 * The part of the rows to draw, 0 to 1, for values of a column. A key of a plain object is a string, which stands for
 * the number or boolean that is written so too.
 */
export type Fractions =
  | ReadonlyMap<string | number | bigint | boolean, number>
  | Readonly<Record<string, number>>;

/**
 * Correlation, quantiles, frequencies and samples.
 *
 * @see org.apache.spark.sql.DataFrameStatFunctions
 */
export class DataFrameStatFunctions {
  readonly #derive: (kind: RelationKind) => DataFrame;
  readonly #input: Relation;

  constructor(derive: (kind: RelationKind) => DataFrame, input: Relation) {
    this.#derive = derive;
    this.#input = input;
  }

  /** The sample covariance of two numeric columns; 0 of fewer than two rows. */
  async cov(column1: string, column2: string): Promise<number> {
    const value = { input: this.#input, col1: column1, col2: column2 };
    return await this.#one<number>({ case: "cov", value });
  }

  /** Pearson's correlation of two numeric columns, -1 to 1; NaN when one of them is constant, or there is no row. */
  async corr(column1: string, column2: string, method: "pearson" = "pearson"): Promise<number> {
    if (method !== "pearson") {
      throw new SparkwrightError("USAGE_CORRELATION", `"${String(method)}" is not a correlation of Spark`, {
        hint: 'Use "pearson".',
      });
    }
    const value = { input: this.#input, col1: column1, col2: column2, method };
    return await this.#one<number>({ case: "corr", value });
  }

  /**
   * Values of the columns near these quantiles: the rank of each is off by at most `relativeError` times the number
   * of rows, 0 being exact and costly. NULL and NaN do not count. Thrown by the server when a column has no value.
   *
   * @param probabilities 0 for the least value, 0.5 for the median, 1 for the largest
   */
  approxQuantile(column: string, probabilities: readonly number[], relativeError: number): Promise<number[]>;
  approxQuantile(
    columns: readonly string[],
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[][]>;
  async approxQuantile(
    columns: string | readonly string[],
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[] | number[][]> {
    for (const probability of listOf("approxQuantile", probabilities))
      fraction("approxQuantile", probability);
    if (typeof relativeError !== "number" || !(relativeError >= 0)) {
      throw new SparkwrightError(
        "USAGE_OUT_OF_RANGE",
        `approxQuantile(): ${String(relativeError)} is not an error`,
        {
          hint: "Pass a number of at least 0.",
        },
      );
    }
    const cols = nameList("approxQuantile", columns);
    const quantiles = await this.#one<number[][]>({
      case: "approxQuantile",
      value: { input: this.#input, cols, probabilities: [...probabilities], relativeError },
    });
    return typeof columns === "string" ? (quantiles[0] ?? []) : quantiles;
  }

  /**
   * How often values of two columns come together: a row for every value of the first, in a column named
   * `first_second`, and a column for every value of the second. At most 1,000,000 pairs.
   */
  crosstab(column1: string, column2: string): DataFrame {
    return this.#derive({
      case: "crosstab",
      value: { input: this.#input, col1: column1, col2: column2 },
    });
  }

  /**
   * One row of arrays with the values that come in more than this part of the rows, perhaps with some that come less
   * often, in columns named `column_freqItems`.
   */
  freqItems(columns: readonly string[], support = 0.01): DataFrame {
    const cols = nameList("freqItems", columns);
    if (typeof support !== "number" || !(support >= 1e-4 && support <= 1)) {
      throw new SparkwrightError(
        "USAGE_OUT_OF_RANGE",
        `freqItems(): ${String(support)} is not a part of the rows`,
        {
          hint: "Pass a number from 0.0001 to 1.",
        },
      );
    }
    return this.#derive({ case: "freqItems", value: { input: this.#input, cols, support } });
  }

  /**
   * A random part of the rows for every value of a column; rows with other values are left out.
   *
   * @param seed the same seed draws the same rows of the same partitions; random if left out
   */
  sampleBy(column: ColumnOrName, fractions: Fractions, seed?: number | bigint): DataFrame {
    const entries: readonly (readonly [unknown, number])[] =
      fractions instanceof Map
        ? [...fractions]
        : Object.entries(namedValues("sampleBy()", fractions)).flatMap(([key, part]) =>
            strata(key).map((stratum) => [stratum, part]),
          );
    return this.#derive({
      case: "sampleBy",
      value: {
        input: this.#input,
        col: columnExpression(column),
        fractions: entries.map(([stratum, part]) => ({
          stratum: literalMessage(stratum),
          fraction: fraction("sampleBy", part),
        })),
        seed: seedOf("sampleBy", seed),
      },
    });
  }

  async #one<T>(kind: RelationKind): Promise<T> {
    const [row] = await this.#derive(kind).collect();
    return row?.[0] as T;
  }
}

/** Spark compares with the type of the column, where a string is never a number. */
function strata(key: string): readonly unknown[] {
  if (key === "true" || key === "false") return [key, key === "true"];
  const number = Number(key);
  if (String(number) === key && (!Number.isInteger(number) || Number.isSafeInteger(number)))
    return [key, number];
  return /^-?[1-9]\d{0,18}$/.test(key) ? [key, BigInt(key)] : [key];
}

function fraction(method: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${method}(): ${String(value)} is not a fraction`, {
    hint: "Pass a number from 0 to 1.",
  });
}
