import type { Expression } from "../../gen/spark/connect/expressions_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { type ColumnOrName, columnExpression } from "./column.ts";
import { asSortOrder } from "./plan/expression.ts";
import { tableArgument } from "./plan/subquery.ts";

interface Arrangement {
  readonly partitions?: readonly ColumnOrName[];
  readonly singlePartition?: boolean;
  readonly order?: readonly ColumnOrName[];
}

/**
 * The rows of a DataFrame as the argument of a table-valued function, which may ask for them in partitions and in an
 * order. Immutable.
 *
 * @see org.apache.spark.sql.TableArg
 */
export class TableArgument {
  readonly #plan: Relation;
  readonly #arrangement: Arrangement;

  constructor(plan: Relation, arrangement: Arrangement = {}) {
    this.#plan = plan;
    this.#arrangement = arrangement;
  }

  /** The function sees rows with equal values of these columns together. Thrown when partitions are set already. */
  partitionBy(...columns: readonly ColumnOrName[]): TableArgument {
    this.#mustNotBePartitioned("partitionBy");
    return new TableArgument(this.#plan, { ...this.#arrangement, partitions: columns });
  }

  /** The function sees all rows together. Thrown when partitions are set already. */
  withSinglePartition(): TableArgument {
    this.#mustNotBePartitioned("withSinglePartition");
    return new TableArgument(this.#plan, { ...this.#arrangement, singlePartition: true });
  }

  /** The order of the rows in a partition. Thrown when no partitions are set. */
  orderBy(...columns: readonly ColumnOrName[]): TableArgument {
    if (!this.#isPartitioned) {
      throw new SparkwrightError("USAGE_TABLE_ARGUMENT", "orderBy() of a table argument has no partitions", {
        hint: "Call partitionBy() or withSinglePartition() before.",
      });
    }
    const order = [...(this.#arrangement.order ?? []), ...columns];
    return new TableArgument(this.#plan, { ...this.#arrangement, order });
  }

  /** The protocol message of this argument, for tests and integrators; it must not be changed. */
  toProto(): Expression {
    const { partitions = [], order = [], singlePartition } = this.#arrangement;
    return tableArgument(this.#plan, {
      partitionSpec: partitions.map(columnExpression),
      orderSpec: order.map((column) => asSortOrder(columnExpression(column))),
      ...(singlePartition === undefined ? {} : { withSinglePartition: singlePartition }),
    });
  }

  get #isPartitioned(): boolean {
    const { partitions = [], singlePartition = false } = this.#arrangement;
    return partitions.length > 0 || singlePartition;
  }

  #mustNotBePartitioned(method: string): void {
    if (!this.#isPartitioned) return;
    throw new SparkwrightError(
      "USAGE_TABLE_ARGUMENT",
      `${method}() of a table argument that has partitions`,
      {
        hint: "Call partitionBy() or withSinglePartition() once.",
      },
    );
  }
}
