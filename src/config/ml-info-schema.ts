import type * as z from "zod";
import type { SparkwrightError } from "../core/error.ts";
import { freeMap, listOf, record, text, textMap } from "./fields.ts";
import { optional } from "./optional.ts";
import { parseValue, type Section } from "./parse-section.ts";
import type { MlInfo } from "./project.ts";

const mlInfoSchema = record(
  {
    mlops: optional(freeMap(), "Experiment tracking"),
    hyperparameters: optional(freeMap(), "Parameters of every node, over those of the global settings"),
    tags: optional(textMap(), "Tags of the experiment"),
    metrics: optional(listOf(text(), "metric names"), "Metrics to track"),
    model_registry: optional(freeMap(), "Where models are registered"),
  },
  "a map of mlops, hyperparameters, tags, metrics and model_registry",
);

/** What may be written in `ml_info`. */
export function mlInfoField(): z.ZodType {
  return mlInfoSchema;
}

export function parseMlInfo(section: Section, errors: SparkwrightError[]): MlInfo | undefined {
  const entry = parseValue(mlInfoSchema, { ...section, label: section.name }, errors);
  if (entry === undefined) return undefined;
  const { mlops, hyperparameters, tags, metrics, model_registry: modelRegistry } = entry.value;
  return {
    mlops: mlops ?? {},
    hyperparams: hyperparameters ?? {},
    tags: tags ?? {},
    metrics: metrics ?? [],
    modelRegistry: modelRegistry ?? {},
  };
}
