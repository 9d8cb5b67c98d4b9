import { create } from "@bufbuild/protobuf";
import { Expression_UnresolvedNamedLambdaVariableSchema as VariableSchema } from "../../../gen/spark/connect/expressions_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import { Column } from "../column.ts";
import { expression } from "../plan/expression.ts";

type Body = (...parameters: readonly never[]) => Column;

const letters = ["x", "y", "z"];
let created = 0;

/**
 * The columns that a body is called with get names that no other lambda of this process has, as PySpark does it,
 * so that a lambda within another one can use the parameters of both.
 */
export function lambda(functionName: string, body: Body, arity: number): Column {
  checkBody(functionName, body, arity);
  const variables = letters
    .slice(0, arity)
    .map((letter) => create(VariableSchema, { nameParts: [`${letter}_${created++}`] }));
  const columns = variables.map(
    (value) => new Column(expression({ case: "unresolvedNamedLambdaVariable", value })),
  );
  const result: unknown = body(...(columns as never[]));
  if (!(result instanceof Column)) {
    throw new SparkwrightError(
      "USAGE_LAMBDA",
      `the function given to ${functionName}() returned ${kindOf(result)}, not a Column`,
      { hint: "Return a Column without a block or await, such as (x) => x.plus(1); wrap a value in lit()." },
    );
  }
  return new Column(
    expression({ case: "lambdaFunction", value: { function: result.toProto(), arguments: variables } }),
  );
}

/** A lambda of one parameter, or of two where the body declares a second one. */
export function lambdaWithIndex(functionName: string, body: Body): Column {
  checkBody(functionName, body, 2);
  return lambda(functionName, body, Math.max(1, body.length));
}

function checkBody(functionName: string, body: unknown, arity: number): void {
  if (typeof body !== "function") {
    throw new SparkwrightError("USAGE_LAMBDA", `${functionName}() takes a function, not ${kindOf(body)}`, {
      hint: "Pass an arrow function over columns, such as (x) => x.plus(1).",
    });
  }
  if (body.length > arity) {
    throw new SparkwrightError(
      "USAGE_LAMBDA",
      `${functionName}() gives ${arity} columns to its function, which declares ${body.length}`,
      { hint: "Leave out the parameters that there are no columns for." },
    );
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return value instanceof Promise ? "a Promise" : `a value of type ${typeof value}`;
}
