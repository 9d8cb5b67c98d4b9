import type { DatasetConfig, NodeConfig, Project } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { type FormatPolicy, formatPolicy } from "../formats/format-policy.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";

/** Nodes that do not fit the type of their pipeline, and datasets that a streaming node cannot stream. */
export function checkStreaming(project: Project, plan: RunPlan): SparkwrightError[] {
  const type = project.pipelines.get(plan.pipeline)?.type;
  return plan.nodes.flatMap((node) => {
    const streams = node.config.streaming !== undefined;
    if (type === "batch" && streams) return [streamInBatch(plan, node)];
    if (type === "streaming" && !streams) return [batchInStream(plan, node)];
    return streams ? unstreamable(node.config, plan.datasets, formatPolicy) : [];
  });
}

function streamInBatch({ pipeline }: RunPlan, { name, config }: PlannedNode): SparkwrightError {
  const message = `node "${name}" is a stream, but pipeline "${pipeline}" is of type batch`;
  return new SparkwrightError("VALIDATION_PIPELINE_TYPE", message, {
    position: config.streaming?.position ?? config.position,
    hint: "Set `type: hybrid` or `type: streaming` for the pipeline, or remove `streaming` from the node.",
  });
}

function batchInStream({ pipeline }: RunPlan, { name, config }: PlannedNode): SparkwrightError {
  const message = `node "${name}" is no stream, but pipeline "${pipeline}" is of type streaming`;
  return new SparkwrightError("VALIDATION_PIPELINE_TYPE", message, {
    position: config.position,
    hint: "Set `type: hybrid` for the pipeline, or add `streaming: {}` to the node.",
  });
}

/** The datasets of a streaming node whose formats cannot be streamed; what is not known is not judged. */
export function unstreamable(
  config: NodeConfig,
  datasets: ReadonlyMap<string, DatasetConfig>,
  policyOf: (format: string) => FormatPolicy | undefined,
): SparkwrightError[] {
  const fault = (
    dataset: string,
    position: SourcePosition | undefined,
    does: string,
    can: (policy: FormatPolicy) => boolean,
  ): SparkwrightError[] => {
    const format = datasets.get(dataset)?.format ?? "";
    const policy = policyOf(format);
    if (policy === undefined || can(policy)) return [];
    const message = `node "${config.name}" ${does} "${dataset}" as a stream, which ${format} cannot`;
    return [
      new SparkwrightError("VALIDATION_NOT_STREAMABLE", message, {
        position: position ?? config.position,
        hint: "Choose a format that streams, such as delta or kafka, or remove `streaming` from the node.",
        details: { dataset, format },
      }),
    ];
  };
  return [
    ...config.inputs.flatMap(({ dataset, position }) =>
      fault(dataset, position, "reads", (policy) => policy.streamingSource),
    ),
    ...config.outputs.flatMap((dataset, index) =>
      fault(dataset, config.positions?.outputs[index], "writes", (policy) => policy.streamingSink),
    ),
  ];
}
