import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type ExpressionCommon,
  ExpressionCommonSchema,
  type ExpressionSchema,
} from "../../../gen/spark/connect/expressions_pb.ts";
import { callSite, callSiteText } from "../../connect/call-site.ts";

let captured = false;

/**
 * Whether every column notes the line of code that made it, for the whole process. An error of Spark about a column
 * then says so (`position`, and in the message), also when a task finds it long after, such as a division by zero.
 *
 * Off by default: a column takes about half a microsecond to make, and about 30 more to note its line.
 *
 * @default true, when it is called without an argument
 */
export function captureCallSites(on = true): void {
  captured = on;
}

/** What an expression carries along about its origin; the server repeats it in its errors. */
export function expressionCommon(
  kind: MessageInitShape<typeof ExpressionSchema>["exprType"],
): ExpressionCommon | undefined {
  if (!captured) return undefined;
  const fragment = kind?.case === "unresolvedFunction" ? kind.value.functionName : kind?.case;
  const site = callSite();
  if (site === undefined) return undefined;
  return create(ExpressionCommonSchema, {
    // The one kind of origin that has text of the client's own; nothing in it needs Python.
    origin: {
      function: { case: "pythonOrigin", value: { fragment: fragment ?? "", callSite: callSiteText(site) } },
    },
  });
}
