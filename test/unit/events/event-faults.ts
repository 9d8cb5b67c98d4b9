import { Ajv2020 } from "ajv/dist/2020.js";
import { eventSchema } from "../../../src/events/event-schema.ts";

/** What is wrong with a line of NDJSON, a field that the schema does not name included; `[]` when nothing is. */
export function eventFaults(line: unknown): string[] {
  const type = typeof line === "object" && line !== null ? Reflect.get(line, "type") : undefined;
  const validate = validators.get(type);
  if (validate === undefined) return [`there is no event of type ${String(type)}`];
  if (validate(line)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, validateFormats: false });

interface ObjectSchema {
  readonly properties: { readonly type: { readonly const: string } };
}

const validators = new Map<unknown, ReturnType<typeof ajv.compile>>(
  (eventSchema()["oneOf"] as readonly ObjectSchema[]).map((schema) => [
    schema.properties.type.const,
    ajv.compile(closed(schema) as object),
  ]),
);

/** The schema with every object closed: it allows the fields that it names and no other. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return "properties" in inner ? { ...inner, additionalProperties: false } : inner;
}
