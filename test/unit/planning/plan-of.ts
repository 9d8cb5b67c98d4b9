import type { DatasetConfig, NodeConfig, PipelineConfig, Project } from "../../../src/config/project.ts";

const position = { file: "nodes.yaml", line: 1, column: 1 };

export function dataset(name: string, of: Partial<DatasetConfig> = {}): DatasetConfig {
  return {
    name,
    location: { kind: "table", table: name },
    format: "delta",
    mode: "overwrite",
    partitionBy: [],
    mergeKeys: [],
    options: {},
    ...of,
  };
}

export function node(name: string, of: Partial<NodeConfig> = {}): NodeConfig {
  return {
    name,
    code: { kind: "function", ref: `m.${name}` },
    inputs: [],
    outputs: [],
    dependencies: [],
    hyperparams: {},
    metrics: [],
    tags: [],
    mlops: {},
    position,
    ...of,
  };
}

/** A project with one pipeline, `p`, of these nodes; their outputs are datasets, as loading makes them. */
export function project(
  nodes: readonly NodeConfig[],
  datasets: readonly DatasetConfig[] = [],
  pipeline: Partial<PipelineConfig> = {},
  settings: Partial<Project["settings"]> = {},
): Project {
  const outputs = nodes.flatMap((one) => one.outputs.map((name) => dataset(name)));
  return {
    root: "/project",
    settings: {
      logLevel: "info",
      maxParallelNodes: 4,
      defaultFormat: "delta",
      spark: { remote: "embedded", conf: {} },
      execution: {
        failFast: false,
        retries: { max: 0, initialDelayMs: 1, maxDelayMs: 1, multiplier: 1, jitter: "none" },
      },
      security: { allowedModules: [] },
      hyperparams: {},
      mlops: {},
      ...settings,
    },
    pipelines: new Map([
      [
        "p",
        {
          name: "p",
          nodes: nodes.map((one) => one.name),
          hyperparams: {},
          tags: [],
          mlops: {},
          position,
          ...pipeline,
        },
      ],
    ]),
    nodes: new Map(nodes.map((one) => [one.name, one])),
    datasets: new Map([...outputs, ...datasets].map((one) => [one.name, one])),
  };
}

export function reads(...names: string[]): NodeConfig["inputs"] {
  return names.map((name) => ({ dataset: name, window: "run" as const }));
}
