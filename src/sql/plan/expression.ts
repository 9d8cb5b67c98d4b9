import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Expression,
  type Expression_SortOrder,
  ExpressionSchema,
  Expression_SortOrder_NullOrdering as NullOrdering,
  Expression_SortOrder_SortDirection as SortDirection,
  Expression_SortOrderSchema as SortOrderSchema,
} from "../../../gen/spark/connect/expressions_pb.ts";
import { expressionCommon } from "./call-sites.ts";

export type ExpressionKind = NonNullable<MessageInitShape<typeof ExpressionSchema>["exprType"]>;

/** An expression message of one kind. */
export function expression(exprType: ExpressionKind): Expression {
  const made = create(ExpressionSchema, { exprType });
  const common = expressionCommon(exprType);
  if (common !== undefined) made.common = common;
  return made;
}

/** A column by name, `*` or `a.*`; with the id of the plan it belongs to when it came from a DataFrame. */
export function attribute(name: string, planId?: bigint): Expression {
  const plan = planId === undefined ? {} : { planId };
  if (name === "*") return expression({ case: "unresolvedStar", value: plan });
  if (name.endsWith(".*")) {
    return expression({ case: "unresolvedStar", value: { unparsedTarget: name, ...plan } });
  }
  return expression({ case: "unresolvedAttribute", value: { unparsedIdentifier: name, ...plan } });
}

/** A call of a built-in or registered function, which the server resolves. */
export function functionCall(
  functionName: string,
  args: readonly Expression[],
  isDistinct = false,
): Expression {
  return expression({
    case: "unresolvedFunction",
    value: { functionName, arguments: [...args], isDistinct },
  });
}

/** SQL text that the server parses as one expression. */
export function expressionString(text: string): Expression {
  return expression({ case: "expressionString", value: { expression: text } });
}

export type SortPlace = "first" | "last";

/** `child` in ascending or descending order, NULLs first or last. */
export function sortOrder(child: Expression, descending: boolean, nulls: SortPlace): Expression {
  return expression({
    case: "sortOrder",
    value: {
      child,
      direction: descending ? SortDirection.DESCENDING : SortDirection.ASCENDING,
      nullOrdering: nulls === "first" ? NullOrdering.SORT_NULLS_FIRST : NullOrdering.SORT_NULLS_LAST,
    },
  });
}

/** The expression as a sort key; what is not one yet is ascending, NULLs first, as in SQL. */
export function asSortOrder(child: Expression): Expression_SortOrder {
  if (child.exprType.case === "sortOrder") return child.exprType.value;
  return create(SortOrderSchema, {
    child,
    direction: SortDirection.ASCENDING,
    nullOrdering: NullOrdering.SORT_NULLS_FIRST,
  });
}
