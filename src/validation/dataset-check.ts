import type { DatasetConfig, Project } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { FormatFault } from "../formats/format-policy.ts";
import { formatNames, formatPolicy, writeFault } from "../formats/format-policy.ts";
import { optionFaults } from "../formats/option-faults.ts";
import { partitionFault } from "../formats/partition-fault.ts";
import { typeFault } from "../formats/type-fault.ts";
import { windowFault } from "../formats/window-fault.ts";
import type { RunPlan } from "../planning/run-plan.ts";

/** Every dataset of a plan whose format does not fit what the plan does with it. */
export function checkDatasets({ settings }: Project, plan: RunPlan): SparkwrightError[] {
  const written = new Map<string, SourcePosition>();
  const read = new Map<string, SourcePosition>();
  for (const { config } of plan.nodes) {
    for (const [index, name] of config.outputs.entries()) {
      written.set(name, config.positions?.outputs[index] ?? config.position);
    }
    for (const { dataset, position } of config.inputs) read.set(dataset, position ?? config.position);
  }
  return [...plan.datasets.values()].flatMap((dataset) => {
    const used = written.get(dataset.name) ?? read.get(dataset.name);
    const faults = datasetFaults(dataset, read.has(dataset.name), written.has(dataset.name));
    // What a dataset does not say comes from elsewhere: a window column is a mode.
    const positions: Readonly<Record<string, SourcePosition | undefined>> = {
      format: settings.written?.["default_format"],
      mode: dataset.positions?.["window_column"],
      ...dataset.positions,
    };
    return faults.map(({ code, key, why, hint, position }) => {
      return new SparkwrightError(code, `dataset "${dataset.name}": ${why}`, {
        position: position ?? positions[key] ?? dataset.position ?? used,
        hint,
        details: { dataset: dataset.name, format: dataset.format, mode: dataset.mode },
      });
    });
  });
}

interface Fault extends FormatFault {
  readonly code: string;
  readonly position?: SourcePosition | undefined;
}

function datasetFaults(dataset: DatasetConfig, read: boolean, written: boolean): Fault[] {
  const { format, location, mode, partitionBy, options, schemaEvolution, schema = [], source } = dataset;
  if (source !== undefined) return written ? [writesSource(source)] : [];
  const policy = formatPolicy(format);
  if (policy === undefined) {
    const meant = suggest(format, formatNames);
    return [
      {
        code: "VALIDATION_UNKNOWN_FORMAT",
        key: "format",
        why: `there is no format "${format}"`,
        hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Formats: ${formatNames.join(", ")}.`,
      },
    ];
  }
  const fault = written ? writeFault(format, mode, partitionBy.length > 0) : undefined;
  if (fault !== undefined) return [{ ...fault, code: "VALIDATION_FORMAT_MODE" }];
  const types = written ? typeFault(format, schema, partitionBy) : undefined;
  const store = { format, isTable: location.kind === "table" };
  const partitions = written ? partitionFault(store, schema, partitionBy) : undefined;
  const day = schema.find(({ name }) => name.toLowerCase() === dataset.windowColumn?.toLowerCase());
  const window = written && mode === "replace_window" && day !== undefined ? windowFault(day) : undefined;
  return [
    ...optionFaults({ format, mode, options, schemaEvolution, read, written }).map((one) => ({
      ...one,
      code: one.key === "options" ? "VALIDATION_FORMAT_OPTIONS" : "VALIDATION_SCHEMA_EVOLUTION",
    })),
    ...(window === undefined ? [] : [{ ...window, code: "VALIDATION_WINDOW_COLUMN", key: "window_column" }]),
    ...(partitions === undefined
      ? []
      : [{ ...partitions, code: "VALIDATION_PARTITIONING", key: "partition_by" }]),
    ...(types === undefined || schema.length === 0
      ? []
      : [
          {
            ...types,
            code: "VALIDATION_FORMAT_TYPE",
            key: "schema",
            position: schema.find(({ name }) => name === types.column)?.position,
          },
        ]),
  ];
}

function writesSource(source: string): Fault {
  return {
    code: "VALIDATION_SOURCE_WRITTEN",
    key: "source",
    why: `it is read by the data source "${source}", so no node can write it`,
    hint: "Write to another dataset, or give this one a table or a path instead of `source`.",
  };
}
