import type { Expression } from "../../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { knownOptions } from "../../core/named-values.ts";
import { Column, type ColumnOrName, columnExpression, toExpression } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
import { functionCall } from "../plan/expression.ts";
import { type JoinType, joinType, type LateralJoinType, lateralJoinType, oneOf } from "../plan/join-type.ts";
import { rowCount } from "../plan/relation.ts";
import type { Joined, OnBoth, TypedJoinOn } from "../typed/join-row.ts";
import { DataFrameSetOperations } from "./set-operations.ts";

/** What a join is on: names that both sides have, or a condition. */
export type JoinOn = string | readonly string[] | Column | readonly Column[];

/** How `joinAsOf` joins. */
export interface JoinAsOfOptions {
  /** What besides must be equal or true, as for `join`. */
  readonly on?: JoinOn;
  /** @default "inner" */
  readonly how?: JoinType;
  /** How far apart the two may be, such as `expr("INTERVAL 1 HOUR")` or a number. @default any distance */
  readonly tolerance?: unknown;
  /** An equal value may match too. @default true */
  readonly allowExactMatches?: boolean;
  /** Matches the last value before, the first one after, or the nearest. @default "backward" */
  readonly direction?: "backward" | "forward" | "nearest";
}

const joinAsOfOptions = {
  on: true,
  how: true,
  tolerance: true,
  allowExactMatches: true,
  direction: true,
} as const;

/** The methods of a DataFrame that put columns of another beside its own. */
export abstract class DataFrameJoins<R> extends DataFrameSetOperations<R> {
  /**
   * The rows of both sides that belong together. `on` names make one column each in the result; several
   * conditions must all hold.
   *
   * @param how inner (the default), cross, full, left, right, semi or anti, and Spark's other names for them
   */
  join<S, const On extends TypedJoinOn<R, S> | undefined = undefined, const How extends JoinType = "inner">(
    other: DataFrame<S>,
    on?: On & OnBoth<R, S, On>,
    how?: How,
  ): DataFrame<Joined<R, S, On, How>> {
    const { usingColumns, condition } = joinKeys(on);
    return this.derive({
      case: "join",
      value: {
        left: this.toPlan(),
        right: this.planOf("join", other),
        joinType: joinType(how ?? "inner"),
        usingColumns,
        ...(condition === undefined ? {} : { joinCondition: condition }),
      },
    });
  }

  /** Every row of this side with every row of the other. */
  crossJoin<S>(other: DataFrame<S>): DataFrame<Joined<R, S, undefined, "cross">> {
    return this.join<S, undefined, "cross">(other, undefined, "cross");
  }

  /**
   * Every row of this side with the rows of the other that are computed for it: the other side may name columns of
   * this one (see `Column.outer`).
   *
   * @param how inner (the default), left or cross
   * @example orders.lateralJoin(spark.tvf.explode(col("items").outer()))
   */
  lateralJoin(other: DataFrame, on?: Column, how: LateralJoinType = "inner"): DataFrame {
    return this.derive({
      case: "lateralJoin",
      value: {
        left: this.toPlan(),
        right: this.planOf("lateralJoin", other),
        joinType: lateralJoinType(how),
        ...(on === undefined ? {} : { joinCondition: columnExpression(on) }),
      },
    });
  }

  /**
   * Every row of this side with that one row of the other whose value comes closest to its own, by default the last
   * one not after it. PySpark: `_joinAsOf`, of which pandas' `merge_asof` is made.
   *
   * @param leftAsOf a column of this side, or its name
   * @param rightAsOf a column of the other side, or its name
   */
  joinAsOf(
    other: DataFrame,
    leftAsOf: ColumnOrName,
    rightAsOf: ColumnOrName,
    options: JoinAsOfOptions = {},
  ): DataFrame {
    const {
      on,
      how = "inner",
      tolerance,
      allowExactMatches = true,
      direction = "backward",
    } = knownOptions("joinAsOf()", options, joinAsOfOptions);
    const { usingColumns, condition } = joinKeys(on);
    joinType(how);
    return this.derive({
      case: "asOfJoin",
      value: {
        left: this.toPlan(),
        right: this.planOf("joinAsOf", other),
        leftAsOf: columnOf(this, leftAsOf),
        rightAsOf: columnOf(other, rightAsOf),
        usingColumns,
        joinType: how,
        allowExactMatches,
        direction: oneOf("direction", direction, ["backward", "forward", "nearest"]),
        ...(condition === undefined ? {} : { joinExpr: condition }),
        ...(tolerance === undefined ? {} : { tolerance: toExpression(tolerance) }),
      },
    });
  }

  /**
   * Every row of this side with the rows of the other that rank best for it. Needs a server of 4.2 or later.
   *
   * @param rankingExpression a number computed from both sides
   * @param numResults how many rows of the other side at most, 1 to 100,000
   * @param mode `exact` compares all rows; `approx` lets the server use an index, if it has one
   * @param direction whether a small `distance` or a large `similarity` is best
   * @param how inner, or left to keep the rows that nothing matches
   */
  nearestByJoin(
    other: DataFrame,
    rankingExpression: Column,
    numResults: number,
    mode: "approx" | "exact",
    direction: "distance" | "similarity",
    how: "inner" | "left" | "leftouter" | "left_outer" = "inner",
  ): DataFrame {
    if (rowCount("nearestByJoin", numResults, 1) > 100_000) {
      throw new SparkwrightError(
        "USAGE_OUT_OF_RANGE",
        `nearestByJoin(${numResults}): more than 100000 results`,
        {
          hint: "Pass a whole number from 1 to 100000.",
        },
      );
    }
    return this.derive({
      case: "nearestByJoin",
      value: {
        left: this.toPlan(),
        right: this.planOf("nearestByJoin", other),
        rankingExpression: columnExpression(rankingExpression),
        numResults,
        joinType: oneOf("kind of join", how, ["inner", "left", "leftouter", "left_outer"]),
        mode: oneOf("mode", mode, ["approx", "exact"]),
        direction: oneOf("direction", direction, ["distance", "similarity"]),
      },
    });
  }
}

function columnOf(side: { col(name: string): Column }, column: ColumnOrName): Expression {
  return typeof column === "string" ? side.col(column).toProto() : columnExpression(column);
}

function joinKeys(on: JoinOn | undefined): { usingColumns: string[]; condition: Expression | undefined } {
  const list = on === undefined ? [] : Array.isArray(on) ? (on as readonly (string | Column)[]) : [on];
  const usingColumns = list.filter((item) => typeof item === "string");
  const conditions = list.filter((item) => item instanceof Column).map((column) => column.toProto());
  if (usingColumns.length + conditions.length < list.length || (usingColumns.length && conditions.length)) {
    throw new SparkwrightError("USAGE_JOIN_ON", "a join is on column names or on conditions, not on both", {
      hint: 'Pass names ("id"), or conditions such as a.col("id").eq(b.col("id")).',
    });
  }
  const [first, ...others] = conditions;
  const condition = others.reduce(
    (all, next) => (all === undefined ? next : functionCall("and", [all, next])),
    first,
  );
  return { usingColumns: usingColumns as string[], condition };
}
