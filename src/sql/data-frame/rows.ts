import type { Expression } from "../../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { knownOptions } from "../../core/named-values.ts";
import { listOf, namesOf } from "../arguments.ts";
import { Column, type ColumnOrName, columnExpression } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
import { asSortOrder, expressionString, sortOrder } from "../plan/expression.ts";
import { completeLater } from "../plan/late-columns.ts";
import { literal } from "../plan/literal.ts";
import { ordinal, ordinalColumn } from "../plan/ordinal.ts";
import { relationInstead, rowCount } from "../plan/relation.ts";
import { seedOf } from "../plan/seed.ts";
import type { AnyName, KeyName } from "../typed/row-type.ts";
import type { AllExisting, Choice } from "../typed/select-row.ts";
import { DataFrameColumns } from "./columns.ts";

/** How `sample` draws. */
export interface SampleOptions {
  /** A row may be drawn more than once. @default false */
  readonly withReplacement?: boolean;
  /** The same seed draws the same rows of the same partitions. @default random */
  readonly seed?: number | bigint;
}

/** The methods of a DataFrame that choose its rows, or order them. */
export abstract class DataFrameRows<R> extends DataFrameColumns<R> {
  /** The rows for which a condition, a column or SQL text, is true. */
  filter(condition: Column | string): DataFrame<R> {
    return this.derive({
      case: "filter",
      value: { input: this.toPlan(), condition: asCondition(condition) },
    });
  }

  /** The same as `filter`. */
  where(condition: Column | string): DataFrame<R> {
    return this.filter(condition);
  }

  /**
   * The rows in order; columns are ascending unless they say otherwise. A number is that of a column, the first being
   * 1; a negative one is descending.
   */
  orderBy<const C extends readonly (Choice<R> | number)[]>(...columns: C & AllExisting<R, C>): DataFrame<R> {
    return this.#sort(columns, true);
  }

  /** The same as `orderBy`. */
  sort<const C extends readonly (Choice<R> | number)[]>(...columns: C & AllExisting<R, C>): DataFrame<R> {
    return this.#sort(columns, true);
  }

  /** The rows in order within each partition only. */
  sortWithinPartitions<const C extends readonly Choice<R>[]>(
    ...columns: C & AllExisting<R, C>
  ): DataFrame<R> {
    return this.#sort(columns, false);
  }

  /** At most `n` rows. */
  limit(n: number): DataFrame<R> {
    return this.derive({ case: "limit", value: { input: this.toPlan(), limit: rowCount("limit", n) } });
  }

  /** Without the first `n` rows. */
  offset(n: number): DataFrame<R> {
    return this.derive({ case: "offset", value: { input: this.toPlan(), offset: rowCount("offset", n) } });
  }

  /** Each different row once. */
  distinct(): DataFrame<R> {
    return this.dropDuplicates();
  }

