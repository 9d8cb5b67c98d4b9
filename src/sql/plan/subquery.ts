import { isMessage, type MessageInitShape } from "@bufbuild/protobuf";
import type {
  Expression,
  SubqueryExpression_TableArgOptionsSchema,
} from "../../../gen/spark/connect/expressions_pb.ts";
import { SubqueryExpression_SubqueryType as SubqueryType } from "../../../gen/spark/connect/expressions_pb.ts";
import { type Relation, RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { expression } from "./expression.ts";

/** The plans that subquery expressions stand for; the expressions themselves know their ids only. */
const plans: WeakMap<object, Relation> = new WeakMap();
let anySubquery = false;

/** The one value of a query of one column and at most one row. */
export function scalarSubquery(of: Relation): Expression {
  return subquery(of, { subqueryType: SubqueryType.SCALAR });
}

/** Whether a query has any row. */
export function existsSubquery(of: Relation): Expression {
  return subquery(of, { subqueryType: SubqueryType.EXISTS });
}

/** Whether values are a row of a query. */
export function inSubquery(of: Relation, inSubqueryValues: Expression[]): Expression {
  return subquery(of, { subqueryType: SubqueryType.IN, inSubqueryValues });
}

/** A query as the argument of a table-valued function. */
export function tableArgument(
  of: Relation,
  tableArgOptions: MessageInitShape<typeof SubqueryExpression_TableArgOptionsSchema>,
): Expression {
  return subquery(of, { subqueryType: SubqueryType.TABLE_ARG, tableArgOptions });
}

function subquery(
  of: Relation,
  value: Omit<
    Extract<Parameters<typeof expression>[0], { case: "subqueryExpression" }>["value"],
    "$typeName"
  >,
): Expression {
  const made = expression({
    case: "subqueryExpression",
    value: { ...value, planId: of.common?.planId ?? 0n },
  });
  plans.set(made, of);
  anySubquery = true;
  return made;
}

/** The plans of the subqueries in the expressions of a relation, each once. Not those in its inputs. */
export function subqueryPlans(fields: object): readonly Relation[] {
  if (!anySubquery) return [];
  const found = new Set<Relation>();
  const seen = new Set<object>();
  const stack: unknown[] = [fields];
  while (stack.length > 0) {
    const at = stack.pop();
    if (typeof at !== "object" || at === null || ArrayBuffer.isView(at) || seen.has(at)) continue;
    if (isMessage(at, RelationSchema)) continue;
    seen.add(at);
    const plan = plans.get(at);
    if (plan !== undefined) found.add(plan);
    for (const field of Object.values(at).reverse()) stack.push(field);
  }
  return [...found];
}
