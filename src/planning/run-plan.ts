import type { DatasetConfig, NodeConfig } from "../config/project.ts";

/** What will run, in which order and why; pure data, known before Spark is asked. */
export interface RunPlan {
  readonly pipeline: string;
  readonly window: DateWindow | undefined;
  readonly maxParallelNodes: number;
  /** In a topological order that depends on nothing but the declaration order. */
  readonly nodes: readonly PlannedNode[];
  /** Every dataset the nodes read or write. */
  readonly datasets: ReadonlyMap<string, DatasetConfig>;
}

/** Calendar days, ISO `YYYY-MM-DD`, both included. */
export interface DateWindow {
  readonly startDate: string;
  readonly endDate: string;
}

export interface PlannedNode {
  readonly name: string;
  /** With `inputs` completed: a node that names none and has dependencies reads their outputs, in order. */
  readonly config: NodeConfig;
  readonly dependsOn: readonly Dependency[];
}

export interface Dependency {
  readonly node: string;
  readonly reason: "explicit" | "input";
  /** The dataset that carries the dependency, when the reason is `input`. */
  readonly dataset?: string;
}
