import type { NodeConfig, PipelineConfig, Project } from "../config/project.ts";
import type { SourcePosition } from "../core/error.ts";
import type { Layer, ResolvedValue } from "./origin.ts";
import type { PlanOptions } from "./run-plan.ts";

interface Candidate {
  readonly layer: Layer;
  readonly value: unknown;
  readonly position?: SourcePosition | undefined;
}

type Setting = "startDate" | "endDate" | "maxParallelNodes" | "failFast" | "runTimeoutMs" | "timeoutMs";

const fileKeys: Readonly<Record<Setting, string>> = {
  startDate: "start_date",
  endDate: "end_date",
  maxParallelNodes: "max_parallel_nodes",
  failFast: "execution.fail_fast",
  runTimeoutMs: "execution.run_timeout",
  timeoutMs: "execution.timeout",
};

export interface SettingLayers {
  /** The setting as it holds, or nothing when nobody says it and there is no default. */
  setting(name: Setting, node?: NodeConfig): ResolvedValue[];
  /** Both values, or nothing when there is no circuit breaker. */
  circuitBreaker(): ResolvedValue[];
}

/** Who says what of a run's settings. */
export function settingLayers(
  { settings }: Project,
  pipeline: PipelineConfig,
  options: PlanOptions,
): SettingLayers {
  const global = (key: string, value: unknown): Candidate => {
    const position = settings.written?.[key];
    // Settings made by code do not tell what of them are defaults.
    const said = settings.written === undefined || position !== undefined;
    return { layer: said ? "global_settings" : "default", value, position };
  };
  const ofPipeline = (key: string, value: unknown): Candidate => ({
    layer: "pipeline",
    value,
    position: pipeline.written?.[key] ?? pipeline.position,
  });
  const values: Readonly<Record<Setting, { explicit?: unknown; pipeline: unknown; settings: unknown }>> = {
    startDate: { explicit: options.startDate, pipeline: pipeline.startDate, settings: settings.startDate },
    endDate: { explicit: options.endDate, pipeline: pipeline.endDate, settings: settings.endDate },
    maxParallelNodes: {
      explicit: options.maxParallelNodes,
      pipeline: pipeline.maxParallelNodes,
      settings: settings.maxParallelNodes,
    },
    failFast: { pipeline: pipeline.execution?.failFast, settings: settings.execution.failFast },
    runTimeoutMs: { pipeline: pipeline.execution?.runTimeoutMs, settings: settings.execution.runTimeoutMs },
    timeoutMs: { pipeline: pipeline.execution?.timeoutMs, settings: settings.execution.timeoutMs },
  };
  return {
    setting(name, node) {
      const key = fileKeys[name];
      const said = values[name];
      return strongest(
        [name],
        [
          { layer: "explicit", value: said.explicit },
          {
            layer: "node",
            value: name === "timeoutMs" ? node?.timeoutMs : undefined,
            position: node?.positions?.written?.["timeout"] ?? node?.position,
          },
          ofPipeline(key, said.pipeline),
          global(key, said.settings),
        ],
      );
    },
    circuitBreaker() {
      const inSettings = settings.execution.circuitBreaker;
      const own = pipeline.execution?.circuitBreaker;
      if (inSettings === undefined && own === undefined) return [];
      const breaker = (name: "threshold" | "timeoutMs", fileKey: string, fallback: number) =>
        strongest(
          ["circuitBreaker", name],
          [
            ofPipeline(`execution.${fileKey}`, own?.[name]),
            global(`execution.${fileKey}`, inSettings?.[name]),
            { layer: "default", value: fallback },
          ],
        );
      return [
        ...breaker("threshold", "circuit_breaker_threshold", 5),
        ...breaker("timeoutMs", "circuit_breaker_timeout_minutes", 600_000),
      ];
    },
  };
}

function strongest(path: readonly string[], candidates: readonly Candidate[]): ResolvedValue[] {
  const found = candidates.find(({ value }) => value !== undefined);
  if (found === undefined) return [];
  const { layer, value, position } = found;
  return [{ path, value, origin: { layer, ...(position !== undefined && { position }) } }];
}
