import type * as z from "zod";
import type { SparkwrightError } from "../core/error.ts";
import {
  day,
  decimalNumber,
  duration,
  flag,
  freeMap,
  listOf,
  matching,
  oneOf,
  parallelNodes,
  record,
  text,
  textMap,
  wholeNumber,
} from "./fields.ts";
import type { Variables } from "./interpolate.ts";
import { parseValue, type Section } from "./parse-section.ts";
import type { GlobalSettings } from "./project.ts";
import { mergeRetries, retriesField } from "./retries.ts";
import { checkWindow } from "./window-check.ts";

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
    execution: record(
      {
        fail_fast: flag().optional(),
        retries: retriesField().optional(),
        timeout: duration().optional(),
        circuit_breaker_threshold: wholeNumber(1, 1_000_000).optional(),
        circuit_breaker_timeout_minutes: decimalNumber(0, 1_000_000).optional(),
      },
      "a map of execution settings",
    ).optional(),
    security: record({ allowed_modules: listOf(text(), "module names").optional() }, "a map").optional(),
    hyperparams: freeMap().optional(),
    mlops: freeMap().optional(),
  },
  "a map of settings",
);

/** The settings with every default filled in; without a section, the defaults alone. */
export function parseSettings(
  section: Section | undefined,
  variables: Variables,
  errors: SparkwrightError[],
): GlobalSettings {
  const written = section && { ...section, label: section.name };
  const entry = written && parseValue(settingsSchema, written, errors);
  const value: z.output<typeof settingsSchema> = entry?.value ?? {};
  if (entry !== undefined) checkWindow(entry, "global_settings", errors);
  const { spark, execution = {} } = value;
  const breaker = {
    threshold: execution.circuit_breaker_threshold ?? 5,
    timeoutMs: (execution.circuit_breaker_timeout_minutes ?? 10) * 60_000,
  };
  const hasBreaker =
    execution.circuit_breaker_threshold !== undefined ||
    execution.circuit_breaker_timeout_minutes !== undefined;
  return {
    logLevel: value.log_level ?? "info",
    maxParallelNodes: value.max_parallel_nodes ?? 4,
    defaultFormat: value.default_format ?? "delta",
    ...(value.start_date !== undefined && { startDate: value.start_date }),
    ...(value.end_date !== undefined && { endDate: value.end_date }),
    spark: {
      // An empty SPARK_REMOTE is how shells unset a variable.
      remote: spark?.remote ?? (variables["SPARK_REMOTE"] || "embedded"),
      conf: spark?.conf ?? {},
    },
    execution: {
      failFast: execution.fail_fast ?? false,
      retries: mergeRetries(execution.retries),
      ...(execution.timeout !== undefined && { timeoutMs: execution.timeout }),
      ...(hasBreaker && { circuitBreaker: breaker }),
    },
    security: { allowedModules: value.security?.allowed_modules ?? [] },
    hyperparams: value.hyperparams ?? {},
    mlops: value.mlops ?? {},
  };
}
