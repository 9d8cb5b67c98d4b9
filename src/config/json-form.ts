import type * as z from "zod";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of what may be written for a field. */
export type JsonForm = (draw: (field: z.ZodType) => JsonSchema) => JsonSchema;

const forms = new WeakMap<z.core.$ZodType, JsonForm>();

/** Says how the JSON Schema of a field looks where Zod cannot know: what may be written is more than what is parsed. */
export function drawnAs<S extends z.ZodType>(field: S, form: JsonForm): S {
  forms.set(field, form);
  return field;
}

/** The form of a field or of the one that it was made from by a check or a description. */
export function jsonFormOf(field: z.core.$ZodType): JsonForm | undefined {
  const { parent } = field._zod;
  return forms.get(field) ?? (parent && jsonFormOf(parent));
}

/** A text in which a variable or secret stands may be anything. */
export const referenceText: JsonSchema = { type: "string", pattern: "\\$\\{|^secret:" };

/** What Zod makes of it, or a reference. */
export function orReference(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, referenceText] };
}

/** Text of this pattern, or with a reference in it. */
export function patternText(pattern: string): JsonSchema {
  return { type: "string", pattern: `${pattern}|${referenceText["pattern"]}` };
}

/** A list, or the one item of it. */
export function oneOrList(item: JsonSchema): JsonSchema {
  return { anyOf: [item, { type: "array", items: item }] };
}
