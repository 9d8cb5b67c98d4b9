import { resolve } from "node:path";
import * as z from "zod";
import type { SparkwrightError } from "../core/error.ts";
import { defined } from "./defined.ts";
import { executionField } from "./execution-schema.ts";
import { day, freeMap, listOf, matching, oneOf, parallelNodes, record, text, textMap } from "./fields.ts";
import type { Variables } from "./interpolate.ts";
import { drawnAs } from "./json-form.ts";
import { observeField } from "./observe-schema.ts";
import { optional } from "./optional.ts";
import { parseValue, type Section } from "./parse-section.ts";
import type { GlobalSettings, ObserveSettings } from "./project.ts";
import { RawScalar } from "./raw-value.ts";
import { mergeRetries } from "./retries.ts";
import { checkWindow } from "./window-check.ts";

const breakerDefaults = { threshold: 5, timeoutMs: 600_000 };

const remoteText = matching(
  /^(embedded|(sc|https):\/\/.+|databricks:\/\/.*)$/,
  'embedded or a URL "sc://host:port"',
  { secret: true },
);

/** The value of a parameter arrives as it is, whatever characters it has; a variable may also hold the whole URL. */
const remote = drawnAs(
  z.preprocess((value) => (value instanceof RawScalar ? value.encoded(encodeParameter) : value), remoteText),
  (draw) => draw(remoteText),
);

function encodeParameter(value: string, before: string): string {
  return /^[a-z]+:\/\/[^;]*;(?:.*;)?[^;=]+=[^;]*$/is.test(before) ? encodeURIComponent(value) : value;
}

const settingsSchema = record(
  {
    log_level: optional(oneOf(["debug", "info", "warn", "error"]), "How much a run tells", "info"),
    max_parallel_nodes: optional(parallelNodes(), "How many nodes of a run may run at once", 4),
    default_format: optional(text(), "Format of datasets that name none", "delta"),
    start_date: optional(
      day(),
      "First day of the window where neither pipeline nor command names one, YYYY-MM-DD",
    ),
    end_date: optional(day(), "Last day of that window, included"),
    spark: optional(
      record(
        {
          remote: optional(
            remote,
            "Where Spark is: `embedded`, or a Spark Connect URL; else SPARK_REMOTE",
            "embedded",
          ),
          conf: optional(textMap(), "Settings of the Spark session"),
        },
        "a map of remote and conf",
      ),
      "Where nodes and queries run",
    ),
    execution: optional(executionField(), "How every run behaves"),
    security: optional(
      record(
        {
          allowed_modules: optional(
            listOf(text(), "module names"),
            "What nodes may import beside the project itself: packages, built-ins such as `node:fs`",
          ),
        },
        "a map of allowed_modules",
      ),
      "What the code of nodes may do; see docs/security.md",
    ),
    hyperparams: optional(freeMap(), "Parameters of every node"),
    mlops: optional(freeMap(), "Experiment tracking, under that of `ml_info`, pipelines and nodes"),
    data_sources: optional(
      textMap(),
      "Functions that read datasets with a `source`, by its name: `crm: sources.crm`",
    ),
    observe: optional(observeField(), "Who is told of a run; none of them can fail it"),
  },
  "a map of settings",
);

/** What may be written in `global_settings`. */
export function settingsField(): z.ZodType {
  return settingsSchema;
}

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
