import type { NodeConfig, PipelineConfig, Project } from "../config/project.ts";
import type { ParameterLayer } from "./resolve-parameters.ts";

type Values = Readonly<Record<string, unknown>>;

/** The hyperparams of a node (without one: what all nodes of the pipeline share), the weakest layer first. */
export function hyperparamLayers(
  { settings, mlInfo }: Project,
  pipeline: PipelineConfig,
  node: NodeConfig | undefined,
  explicit: Values | undefined,
): ParameterLayer[] {
  const layers: ParameterLayer[] = [
    { layer: "global_settings", values: settings.hyperparams, within: settings.written?.["hyperparams"] },
    { layer: "ml_info", values: mlInfo?.hyperparams ?? {} },
    { layer: "pipeline", values: pipeline.hyperparams, within: pipeline.position },
  ];
  if (node !== undefined) layers.push({ layer: "node", values: node.hyperparams, within: node.position });
  layers.push({ layer: "explicit", values: explicit ?? {} });
  return layers;
}
