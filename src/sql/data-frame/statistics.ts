import type { ColumnOrName } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
import { DataFrameNaFunctions, type DropNaOptions, type FillValue } from "../data-frame-na-functions.ts";
import { DataFrameStatFunctions, type Fractions } from "../data-frame-stat-functions.ts";
import { DataFramePartitions } from "./partitions.ts";

/** The methods of a DataFrame about missing values, and about how its values are distributed. */
export abstract class DataFrameStatistics<R> extends DataFramePartitions<R> {
  /** What to do about NULL and NaN. */
  get na(): DataFrameNaFunctions<R> {
    return new DataFrameNaFunctions((kind) => this.derive(kind), this.toPlan());
  }

  /** Correlation, quantiles, frequencies and samples. */
  get stat(): DataFrameStatFunctions {
    return new DataFrameStatFunctions((kind) => this.derive(kind), this.toPlan());
  }

  /** Counts, means and so on of the columns, one statistic per row, all as strings. */
  describe(...columns: readonly string[]): DataFrame {
    return this.derive({ case: "describe", value: { input: this.toPlan(), cols: [...columns] } });
  }

  /** As `describe` for all columns, with the statistics that are named, such as `count` or `75%`. */
  summary(...statistics: readonly string[]): DataFrame {
    return this.derive({ case: "summary", value: { input: this.toPlan(), statistics: [...statistics] } });
  }

  /** The same as `na.drop`. */
  dropNa(options: DropNaOptions = {}): DataFrame<R> {
    return this.na.drop(options);
  }

  /** The same as `na.fill`. */
  fillNa(value: FillValue, subset: readonly string[] = []): DataFrame<R> {
    return this.na.fill(value, subset);
  }

  /** The same as `na.replace`. */
  replace(replacements: Iterable<readonly [unknown, unknown]>, subset: readonly string[] = []): DataFrame<R> {
    return this.na.replace(replacements, subset);
  }

  /** The same as `stat.cov`. */
  async cov(column1: string, column2: string): Promise<number> {
    return await this.stat.cov(column1, column2);
  }

  /** The same as `stat.corr`. */
  async corr(column1: string, column2: string, method: "pearson" = "pearson"): Promise<number> {
    return await this.stat.corr(column1, column2, method);
  }

  /** The same as `stat.approxQuantile`. */
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
    return typeof columns === "string"
      ? await this.stat.approxQuantile(columns, probabilities, relativeError)
      : await this.stat.approxQuantile(columns, probabilities, relativeError);
  }

  /** The same as `stat.crosstab`. */
  crosstab(column1: string, column2: string): DataFrame {
    return this.stat.crosstab(column1, column2);
  }

  /** The same as `stat.freqItems`. */
  freqItems(columns: readonly string[], support = 0.01): DataFrame {
    return this.stat.freqItems(columns, support);
  }

  /** The same as `stat.sampleBy`. */
  sampleBy(column: ColumnOrName, fractions: Fractions, seed?: number | bigint): DataFrame<R> {
    return this.stat.sampleBy(column, fractions, seed);
  }
}
