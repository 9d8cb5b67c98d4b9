import type { NodeConfig, PipelineConfig, Project, RetryConfig } from "../config/project.ts";
import { mergeRetries } from "../config/retries.ts";
import type { SourcePosition } from "../core/error.ts";
import type { Layer, Origin, ResolvedValue } from "./origin.ts";

const fileKeys: Readonly<Record<keyof RetryConfig, string>> = {
  max: "max",
  initialDelayMs: "initial_delay",
  maxDelayMs: "max_delay",
  multiplier: "multiplier",
  jitter: "jitter",
};
const keys = Object.keys(fileKeys) as (keyof RetryConfig)[];

interface RetryLayer {
  readonly layer: Layer;
  readonly values: Partial<RetryConfig> | undefined;
  positionOf(fileKey: string): SourcePosition | undefined;
}

/** The retries of a node, or of the nodes that say nothing themselves. */
export function explainRetries(
  { settings }: Project,
  pipeline: PipelineConfig,
  node?: NodeConfig,
): ResolvedValue[] {
  const { written } = settings;
  const inSettings = (key: string) => written?.[`execution.retries.${key}`] ?? written?.["execution.retries"];
  const isWritten = (key: keyof RetryConfig) =>
    written === undefined ||
    Object.hasOwn(written, `execution.retries.${fileKeys[key]}`) ||
    // `retries: 3`
    (key === "max" && Object.hasOwn(written, "execution.retries") && !hasNested(written));
  const global = Object.fromEntries(
    Object.entries(settings.execution.retries).filter(([key]) => isWritten(key as keyof RetryConfig)),
  );
  const layers: RetryLayer[] = [
    { layer: "default", values: {}, positionOf: () => undefined },
    { layer: "global_settings", values: global, positionOf: inSettings },
    {
      layer: "pipeline",
      values: pipeline.execution?.retries,
      positionOf: (key) =>
        pipeline.written?.[`execution.retries.${key}`] ??
        pipeline.written?.["execution.retries"] ??
        pipeline.position,
    },
    {
      layer: "node",
      values: node?.retries,
      positionOf: (key) =>
        node?.positions?.written?.[`retries.${key}`] ??
        node?.positions?.written?.["retries"] ??
        node?.position,
    },
  ];
  let merged = mergeRetries();
  const origins = new Map<keyof RetryConfig, Origin>(keys.map((key) => [key, { layer: "default" }]));
  for (const [index, { layer, values, positionOf }] of layers.entries()) {
    if (values === undefined) continue;
    const next = mergeRetries(...layers.slice(0, index + 1).map((one) => one.values));
    for (const key of keys) {
      if (values[key] === undefined && next[key] === merged[key]) continue;
      // A longer first wait raises the longest one.
      const position = positionOf(fileKeys[values[key] === undefined ? "initialDelayMs" : key]);
      origins.set(key, { layer, ...(position !== undefined && { position }) });
    }
    merged = next;
  }
  return keys.map((key) => ({
    path: ["retries", key],
    value: merged[key],
    origin: origins.get(key) ?? { layer: "default" },
  }));
}

function hasNested(written: object): boolean {
  return Object.keys(written).some((key) => key.startsWith("execution.retries."));
}
