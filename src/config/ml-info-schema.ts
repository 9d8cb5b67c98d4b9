import type { SparkwrightError } from "../core/error.ts";
import { freeMap, listOf, record, text, textMap } from "./fields.ts";
import { parseValue, type Section } from "./parse-section.ts";
import type { MlInfo } from "./project.ts";

const mlInfoSchema = record(
  {
    mlops: freeMap().optional(),
    hyperparameters: freeMap().optional(),
    tags: textMap().optional(),
    metrics: listOf(text(), "metric names").optional(),
    model_registry: freeMap().optional(),
  },
  "a map of mlops, hyperparameters, tags, metrics and model_registry",
);

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
