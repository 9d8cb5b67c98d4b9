import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Expression,
  type Expression_Window,
  type Expression_Window_WindowFrame_FrameBoundarySchema,
  Expression_WindowSchema,
  Expression_Window_WindowFrame_FrameType as FrameType,
} from "../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { kindName } from "./arguments.ts";
import { type ColumnOrName, columnExpression, toExpression } from "./column.ts";
import { asSortOrder } from "./plan/expression.ts";

/** An end of a frame: rows or a distance from the current row, negative before it; ±Infinity is unbounded. */
export type FrameBound = number | bigint | object;

type Frame = { readonly type: FrameType; readonly lower: FrameBound; readonly upper: FrameBound };

/**
 * How a window function sees the rows around the current one. Immutable.
 *
 * @see org.apache.spark.sql.expressions.WindowSpec
 */
export class WindowSpec {
  readonly #partitions: readonly ColumnOrName[];
  readonly #order: readonly ColumnOrName[];
  readonly #frame: Frame | undefined;

  constructor(
    partitions: readonly ColumnOrName[] = [],
    order: readonly ColumnOrName[] = [],
    frame?: Frame | undefined,
  ) {
    this.#partitions = partitions;
    this.#order = order;
    this.#frame = frame;
  }

  /** Rows with equal values of these columns belong together; replaces an earlier partitioning. */
  partitionBy(...columns: readonly ColumnOrName[]): WindowSpec {
    return new WindowSpec(columns, this.#order, this.#frame);
  }

  /** The order of the rows within a partition; replaces an earlier order. */
  orderBy(...columns: readonly ColumnOrName[]): WindowSpec {
    return new WindowSpec(this.#partitions, columns, this.#frame);
  }

  /** The frame as a number of rows before (negative) and after the current one, both included. */
  rowsBetween(start: number | bigint, end: number | bigint): WindowSpec {
    return new WindowSpec(this.#partitions, this.#order, frame(FrameType.ROW, start, end));
  }

  /** The frame as a distance in the value of the one order column, both ends included. */
  rangeBetween(start: FrameBound, end: FrameBound): WindowSpec {
    return new WindowSpec(this.#partitions, this.#order, frame(FrameType.RANGE, start, end));
  }

  /** The message of a function over this window. */
  toProto(windowFunction: Expression): Expression_Window {
    return create(Expression_WindowSchema, {
      windowFunction,
      partitionSpec: this.#partitions.map(columnExpression),
      orderSpec: this.#order.map((column) => asSortOrder(columnExpression(column))),
      ...(this.#frame === undefined
        ? {}
        : {
            frameSpec: {
              frameType: this.#frame.type,
              lower: boundary(this.#frame.lower),
              upper: boundary(this.#frame.upper),
            },
          }),
    });
  }
}

function frame(type: FrameType, lower: FrameBound, upper: FrameBound): Frame {
  for (const bound of [lower, upper]) {
    if (
      typeof bound === "number" ||
      typeof bound === "bigint" ||
      (typeof bound === "object" && bound !== null)
    )
      continue;
    throw new SparkwrightError("USAGE_WINDOW_FRAME", `a frame was given ${kindName(bound)} for a bound`, {
      hint: "Give a whole number, Window.unboundedPreceding or Window.unboundedFollowing.",
    });
  }
  if (typeof lower !== "object" && typeof upper !== "object" && lower > upper) {
    throw new SparkwrightError(
      "USAGE_WINDOW_FRAME",
      `the frame ends (${upper}) before it starts (${lower})`,
      {
        hint: "Give the lower end first; negative numbers lie before the current row.",
      },
    );
  }
  for (const bound of [lower, upper]) {
    if (
      typeof bound === "number" &&
      (Number.isNaN(bound) || (type === FrameType.ROW && bound % 1 !== 0 && Number.isFinite(bound)))
    ) {
      throw new SparkwrightError("USAGE_WINDOW_FRAME", `${bound} is not a number of rows`, {
        hint: "Give a whole number, Window.unboundedPreceding or Window.unboundedFollowing.",
      });
    }
  }
  return { type, lower, upper };
}

const unboundedFrom = 2 ** 63;

function boundary(
  bound: FrameBound,
): MessageInitShape<typeof Expression_Window_WindowFrame_FrameBoundarySchema> {
  if (typeof bound === "number" || typeof bound === "bigint") {
    if (Number(bound) === 0) return { boundary: { case: "currentRow", value: true } };
    if (Number(bound) <= -unboundedFrom || Number(bound) >= unboundedFrom) {
      return { boundary: { case: "unbounded", value: true } };
    }
  }
  return { boundary: { case: "value", value: toExpression(bound) } };
}

/**
 * Where window specifications begin, and the ends of their frames.
 *
 * @example rank().over(Window.partitionBy("origin").orderBy(col("flights").desc()))
 * @see org.apache.spark.sql.expressions.Window
 */
export const Window: {
  readonly unboundedPreceding: number;
  readonly unboundedFollowing: number;
  readonly currentRow: number;
  /** The windows of rows with equal values of these columns. */
  partitionBy(...columns: readonly ColumnOrName[]): WindowSpec;
  /** The window of all rows, in this order. */
  orderBy(...columns: readonly ColumnOrName[]): WindowSpec;
  /** The window of all rows, with a frame counted in rows from the current one. */
  rowsBetween(start: number | bigint, end: number | bigint): WindowSpec;
  /** The window of all rows, with a frame of values around the current one. */
  rangeBetween(start: FrameBound, end: FrameBound): WindowSpec;
} = {
  unboundedPreceding: Number.NEGATIVE_INFINITY,
  unboundedFollowing: Number.POSITIVE_INFINITY,
  currentRow: 0,
  partitionBy: (...columns) => new WindowSpec().partitionBy(...columns),
  orderBy: (...columns) => new WindowSpec().orderBy(...columns),
  rowsBetween: (start, end) => new WindowSpec().rowsBetween(start, end),
  rangeBetween: (start, end) => new WindowSpec().rangeBetween(start, end),
};
