import * as z from "zod";
import { datasetField } from "./dataset-schema.ts";
import { defined } from "./defined.ts";
import { type JsonSchema, jsonFormOf } from "./json-form.ts";
import { mlInfoField } from "./ml-info-schema.ts";
import { nodeNames } from "./names.ts";
import { nodeField } from "./node-schema.ts";
import { pipelineField } from "./pipeline-schema.ts";
import { type SchemaName, type SectionName, sectionNames } from "./section-names.ts";
import { settingsField } from "./settings-schema.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** The JSON Schema of a configuration file, made from the schemas that read it: what may be written there. */
export function configSchema(name: SchemaName): JsonSchema {
  if (name === "config") return { $schema: dialect, title: "sparkwright config.yaml", ...config() };
  // A section's own file may have the section's name as its key, and then other sections beside it.
  return {
    $schema: dialect,
    title: `sparkwright ${name}.yaml`,
    if: { type: "object", required: [name] },
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
    then: config(),
    else: section(name),
  };
}

function config(): JsonSchema {
  const properties = Object.fromEntries(sectionNames.map((name) => [name, section(name)]));
  return { type: "object", properties, additionalProperties: false };
}

function section(name: SectionName): JsonSchema {
  switch (name) {
    case "global_settings":
      return draw(settingsField());
    case "pipelines":
      return named(draw(pipelineField()));
    case "nodes":
      return named(draw(nodeField()));
    case "datasets":
      // A name with nothing below it is a managed table.
      return named({ anyOf: [{ type: "null" }, draw(datasetField())] });
    case "ml_info":
      return draw(mlInfoField());
  }
}

function named(item: JsonSchema): JsonSchema {
  return { type: "object", propertyNames: { pattern: nodeNames.source }, additionalProperties: item };
}

function draw(field: z.ZodType): JsonSchema {
  const { $schema: _, ...drawn } = z.toJSONSchema(field, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const { description, fallback, ...own } = jsonSchema;
      const form = jsonFormOf(zodSchema);
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
      // Zod drops a `default` of what it transforms.
      Object.assign(jsonSchema, defined({ description, default: fallback }), form?.(draw) ?? own);
    },
  });
  return drawn;
}
