import type { Expression } from "../../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { type ColumnOrName, columnExpression, toExpression } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
import { asSortOrder, expression } from "../plan/expression.ts";
import { rowCount } from "../plan/relation.ts";
import { DataFrameGroups } from "./groups.ts";

/** A number of partitions, columns that make them, or both. */
export type Partitioning = readonly [number, ...ColumnOrName[]] | readonly ColumnOrName[];

/** The methods of a DataFrame that say how the cluster is to compute it; its rows stay the same. */
export abstract class DataFramePartitions<R> extends DataFrameGroups<R> {
  /** In `numPartitions` partitions, or by the values of columns, or both. */
  repartition(...partitioning: Partitioning): DataFrame<R> {
    return this.#repartition("repartition", partitioning, columnExpression);
  }

  /** In partitions of ranges of values of the columns. */
  repartitionByRange(...partitioning: Partitioning): DataFrame<R> {
    return this.#repartition("repartitionByRange", partitioning, (column) =>
      expression({ case: "sortOrder", value: asSortOrder(columnExpression(column)) }),
    );
  }

  /**
   * In `numPartitions` partitions, each row in that one whose number a column holds; a number out of range counts
   * modulo `numPartitions`. Needs a server of 4.1 or later.
   *
   * @param partitionId an INTEGER column
   */
  repartitionById(numPartitions: number, partitionId: ColumnOrName): DataFrame<R> {
    const child = columnExpression(partitionId);
    return this.derive({
      case: "repartitionByExpression",
      value: {
        input: this.toPlan(),
        numPartitions: rowCount("repartitionById", numPartitions, 1),
        partitionExprs: [expression({ case: "directShufflePartitionId", value: { child } })],
      },
    });
  }

  /** In at most `numPartitions` partitions, without moving rows between machines where it can. */
  coalesce(numPartitions: number): DataFrame<R> {
    return this.derive({
      case: "repartition",
      value: {
        input: this.toPlan(),
        numPartitions: rowCount("coalesce", numPartitions, 1),
        shuffle: false,
      },
    });
  }

  /** With a hint to the optimizer, such as `broadcast`; parameters are values, columns, or one array of them. */
  hint(name: string, ...parameters: readonly unknown[]): DataFrame<R> {
    const [first] = parameters;
    const list: readonly unknown[] = parameters.length === 1 && Array.isArray(first) ? first : parameters;
    return this.derive({
      case: "hint",
      value: { input: this.toPlan(), name, parameters: list.map(toExpression) },
    });
  }

  #repartition(
    method: "repartition" | "repartitionByRange",
    partitioning: readonly (number | ColumnOrName)[],
    toPartition: (column: ColumnOrName) => Expression,
  ): DataFrame<R> {
    const numbers = partitioning.filter((item) => typeof item === "number");
    const columns = partitioning.filter((item) => typeof item !== "number");
    const [numPartitions] = numbers.map((n) => rowCount(method, n, 1));
    const isNumberOnly = columns.length === 0 && numbers.length === 1;
    if (isNumberOnly && numPartitions !== undefined && method === "repartition") {
      return this.derive({
        case: "repartition",
        value: { input: this.toPlan(), numPartitions, shuffle: true },
      });
    }
    if (columns.length === 0 || numbers.length > 1) {
      throw new SparkwrightError(
        "USAGE_REPARTITION",
        `${method}() takes a number, columns, or a number and columns`,
        {
          hint: `For example ${method}(8, "day").`,
        },
      );
    }
    return this.derive({
      case: "repartitionByExpression",
      value: {
        input: this.toPlan(),
        partitionExprs: columns.map(toPartition),
        ...(numPartitions === undefined ? {} : { numPartitions }),
      },
    });
  }
}
