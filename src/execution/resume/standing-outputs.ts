import type { DatasetConfig } from "../../config/project.ts";
import { replacesSame, type Undoing } from "../../io/commit-fate.ts";
import type { StoredTag } from "../../io/commit-tag.ts";
import type { DayWindow } from "../../io/day-window.ts";
import { deltaStore } from "../../io/delta-store.ts";
import { isOnceOnly } from "../../io/output-fate.ts";
import type { OutputAtTarget } from "./outputs-at-targets.ts";

/** What the run has written and another attempt of the node would not take the place of. */
export interface StandingOutput {
  readonly dataset: string;
  readonly mode: string;
  /**
   * `stands`: it is there. `damaged`: some of it may be there. `unknown`: the history of its table no longer tells.
   * `untold`: it was written, and its target keeps no history to tell whether it is there.
   */
  readonly kind: "stands" | "damaged" | "unknown" | "untold";
  /** The attempt that made it, where it is known. */
  readonly attempt?: number | undefined;
  readonly version?: bigint | undefined;
  readonly by?: Undoing | undefined;
  /** How the user can undo it, as an instruction; `undefined` when others have written after it. */
  readonly undo?: string | undefined;
}

/** By node, what must not be written a second time. */
export function standingOutputs(
  targets: ReadonlyMap<string, readonly OutputAtTarget[]>,
  window: DayWindow | undefined,
): ReadonlyMap<string, readonly StandingOutput[]> {
  return new Map(
    [...targets].map(([node, outputs]) => [node, outputs.flatMap((output) => standing(output, window))]),
  );
}

function standing(
  { dataset, fate, recorded }: OutputAtTarget,
  window: DayWindow | undefined,
): StandingOutput[] {
  const { name, mode } = dataset;
  switch (fate.kind) {
    case "stands":
    case "damaged": {
      const { tag, version } = fate.commit;
      if (isReplaced(dataset, tag, window)) return [];
      const found = { dataset: name, mode, attempt: tag.attempt, version };
      return fate.kind === "damaged"
        ? [{ ...found, kind: "damaged", by: fate.by }]
        : [{ ...found, kind: "stands", undo: fate.isLast ? undoing(dataset, version) : undefined }];
    }
    case "unknown":
      return isOnceOnly(dataset) ? [{ dataset: name, mode, kind: "unknown" }] : [];
    case "untold": {
      const isRewritten = mode === "overwrite" || recorded === undefined;
      return isRewritten ? [] : [{ dataset: name, mode, kind: "untold", attempt: recorded.attempt }];
    }
    default:
      return [];
  }
}

/** Whether a new write leaves nothing of an earlier one. */
function isReplaced(
  { mode, windowColumn }: DatasetConfig,
  { mode: before = mode, replaces }: StoredTag,
  window: DayWindow | undefined,
): boolean {
  if (mode === "overwrite") return true;
  if (mode !== "replace_window" || before !== mode) return false;
  // Earlier releases did not write down what they replaced.
  if (replaces === undefined) return true;
  if (windowColumn === undefined || window === undefined) return false;
  return replacesSame(replaces, { column: windowColumn, ...window });
}

function undoing(dataset: DatasetConfig, version: bigint): string {
  const { sqlName } = deltaStore(dataset);
  if (version > 0n) return `sparkwright sql 'RESTORE TABLE ${sqlName} TO VERSION AS OF ${version - 1n}'`;
  const { location } = dataset;
  return location.kind === "path"
    ? `remove the folder ${location.path}`
    : `sparkwright sql 'DROP TABLE ${sqlName}'`;
}
