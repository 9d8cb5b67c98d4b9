import type { DatasetConfig, NodeCode, NodeInput } from "../../config/project.ts";
import type { SourcePosition } from "../../core/error.ts";
import { criticalPath } from "../../planning/critical-path.ts";
import type { PlanExplanation } from "../../planning/explain-plan.ts";
import type { ResolvedValue } from "../../planning/origin.ts";
import type { Dependency, RunPlan } from "../../planning/run-plan.ts";
import type { LeftOutNode } from "../../planning/select-nodes.ts";
import type { Mask } from "./mask-secrets.ts";

/** What `sparkwright plan` shows, secrets masked; with `--json` it is printed as it is. Durations in milliseconds. */
export interface PlanDocument {
  readonly v: 1;
  readonly pipeline: string;
  readonly settings: readonly DocumentValue[];
  readonly hyperparams: readonly DocumentValue[];
  /** In the order they would run in one at a time. */
  readonly nodes: readonly DocumentNode[];
  readonly datasets: readonly DocumentDataset[];
  readonly leftOut: readonly LeftOutNode[];
  /** Selectors that no node matches. */
  readonly matchedNothing: readonly string[];
}

export interface DocumentValue {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly layer: ResolvedValue["origin"]["layer"];
  readonly position?: SourcePosition;
}

export interface DocumentNode {
  readonly name: string;
  readonly code: { readonly function: string } | { readonly sql: string };
  readonly position: SourcePosition;
  readonly tags: readonly string[];
  /** The selector that took it. */
  readonly selectedBy?: string;
  readonly dependsOn: readonly Dependency[];
  readonly inputs: readonly Pick<NodeInput, "dataset" | "window">[];
  readonly outputs: readonly string[];
  /** How many nodes the longest way from here to the end has; the scheduler starts with the greatest. */
  readonly priority: number;
  readonly settings: readonly DocumentValue[];
  readonly hyperparams: readonly DocumentValue[];
}

export interface DocumentDataset {
  readonly name: string;
  readonly format: string;
  readonly mode: DatasetConfig["mode"];
  readonly location: DatasetConfig["location"];
  readonly windowColumn?: string;
  readonly position?: SourcePosition;
}

export function planDocument(plan: RunPlan, explained: PlanExplanation, mask: Mask): PlanDocument {
  const { selection } = plan;
  const priorities = criticalPath(plan.nodes);
  const values = (resolved: readonly ResolvedValue[]) =>
    resolved.map(({ path, value, origin }) => ({ path, value: mask(value), ...origin }));
  const shared = { settings: values(explained.settings), hyperparams: values(explained.hyperparams) };
  return {
    v: 1,
    pipeline: plan.pipeline,
    ...shared,
    nodes: plan.nodes.map(({ name, config, dependsOn }): DocumentNode => {
      const own = explained.nodes.get(name);
      const selectedBy = selection?.selectedBy.get(name);
      return {
        name,
        code: mask(codeOf(config.code)),
        position: config.position,
        tags: config.tags,
        ...(selectedBy !== undefined && { selectedBy }),
        dependsOn,
        inputs: config.inputs.map(({ dataset, window }) => ({ dataset, window })),
        outputs: config.outputs,
        priority: priorities.get(name) ?? 1,
        settings: values(own?.settings ?? []),
        hyperparams:
          own?.hyperparams === explained.hyperparams ? shared.hyperparams : values(own?.hyperparams ?? []),
      };
    }),
    datasets: [...plan.datasets.values()].map(
      ({ name, format, mode, location, windowColumn, position }): DocumentDataset => ({
        name,
        format,
        mode,
        location: mask(location),
        ...(windowColumn !== undefined && { windowColumn }),
        ...(position !== undefined && { position }),
      }),
    ),
    leftOut: selection?.leftOut ?? [],
    matchedNothing: selection?.matchedNothing ?? [],
  };
}

/** The text of a query belongs into its file; a query of several lines in the configuration is shown by its first. */
function codeOf(code: NodeCode): DocumentNode["code"] {
  if (code.kind === "function") return { function: code.ref };
  if (code.file !== undefined) return { sql: code.file };
  const [first = "", ...more] = code.text.trim().split("\n");
  return { sql: more.length > 0 ? `${first} …` : first };
}
