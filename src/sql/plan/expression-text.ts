import {
  Expression_Cast_EvalMode as EvalMode,
  type Expression,
  type Expression_SortOrder,
  type Expression_UnresolvedFunction,
  type Expression_Window,
  type Expression_Window_WindowFrame_FrameBoundary as FrameBoundary,
  Expression_Window_WindowFrame_FrameType as FrameType,
  MergeAction_ActionType as MergeAction,
  Expression_SortOrder_NullOrdering as NullOrdering,
  Expression_SortOrder_SortDirection as SortDirection,
  type SubqueryExpression,
  SubqueryExpression_SubqueryType as SubqueryType,
} from "../../../gen/spark/connect/expressions_pb.ts";
import { typeFromProto } from "../types/type-proto.ts";
import { literalText } from "./literal-text.ts";

/** How a printed expression points to the relation that a column was taken from. */
export type PlanLabel = (planId: bigint | undefined) => string;

const noLabel: PlanLabel = () => "";

/** Expressions deeper than this, which no server takes, end in an ellipsis. */
const deepest = 500;

/** An expression as people read it, close to SQL; it is not meant to be parsed. */
export function expressionText(of: Expression | undefined, label: PlanLabel = noLabel): string {
  return new ExpressionText(label).text(of);
}

/** A sort key as people read it; ascending with NULLs first and descending with NULLs last are not spelled out. */
export function sortOrderText(order: Expression_SortOrder, label: PlanLabel = noLabel): string {
  return new ExpressionText(label).sortOrder(order);
}

/** Several expressions, separated by commas. */
export function expressionList(list: readonly Expression[], label: PlanLabel = noLabel): string {
  return list.map((one) => expressionText(one, label)).join(", ");
}

const infix: ReadonlySet<string> = new Set(
  "== = != <> <=> < <= > >= + - * / % & | ^ and or like ilike rlike div".split(" "),
);
const suffixes: Readonly<Record<string, string>> = {
  isnull: "IS NULL",
  isNull: "IS NULL",
  isnotnull: "IS NOT NULL",
  isNotNull: "IS NOT NULL",
};
const words: Readonly<Record<string, string>> = {
  "==": "=",
  and: "AND",
  or: "OR",
  like: "LIKE",
  ilike: "ILIKE",
  rlike: "RLIKE",
};

class ExpressionText {
  readonly #label: PlanLabel;
  #depth = 0;

  constructor(label: PlanLabel) {
    this.#label = label;
  }

  text(of: Expression | undefined): string {
    if (of === undefined) return "?";
    if (this.#depth >= deepest) return "…";
    this.#depth++;
    try {
      return this.#kind(of);
    } finally {
      this.#depth--;
    }
  }

  sortOrder({ child, direction, nullOrdering }: Expression_SortOrder): string {
    const descending = direction === SortDirection.DESCENDING;
    const nullsFirst = nullOrdering === NullOrdering.SORT_NULLS_FIRST;
    const isDefault = nullOrdering === NullOrdering.SORT_NULLS_UNSPECIFIED || nullsFirst === !descending;
    const nulls = isDefault ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
    return `${this.text(child)} ${descending ? "DESC" : "ASC"}${nulls}`;
  }

  #kind({ exprType: kind }: Expression): string {
    switch (kind.case) {
      case "literal":
        return literalText(kind.value);
      case "unresolvedAttribute":
        return `${kind.value.unparsedIdentifier}${this.#label(kind.value.planId)}`;
      case "unresolvedStar":
        return `${kind.value.unparsedTarget ?? "*"}${this.#label(kind.value.planId)}`;
      case "unresolvedRegex":
        return `${kind.value.colName}${this.#label(kind.value.planId)}`;
      case "unresolvedFunction":
        return this.#call(kind.value);
      case "callFunction":
        return `${kind.value.functionName}(${this.#list(kind.value.arguments)})`;
      case "commonInlineUserDefinedFunction": {
        const { functionName, isDistinct } = kind.value;
        return `${functionName}(${isDistinct ? "DISTINCT " : ""}${this.#list(kind.value.arguments)})`;
      }
      case "expressionString":
        return kind.value.expression.trim().replace(/\s+/g, " ");
      case "alias": {
        const { name } = kind.value;
        return `${this.text(kind.value.expr)} AS ${name.length === 1 ? name[0] : `(${name.join(", ")})`}`;
      }
      case "cast": {
        const { expr, castToType, evalMode } = kind.value;
        const type =
          castToType.case === "type" ? typeFromProto(castToType.value).simpleString() : castToType.value;
        return `${evalMode === EvalMode.TRY ? "TRY_CAST" : "CAST"}(${this.text(expr)} AS ${type?.toUpperCase()})`;
      }
      case "sortOrder":
        return this.sortOrder(kind.value);
      case "lambdaFunction": {
        const names = kind.value.arguments.map(({ nameParts }) => nameParts.join("."));
        const parameters = names.length === 1 ? names[0] : `(${names.join(", ")})`;
        return `${parameters} -> ${this.text(kind.value.function)}`;
      }
      case "unresolvedNamedLambdaVariable":
        return kind.value.nameParts.join(".");
      case "window":
        return this.#window(kind.value);
      case "unresolvedExtractValue":
        return `${this.text(kind.value.child)}[${this.text(kind.value.extraction)}]`;
      case "updateFields": {
        const { structExpression, fieldName, valueExpression } = kind.value;
        const change =
          valueExpression === undefined
            ? `drop ${fieldName}`
            : `${fieldName} = ${this.text(valueExpression)}`;
        return `update_fields(${this.text(structExpression)}, ${change})`;
      }
      case "namedArgumentExpression":
        return `${kind.value.key} => ${this.text(kind.value.value)}`;
      case "mergeAction": {
        const { actionType, condition, assignments } = kind.value;
        const set = assignments.map(({ key, value }) => `${this.text(key)} = ${this.text(value)}`).join(", ");
        const when = condition === undefined ? "" : ` WHEN ${this.text(condition)}`;
        return `${mergeActions[actionType] ?? "?"}${set === "" ? "" : ` SET ${set}`}${when}`;
      }
      case "subqueryExpression":
        return this.#subquery(kind.value);
      case "typedAggregateExpression":
        return "typed_aggregate()";
      case "directShufflePartitionId":
        return `partition_id(${this.text(kind.value.child)})`;
      case "extension":
        return `extension(${kind.value.typeUrl})`;
      case undefined:
        return "?";
    }
  }

