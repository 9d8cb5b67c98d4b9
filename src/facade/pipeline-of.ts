import type { Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { checkText } from "./check-argument.ts";

/**
 * The name of the pipeline that a run of these nodes is recorded under: the one asked for, else the only one of the
 * project that has them all.
 */
export function pipelineOf({ pipelines }: Project, nodes: readonly string[], asked?: string): string {
  if (asked !== undefined) {
    checkText("pipelineName", asked);
    return asked;
  }
  const having = [...pipelines.values()].filter((pipeline) => {
    const members = new Set(pipeline.nodes);
    return nodes.every((node) => members.has(node));
  });
  const [only] = having;
  if (only !== undefined && having.length === 1) return only.name;
  const named = nodes.map((node) => `"${node}"`).join(", ");
  const names = having.map(({ name }) => name);
  throw new SparkwrightError(
    "USAGE_PIPELINE_NEEDED",
    names.length === 0
      ? `no pipeline has ${named}`
      : `${names.length} pipelines have ${named}: ${names.join(", ")}`,
    {
      hint: "Pass `pipelineName`: every run is recorded under a pipeline.",
      details: { nodes, pipelines: names },
    },
  );
}