  /** One row for each different combination of these columns, or of all columns. */
  dropDuplicates<const C extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: C & AllExisting<R, C>
  ): DataFrame<R> {
    return this.#deduplicate(columns, false);
  }

  /**
   * As `dropDuplicates` for a stream with a watermark: duplicates are dropped that come within its delay, and only so
   * long is a row remembered.
   */
  dropDuplicatesWithinWatermark<const C extends readonly (KeyName<R> | AnyName)[]>(
    ...columns: C & AllExisting<R, C>
  ): DataFrame<R> {
    return this.#deduplicate(columns, true);
  }

  /**
   * With a watermark on a stream: state for rows whose event time is this much behind the latest is given up, and
   * such rows may be left out.
   *
   * @param eventTime a TIMESTAMP column
   * @param delayThreshold an interval such as `"10 minutes"`
   */
  withWatermark(eventTime: KeyName<R> | AnyName, delayThreshold: string): DataFrame<R> {
    for (const [name, text] of Object.entries({ eventTime, delayThreshold })) {
      if (typeof text === "string" && text !== "") continue;
      throw new SparkwrightError("USAGE_WATERMARK", `withWatermark() was given no ${name}`, {
        hint: 'For example withWatermark("at", "10 minutes").',
      });
    }
    return this.derive({
      case: "withWatermark",
      value: { input: this.toPlan(), eventTime, delayThreshold },
    });
  }

  /** A random part of the rows; the same seed gives the same part of the same data. */
  sample(fraction: number, options: SampleOptions = {}): DataFrame<R> {
    const known = { withReplacement: true, seed: true } as const;
    const { withReplacement = false, seed } = knownOptions("sample()", options, known);
    if (
      typeof fraction !== "number" ||
      !(fraction >= 0 && fraction < Number.POSITIVE_INFINITY) ||
      (!withReplacement && fraction > 1)
    ) {
      throw new SparkwrightError("USAGE_OUT_OF_RANGE", `sample(${String(fraction)}): not a fraction`, {
        hint: "Pass a number from 0 to 1; beyond 1 only with replacement.",
      });
    }
    return this.derive({
      case: "sample",
      value: {
        input: this.toPlan(),
        lowerBound: 0,
        upperBound: fraction,
        withReplacement,
        seed: seedOf("sample", seed),
      },
    });
  }

  /**
   * Random parts of the rows that have no row in common and together have all; the same seed gives the same parts,
   * since the rows of a partition are sorted first.
   *
   * @param weights one per part, in proportion to its size
   */
  randomSplit(weights: readonly number[], seed?: number | bigint): DataFrame<R>[] {
    const total = listOf("randomSplit", weights).reduce((sum, weight) => sum + weight, 0);
    if (weights.some((weight) => !(weight >= 0)) || !(total > 0 && total < Number.POSITIVE_INFINITY)) {
      throw new SparkwrightError("USAGE_OUT_OF_RANGE", `randomSplit([${weights.join(", ")}]): not weights`, {
        hint: "Pass numbers that are not negative, one of them above 0.",
      });
    }
    const oneSeed = seedOf("randomSplit", seed);
    let lowerBound = 0;
    return weights.map((weight) => {
      const bounds = { lowerBound, upperBound: lowerBound + weight / total };
      lowerBound = bounds.upperBound;
      return this.derive<R>({
        case: "sample",
        value: {
          input: this.toPlan(),
          ...bounds,
          withReplacement: false,
          seed: oneSeed,
          deterministicOrder: true,
        },
      });
    });
  }

  #deduplicate(columns: readonly string[], withinWatermark: boolean): DataFrame<R> {
    return this.derive({
      case: "deduplicate",
      value: {
        input: this.toPlan(),
        columnNames: namesOf("dropDuplicates", columns),
        allColumnsAsKeys: columns.length === 0,
        withinWatermark,
      },
    });
  }

  #sort(columns: readonly (ColumnOrName | number)[], isGlobal: boolean): DataFrame<R> {
    if (columns.length === 0) {
      throw new SparkwrightError("USAGE_SORT", "nothing was given to sort by", { hint: "Pass a column." });
    }
    const numbers = columns.filter((column) => typeof column === "number");
    for (const number of numbers) ordinal("orderBy", Math.abs(number));
    const orderOf = (byNumber: (number: number) => Expression) =>
      columns.map((column) => {
        if (typeof column !== "number") return asSortOrder(columnExpression(column));
        const key = byNumber(Math.abs(column));
        return asSortOrder(column < 0 ? sortOrder(key, true, "last") : key);
      });
    const sorted = this.derive<R>({
      case: "sort",
      value: { input: this.toPlan(), order: orderOf(literal), isGlobal },
    });
    if (numbers.length > 0) {
      completeLater(sorted.toPlan(), async (of) => {
        const schema = await this.schema();
        const order = orderOf((number) => ordinalColumn(schema, number));
        const input = of.relType.case === "sort" ? of.relType.value.input : undefined;
        return relationInstead(of, {
          case: "sort",
          value: { input: input ?? this.toPlan(), order, isGlobal },
        });
      });
    }
    return sorted;
  }
}

function asCondition(condition: Column | string): ReturnType<typeof columnExpression> {
  if (typeof condition === "string") return expressionString(condition);
  if (condition instanceof Column) return condition.toProto();
  throw new SparkwrightError(
    "USAGE_NOT_A_COLUMN",
    `filter() was given a ${typeof condition}, not a Column or SQL text`,
    { hint: "Use col(name) for a column and lit(value) for a value." },
  );
}
