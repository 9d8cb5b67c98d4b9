import { type JsonValue, toJson } from "@bufbuild/protobuf";
import {
  type AnalyzePlanRequest,
  AnalyzePlanRequestSchema,
  type ConfigRequest,
  ConfigRequestSchema,
  type ExecutePlanRequest,
  type InterruptRequest,
  InterruptRequestSchema,
  PlanSchema,
} from "../../gen/spark/connect/base_pb.ts";
import { ExpressionSchema } from "../../gen/spark/connect/expressions_pb.ts";
import { RelationSchema } from "../../gen/spark/connect/relations_pb.ts";
import { Column } from "../../src/sql/column.ts";
import { DataFrame } from "../../src/sql/data-frame.ts";
import { resolvePlan } from "../../src/sql/plan/resolve.ts";
import { forgetCalls, type GoldenCase, type RecordedCall, sentBy } from "./fixture.ts";

/** The message that our side of a case makes, in the protocol's JSON, ready to be compared. */
export async function messageOf(golden: GoldenCase): Promise<JsonValue> {
  forgetCalls();
  const built = golden.ours();
  if (built instanceof Column) return normalise(toJson(ExpressionSchema, built.toProto()));
  if (built instanceof DataFrame) return relationJson(built);
  const calls = await sentBy(built);
  const made = calls.length === 0 ? await built : undefined;
  return made instanceof DataFrame ? relationJson(made) : normalise(requestJson(calls));
}

function relationJson(built: DataFrame): JsonValue {
  return normalise(toJson(RelationSchema, resolvePlan(built.toPlan())));
}

/** The plan that was sent; without one the last question; of that only what it is about. */
function requestJson(calls: readonly RecordedCall[]): JsonValue {
  const plan = calls.find(({ method }) => method === "executePlan")?.request as
    | ExecutePlanRequest
    | undefined;
  if (plan?.plan !== undefined) return toJson(PlanSchema, plan.plan);
  const last = calls.at(-1);
  switch (last?.method) {
    case "analyzePlan":
      return about(toJson(AnalyzePlanRequestSchema, last.request as AnalyzePlanRequest));
    case "config":
      return about(toJson(ConfigRequestSchema, last.request as ConfigRequest));
    case "interrupt":
      return about(toJson(InterruptRequestSchema, last.request as InterruptRequest));
    default:
      throw new Error(`nothing was sent that could be compared: ${calls.map(({ method }) => method)}`);
  }
}

const envelope = new Set([
  "sessionId",
  "userContext",
  "clientType",
  "clientObservedServerSideSessionId",
  "operationId",
]);

function about(request: JsonValue): JsonValue {
  return Object.fromEntries(Object.entries(request as object).filter(([key]) => !envelope.has(key)));
}

/**
 * A message without what differs from one building to the next. Plan ids and the names of lambda variables are
 * numbered by first use, ids that nothing refers to are dropped, and so are origins, the bytes of Arrow data, and what
 * PySpark sends although it is the default: a flag that is false, no schema, the collation of a plain string. The
 * JSON of a schema is compared as JSON.
 */
export function normalise(message: JsonValue): JsonValue {
  const referred = new Set<unknown>();
  visit(message, (key, value, path) => {
    if (key === "planId" && path !== "common") referred.add(value);
    if (key === "planIds") for (const id of value as unknown[]) referred.add(id);
  });
  const plans = numbering("plan");
  const variables = numbering("x");
  const clean = (value: JsonValue, parent: string): JsonValue | undefined => {
    if (Array.isArray(value)) return value.map((item) => clean(item, parent) ?? null);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.keys(value)
      .sort()
      .map((key): [string, JsonValue | undefined] => {
        const item = value[key] as JsonValue;
        if (key === "common") {
          const { planId } = item as { planId?: string };
          return [key, referred.has(planId) ? { planId: plans(planId) } : undefined];
        }
        if (key === "planId") return [key, plans(item)];
        if (key === "planIds") return [key, (item as JsonValue[]).map(plans)];
        if (key === "unresolvedNamedLambdaVariable" || key === "lambdaVariable")
          return [key, variables(JSON.stringify(item))];
        if (parent === "lambdaFunction" && key === "arguments")
          return [key, (item as JsonValue[]).map((argument) => variables(JSON.stringify(argument)))];
        if (parent === "localRelation" && key === "data") return [key, "<arrow>"];
        if (key === "schema" && typeof item === "string") {
          return [key, item.startsWith("{") ? clean(JSON.parse(item) as JsonValue, key) : item || undefined];
        }
        if (key === "collation" && item === "UTF8_BINARY") return [key, undefined];
        if (key === "isMetadataColumn" && item === false) return [key, undefined];
        return [key, clean(item, key)];
      });
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined)) as JsonValue;
  };
  return clean(message, "") as JsonValue;
}

function visit(
  value: JsonValue,
  see: (key: string, value: JsonValue, parent: string) => void,
  parent = "",
): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (!Array.isArray(value)) see(key, item, parent);
    visit(item, see, Array.isArray(value) ? parent : key);
  }
}

function numbering(prefix: string): (item: unknown) => string {
  const numbers = new Map<unknown, string>();
  return (item) => {
    const known = numbers.get(item) ?? `${prefix}${numbers.size + 1}`;
    numbers.set(item, known);
    return known;
  };
}
