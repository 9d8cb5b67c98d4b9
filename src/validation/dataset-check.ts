import type { DatasetConfig, Project } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { formatNames, formatPolicy, writeFault } from "../formats/format-policy.ts";
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
    const fault = datasetFault(dataset, written.has(dataset.name));
    if (fault === undefined) return [];
    // What a dataset does not say comes from elsewhere: a window column is a mode.
    const positions: Readonly<Record<string, SourcePosition | undefined>> = {
      format: settings.written?.["default_format"],
      mode: dataset.positions?.["window_column"],
      ...dataset.positions,
    };
    const position = positions[fault.key] ?? dataset.position ?? used;
    return new SparkwrightError(fault.code, `dataset "${dataset.name}": ${fault.why}`, {
      position,
      hint: fault.hint,
      details: { dataset: dataset.name, format: dataset.format, mode: dataset.mode },
    });
  });
}

interface Fault {
  readonly code: string;
  readonly key: string;
  readonly why: string;
  readonly hint: string;
}

function datasetFault({ format, mode, partitionBy }: DatasetConfig, written: boolean): Fault | undefined {
  const policy = formatPolicy(format);
  if (policy === undefined) {
    const meant = suggest(format, formatNames);
    return {
      code: "VALIDATION_UNKNOWN_FORMAT",
      key: "format",
      why: `there is no format "${format}"`,
      hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Formats: ${formatNames.join(", ")}.`,
    };
  }
  if (!policy.located) {
    return {
      code: "VALIDATION_UNSUPPORTED_FORMAT",
      key: "format",
      why: `${format} datasets cannot be read or written by nodes yet`,
      hint: "Read or write it with `ctx.spark` inside the node's function.",
    };
  }
  const fault = written ? writeFault(format, mode, partitionBy.length > 0) : undefined;
  return fault && { ...fault, code: "VALIDATION_FORMAT_MODE" };
}
