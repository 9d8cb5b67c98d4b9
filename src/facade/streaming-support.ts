import { SparkwrightError } from "../core/error.ts";
import type { RunPlan } from "../planning/run-plan.ts";

/** Thrown when a node of the plan is a Structured Streaming query: `RUN_STREAMING_UNSUPPORTED`. */
export function requireBatch({ pipeline, nodes }: RunPlan): void {
  const streaming = nodes.filter(({ config }) => config.streaming !== undefined);
  if (streaming.length === 0) return;
  throw streamingUnsupported(
    pipeline,
    streaming.map(({ name }) => name),
    streaming[0]?.config.streaming?.position ?? streaming[0]?.config.position,
  );
}

/** The one answer to whoever asks for a streaming or hybrid run. */
function streamingUnsupported(
  pipeline: string,
  nodes: readonly string[],
  position?: SparkwrightError["position"],
): SparkwrightError {
  const which = nodes.length === 0 ? "" : `: ${nodes.map((node) => `"${node}"`).join(", ")}`;
  return new SparkwrightError(
    "RUN_STREAMING_UNSUPPORTED",
    `pipeline "${pipeline}" is valid, but streaming nodes cannot be run yet${which}`,
    {
      position,
      hint: "Batch pipelines run today: give the batch nodes a pipeline of their own, or remove `streaming` from a node to run it once over what is there.",
      details: { pipeline, nodes },
    },
  );
}
