import {
  type AsOfJoin,
  type Join,
  Join_JoinType as JoinType,
  type LateralJoin,
  type NearestByJoin,
  SetOperation_SetOpType as SetOp,
  type SetOperation,
} from "../../../../gen/spark/connect/relations_pb.ts";
import {
  type Columns,
  decidedBy,
  everything,
  isClosed,
  isSame,
  type NamedColumn,
  noColumns,
  resolveName,
  without,
} from "./columns.ts";
import { expressionOrigin } from "./expression-origin.ts";
import { type Origin, together } from "./origin.ts";
import type { RelationScope } from "./relation-columns.ts";

/** The columns of two inputs beside each other. */
export const joinColumns = {
  join: ({ joinType, usingColumns, joinCondition }: Join, scope: RelationScope): Columns =>
    joined(sideOf(joinType), usingColumns, expressionOrigin(joinCondition, scope), scope),
  lateralJoin: ({ joinType, joinCondition }: LateralJoin, scope: RelationScope): Columns =>
    joined(sideOf(joinType), [], expressionOrigin(joinCondition, scope), scope),
  asOfJoin: (value: AsOfJoin, scope: RelationScope): Columns => {
    const condition = [value.leftAsOf, value.rightAsOf, value.joinExpr, value.tolerance];
    const origin = together(condition.map((one) => expressionOrigin(one, scope)));
    return joined("left", value.usingColumns, origin, scope);
  },
  nearestByJoin: ({ rankingExpression }: NearestByJoin, scope: RelationScope): Columns =>
    joined("left", [], expressionOrigin(rankingExpression, scope), scope),
};

/** Which side the columns that a join is on come from, or that there are none of the right. */
type Side = "left" | "right" | "both" | "left only";

function sideOf(joinType: JoinType): Side {
  switch (joinType) {
    case JoinType.RIGHT_OUTER:
      return "right";
    case JoinType.FULL_OUTER:
      return "both";
    case JoinType.LEFT_SEMI:
    case JoinType.LEFT_ANTI:
      return "left only";
    default:
      return "left";
  }
}

function joined(
  side: Side,
  usingColumns: readonly string[],
  condition: Origin,
  { inputs }: RelationScope,
): Columns {
  const [left = noColumns, right = noColumns] = inputs;
  const keys = usingColumns.map((name) => [resolveName(left, name), resolveName(right, name)] as const);
  const using = usingColumns.map((name, i): NamedColumn => {
    const [ofLeft, ofRight] = keys[i] as (typeof keys)[number];
    const origin = side === "both" ? together([ofLeft, ofRight]) : side === "right" ? ofRight : ofLeft;
    return { name, qualifier: [], ...origin };
  });
  const rows = together([left.rows, right.rows]);
  const on = together([condition, ...keys.flat()]);
  const [restOfLeft, restOfRight] = [usingColumns.reduce(without, left), usingColumns.reduce(without, right)];
  const columns =
    side === "left only"
      ? { ...left, rows }
      : {
          named: [...using, ...restOfLeft.named, ...restOfRight.named],
          open: [...restOfLeft.open, ...restOfRight.open],
          unknown: [...left.unknown, ...right.unknown],
          rows,
        };
  return decidedBy(columns, on, "join");
}

/** The rows of two inputs below each other. */
export function setColumns({ setOpType, byName }: SetOperation, { inputs }: RelationScope): Columns {
  const [left = noColumns, right = noColumns] = inputs;
  if (setOpType !== SetOp.UNION) {
    const rows = together([
      left.rows,
      right.rows,
      everything(left, "compared"),
      everything(right, "compared"),
    ]);
    return { ...left, rows };
  }
  const rows = together([left.rows, right.rows]);
  if (byName === true) return { ...unionByName(left, right), rows };
  if (isClosed(left) && isClosed(right)) {
    const named = left.named.map((one, i) => ({ ...one, ...together([one, right.named[i] ?? one]) }));
    return { ...noColumns, named, rows };
  }
  const rest = everything({ ...noColumns, open: [...left.open, ...right.open] }, "union");
  const unknown = ["a union by position of columns that only the server knows", ...rest.unknown];
  return {
    ...noColumns,
    named: left.named.map((one) => ({ ...one, unknown: [...one.unknown, ...unknown] })),
    unknown: [...left.unknown, ...right.unknown, ...unknown],
    rows,
  };
}

function unionByName(left: Columns, right: Columns): Columns {
  const names = [...left.named, ...right.named].map(({ name }) => name);
  const distinct = names.filter((name, i) => names.findIndex((one) => isSame(one, name)) === i);
  const origin = (columns: Columns, name: string) => {
    const named = columns.named.find((one) => isSame(one.name, name));
    // What is missing on one side is NULL there.
    return named ?? (isClosed(columns) ? noColumns.rows : resolveName(columns, name));
  };
  const excepted = names.reduce(without, { ...noColumns, open: [...left.open, ...right.open] });
  const [first] = excepted.open;
  return {
    ...noColumns,
    named: distinct.map((name) => ({
      name,
      qualifier: [],
      ...together(
        [origin(left, name), origin(right, name)].map(({ sources, unknown }) => ({ sources, unknown })),
      ),
    })),
    open: first === undefined ? [] : [{ ...first, sources: excepted.open.flatMap((one) => one.sources) }],
    unknown: [...left.unknown, ...right.unknown],
  };
}
