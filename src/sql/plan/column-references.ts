import { isMessage } from "@bufbuild/protobuf";
import { type Expression, ExpressionSchema } from "../../../gen/spark/connect/expressions_pb.ts";
import { nameParts } from "../../sql-text/names.ts";
import { sqlTokens } from "../../sql-text/sql-tokens.ts";
import { messagesIn } from "./message-tree.ts";

/** One expression may make many rows, so at most one of these may be in a list of columns. */
const generators: ReadonlySet<string> = new Set([
  "EXPLODE",
  "EXPLODE_OUTER",
  "POSEXPLODE",
  "POSEXPLODE_OUTER",
  "INLINE",
  "INLINE_OUTER",
  "STACK",
  "JSON_TUPLE",
  "VARIANT_EXPLODE",
  "VARIANT_EXPLODE_OUTER",
  "COLLATIONS",
]);

/** Expressions whose references are those of their parts, and that neither add rows nor stand for many columns. */
const transparent: ReadonlySet<string> = new Set([
  "literal",
  "alias",
  "cast",
  "unresolvedExtractValue",
  "updateFields",
  "sortOrder",
  "window",
  "lambdaFunction",
  "unresolvedNamedLambdaVariable",
]);

const known: WeakMap<Expression, ReadonlySet<string> | undefined> = new WeakMap();

/**
 * Every name, in upper case, by which an expression may refer to a column, and more rather than fewer; undefined
 * where that cannot be said, or where it is no mere column (`*`, a subquery, `explode`).
 */
export function columnReferences(of: Expression): ReadonlySet<string> | undefined {
  if (!known.has(of)) known.set(of, findReferences(of));
  return known.get(of);
}

function findReferences(root: Expression): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const message of messagesIn(root)) {
    if (isMessage(message, ExpressionSchema) && !addReferences(message, names)) return undefined;
  }
  return names;
}

/** Adds what the expression itself refers to; false where it is not known what that is. */
function addReferences({ exprType }: Expression, names: Set<string>): boolean {
  switch (exprType.case) {
    case "unresolvedAttribute":
      for (const part of partsAndWhole(exprType.value.unparsedIdentifier)) names.add(part);
      return true;
    case "unresolvedFunction":
    case "callFunction":
      return !generators.has(exprType.value.functionName.toUpperCase().replace(/^.*\./, ""));
    case "expressionString":
      return addSqlReferences(exprType.value.expression, names);
    default:
      return exprType.case !== undefined && transparent.has(exprType.case);
  }
}

/** The parts of `a.b` and `` `a.b`.c ``, and the whole. */
function partsAndWhole(identifier: string): string[] {
  if (!/[.`]/.test(identifier)) return [identifier.toUpperCase()];
  return [identifier, ...nameParts(identifier)].map((part) => part.toUpperCase());
}

function addSqlReferences(text: string, names: Set<string>): boolean {
  const tokens = sqlTokens(text);
  return tokens.every((token, i) => {
    const name = token.text.toUpperCase();
    if (token.kind === "symbol") return name !== "*" || isOperand(tokens[i - 1]);
    if (token.kind === "string" || token.kind === "number") return true;
    names.add(name);
    return token.kind === "quoted" || (name !== "SELECT" && name !== "FROM" && !generators.has(name));
  });
}

/** What may stand before a `*` that multiplies. */
function isOperand(token: { readonly kind: string; readonly text: string } | undefined): boolean {
  return token !== undefined && (token.kind !== "symbol" || token.text === ")" || token.text === "]");
}