  #call({ functionName: name, arguments: args, isDistinct }: Expression_UnresolvedFunction): string {
    const [first, second] = args;
    if (args.length === 2 && infix.has(name)) {
      return `(${this.text(first)} ${words[name] ?? name} ${this.text(second)})`;
    }
    const suffix = Object.hasOwn(suffixes, name) ? suffixes[name] : undefined;
    if (args.length === 1 && suffix !== undefined) return `(${this.text(first)} ${suffix})`;
    if (args.length === 1 && name === "negative") return `(- ${this.text(first)})`;
    if (args.length === 1 && (name === "not" || name === "!")) return `(NOT ${this.text(first)})`;
    if (args.length > 1 && name === "in") return `(${this.text(first)} IN (${this.#list(args.slice(1))}))`;
    if (args.length > 1 && name === "when") return this.#branches(args);
    return `${name}(${isDistinct ? "DISTINCT " : ""}${this.#list(args)})`;
  }

  #branches(args: readonly Expression[]): string {
    let text = "CASE";
    for (let i = 0; i + 1 < args.length; i += 2) {
      text += ` WHEN ${this.text(args[i])} THEN ${this.text(args[i + 1])}`;
    }
    return `${text}${args.length % 2 === 1 ? ` ELSE ${this.text(args.at(-1))}` : ""} END`;
  }

  #window({ windowFunction, partitionSpec, orderSpec, frameSpec }: Expression_Window): string {
    const parts: string[] = [];
    if (partitionSpec.length > 0) parts.push(`PARTITION BY ${this.#list(partitionSpec)}`);
    if (orderSpec.length > 0) {
      parts.push(`ORDER BY ${orderSpec.map((order) => this.sortOrder(order)).join(", ")}`);
    }
    if (frameSpec !== undefined) {
      const unit = frameSpec.frameType === FrameType.RANGE ? "RANGE" : "ROWS";
      const [lower, upper] = [this.#bound(frameSpec.lower, true), this.#bound(frameSpec.upper, false)];
      parts.push(`${unit} BETWEEN ${lower} AND ${upper}`);
    }
    return `${this.text(windowFunction)} OVER (${parts.join(" ")})`;
  }

  #bound(bound: FrameBoundary | undefined, isLower: boolean): string {
    const kind = bound?.boundary;
    if (kind?.case === "value") return this.text(kind.value);
    if (kind?.case === "currentRow") return "CURRENT ROW";
    return isLower ? "UNBOUNDED PRECEDING" : "UNBOUNDED FOLLOWING";
  }

  #subquery({
    planId,
    subqueryType,
    inSubqueryValues,
    tableArgOptions: options,
  }: SubqueryExpression): string {
    const query = `(query${this.#label(planId)})`;
    switch (subqueryType) {
      case SubqueryType.EXISTS:
        return `EXISTS ${query}`;
      case SubqueryType.IN: {
        const values = this.#list(inSubqueryValues);
        return `(${inSubqueryValues.length === 1 ? values : `(${values})`} IN ${query})`;
      }
      case SubqueryType.TABLE_ARG: {
        const parts = [`TABLE ${query}`];
        if (options?.withSinglePartition === true) parts.push("WITH SINGLE PARTITION");
        if (options !== undefined && options.partitionSpec.length > 0) {
          parts.push(`PARTITION BY ${this.#list(options.partitionSpec)}`);
        }
        if (options !== undefined && options.orderSpec.length > 0) {
          parts.push(`ORDER BY ${options.orderSpec.map((order) => this.sortOrder(order)).join(", ")}`);
        }
        return parts.join(" ");
      }
      default:
        return query;
    }
  }

  #list(list: readonly Expression[]): string {
    return list.map((one) => this.text(one)).join(", ");
  }
}

const mergeActions: Readonly<Record<number, string>> = {
  [MergeAction.DELETE]: "DELETE",
  [MergeAction.INSERT]: "INSERT",
  [MergeAction.INSERT_STAR]: "INSERT *",
  [MergeAction.UPDATE]: "UPDATE",
  [MergeAction.UPDATE_STAR]: "UPDATE *",
};
