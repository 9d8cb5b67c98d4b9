import type { Expression } from "../../../../gen/spark/connect/expressions_pb.ts";
import { SubqueryExpression_SubqueryType as SubqueryType } from "../../../../gen/spark/connect/expressions_pb.ts";
import { nameParts } from "../../../sql-text/names.ts";
import { expressionText } from "../expression-text.ts";
import { type Columns, everything, isCalled, type NamedColumn, resolveName } from "./columns.ts";
import { nothing, type Origin, through, together, unknownOrigin } from "./origin.ts";

/** Where the columns in an expression are looked up. */
export interface Scope {
  readonly input: Columns;
  /** The columns of a relation by its plan id, if it was visited before. */
  readonly byPlanId: (planId: bigint) => Columns | undefined;
}

const deepest = 500;

/** What the value of an expression is made of. */
export function expressionOrigin(of: Expression | undefined, scope: Scope, depth = 0): Origin {
  if (of === undefined) return nothing;
  if (depth > deepest) return unknownOrigin("an expression that is too deep");
  const origin = (child: Expression | undefined) => expressionOrigin(child, scope, depth + 1);
  const all = (list: readonly (Expression | undefined)[]) => together(list.map(origin));
  const kind = of.exprType;
  switch (kind.case) {
    case "unresolvedAttribute":
      return resolveName(relationOf(kind.value.planId, scope), kind.value.unparsedIdentifier);
    case "unresolvedStar":
      return everything(starColumns(kind.value.unparsedTarget, relationOf(kind.value.planId, scope)), "*");
    case "unresolvedRegex":
      return unknownOrigin(`the columns that match ${kind.value.colName}`);
    case "expressionString":
      return unknownOrigin(`SQL text ${expressionText(of)}`);
    case "unresolvedFunction": {
      const { functionName, arguments: args } = kind.value;
      // It counts rows, whatever is in them.
      if (functionName === "count" && args[0]?.exprType.case === "unresolvedStar") return nothing;
      return through(all(args), operations[functionName] ?? functionName);
    }
    case "callFunction":
    case "commonInlineUserDefinedFunction":
      return through(all(kind.value.arguments), kind.value.functionName);
    case "alias":
      return origin(kind.value.expr);
    case "cast":
      return through(origin(kind.value.expr), "cast");
    case "sortOrder":
      return origin(kind.value.child);
    case "lambdaFunction":
      return origin(kind.value.function);
    case "window": {
      const { windowFunction, partitionSpec, orderSpec } = kind.value;
      const window = all([...partitionSpec, ...orderSpec.map((order) => order.child)]);
      return together([through(origin(windowFunction), "over"), through(window, "window")]);
    }
    case "unresolvedExtractValue":
      return through(all([kind.value.child, kind.value.extraction]), "getItem");
    case "updateFields":
      return through(
        all([kind.value.structExpression, kind.value.valueExpression]),
        kind.value.valueExpression === undefined ? "dropFields" : "withField",
      );
    case "namedArgumentExpression":
      return origin(kind.value.value);
    case "subqueryExpression": {
      const { planId, subqueryType, inSubqueryValues } = kind.value;
      const query = scope.byPlanId(planId);
      if (query === undefined) return unknownOrigin("a subquery");
      const value = subqueryType === SubqueryType.EXISTS ? nothing : everything(query, "subquery");
      return together([all(inSubqueryValues), value, through(query.rows, "subquery")]);
    }
    case "typedAggregateExpression":
    case "extension":
      return unknownOrigin(expressionText(of));
    default:
      return nothing;
  }
}

const operations: Readonly<Record<string, string>> = { "==": "=" };

/** The columns that an expression in a list of columns makes; several where it stands for several. */
export function expressionColumns(of: Expression, scope: Scope): Columns {
  const kind = of.exprType;
  if (kind.case === "unresolvedStar") {
    return starColumns(kind.value.unparsedTarget, relationOf(kind.value.planId, scope));
  }
  const origin = expressionOrigin(of, scope);
  if (kind.case === "unresolvedRegex") return { ...only([]), unknown: origin.unknown };
  if (kind.case === "expressionString") {
    const text = expressionText(of);
    if (/(?:^|\.)\*$/.test(text)) return starColumns(text === "*" ? undefined : text, scope.input);
    return only([{ name: text, qualifier: [], ...origin }]);
  }
  const qualifier = kind.case === "unresolvedAttribute" ? qualifierOf(kind.value.unparsedIdentifier) : [];
  if (kind.case === "unresolvedFunction" && severalColumns.has(kind.value.functionName)) {
    return { ...only([]), unknown: [`the columns of ${expressionText(of)}`] };
  }
  return only(columnNames(of).map((name) => ({ name, qualifier, ...origin })));
}

/** Generators whose columns have no name of their own in the plan. */
const severalColumns: ReadonlySet<string> = new Set(
  "posexplode posexplode_outer inline inline_outer stack json_tuple variant_explode variant_explode_outer".split(
    " ",
  ),
);

/** The names by which Spark calls the result of an expression, as far as they can be told from it. */
function columnNames(of: Expression): readonly string[] {
  const kind = of.exprType;
  switch (kind.case) {
    case "alias":
      return kind.value.name;
    case "unresolvedAttribute":
      return nameParts(kind.value.unparsedIdentifier).slice(-1);
    case "unresolvedFunction":
      return /^explode(?:_outer)?$/.test(kind.value.functionName) ? ["col"] : [expressionText(of)];
    default:
      return [expressionText(of)];
  }
}

function qualifierOf(identifier: string): readonly string[] {
  return nameParts(identifier).slice(0, -1);
}

function only(named: readonly NamedColumn[]): Columns {
  return { named, open: [], unknown: [], rows: nothing };
}

/** The columns that `*` or `a.*` stands for. */
function starColumns(target: string | undefined, input: Columns): Columns {
  const qualifier = nameParts(target ?? "*").slice(0, -1);
  if (qualifier.length === 0) return input;
  return {
    ...input,
    named: input.named.filter((one) => isCalled(one.qualifier, qualifier)),
    open: input.open.filter((one) => isCalled(one.qualifier, qualifier)),
  };
}

function relationOf(planId: bigint | undefined, scope: Scope): Columns {
  return (planId === undefined ? undefined : scope.byPlanId(planId)) ?? scope.input;
}
