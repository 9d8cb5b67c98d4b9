import { SparkwrightError } from "../core/error.ts";
import type { RunPlan } from "../planning/run-plan.ts";

/** Thrown when a node of the plan is a Structured Streaming query: `RUN_STREAMING_UNSUPPORTED`. */
export function requireBatch(plan: RunPlan): void {
  if (plan.nodes.some(({ config }) => config.streaming !== undefined)) throw streamingUnsupported(plan);
}

/** The one answer to whoever asks for a streaming or hybrid run of a plan that is valid. */
export function streamingUnsupported({ pipeline, nodes }: RunPlan): SparkwrightError {
  const streaming = nodes.filter(({ config }) => config.streaming !== undefined);
  const names = streaming.map(({ name }) => name);
  const which = names.length === 0 ? "" : `: ${names.map((name) => `"${name}"`).join(", ")}`;
  const [first] = streaming;
  return new SparkwrightError(
    "RUN_STREAMING_UNSUPPORTED",
    `pipeline "${pipeline}" is valid, but streaming nodes cannot be run yet${which}`,
    {
      position: first?.config.streaming?.position ?? first?.config.position,
      hint: "Batch nodes run today: `sparkwright run` or executePipeline, with the streaming nodes excluded.",
      details: { pipeline, nodes: names },
    },
  );
}
