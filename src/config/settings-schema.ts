import { resolve } from "node:path";
import type * as z from "zod";
import type { SparkwrightError } from "../core/error.ts";
import { defined } from "./defined.ts";
import { executionField } from "./execution-schema.ts";
import { day, freeMap, listOf, matching, oneOf, parallelNodes, record, text, textMap } from "./fields.ts";
import type { Variables } from "./interpolate.ts";
import { observeField } from "./observe-schema.ts";
import { parseValue, type Section } from "./parse-section.ts";
import type { GlobalSettings, ObserveSettings } from "./project.ts";
import { mergeRetries } from "./retries.ts";
import { checkWindow } from "./window-check.ts";

const breakerDefaults = { threshold: 5, timeoutMs: 600_000 };

const remote = matching(/^(embedded|sc:\/\/.+)$/, 'embedded or a URL "sc://host:port"', { secret: true });

const settingsSchema = record(
  {
    log_level: oneOf(["debug", "info", "warn", "error"]).optional(),
    max_parallel_nodes: parallelNodes().optional(),
    default_format: text().optional(),
    start_date: day().optional(),
    end_date: day().optional(),
    spark: record(
      { remote: remote.optional(), conf: textMap().optional() },
      "a map of remote and conf",
    ).optional(),
    execution: executionField().optional(),
    security: record({ allowed_modules: listOf(text(), "module names").optional() }, "a map").optional(),
    hyperparams: freeMap().optional(),
    mlops: freeMap().optional(),
    data_sources: textMap().optional(),
    observe: observeField().optional(),
  },
  "a map of settings",
);

/** The settings with every default filled in; without a section, the defaults alone. */
export function parseSettings(
  section: Section | undefined,
  root: string,
  variables: Variables,
  errors: SparkwrightError[],
): GlobalSettings {
  const written = section && { ...section, label: section.name };
  const entry = written && parseValue(settingsSchema, written, errors);
  const value: z.output<typeof settingsSchema> = entry?.value ?? {};
  if (entry !== undefined) checkWindow(entry, "global_settings", errors);
  const { spark, execution = {} } = value;
  const { failFast = false, retries, circuitBreaker, ...limits } = execution;
  return {
    logLevel: value.log_level ?? "info",
    maxParallelNodes: value.max_parallel_nodes ?? 4,
    defaultFormat: value.default_format ?? "delta",
    ...defined({ startDate: value.start_date, endDate: value.end_date }),
    spark: {
      // An empty SPARK_REMOTE is how shells unset a variable.
      remote: spark?.remote ?? (variables["SPARK_REMOTE"] || "embedded"),
      conf: spark?.conf ?? {},
    },
    execution: {
      failFast,
      retries: mergeRetries(retries),
      ...limits,
      ...(circuitBreaker !== undefined && { circuitBreaker: { ...breakerDefaults, ...circuitBreaker } }),
    },
    security: { allowedModules: value.security?.allowed_modules ?? [] },
    hyperparams: value.hyperparams ?? {},
    mlops: value.mlops ?? {},
    ...defined({
      observe: value.observe && observeBelow(value.observe, root),
      dataSources: value.data_sources,
      written: entry?.written(["execution", "execution.retries", "security"]) ?? {},
    }),
  };
}

function observeBelow(observe: ObserveSettings, root: string): ObserveSettings {
  const { lineage } = observe;
  if (lineage?.file === undefined) return observe;
  return { ...observe, lineage: { ...lineage, file: resolve(root, lineage.file) } };
}
