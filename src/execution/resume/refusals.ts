import type { ResumedNode } from "../../events/run-event.ts";
import type { ResumableNode } from "./decide.ts";
import type { RunCommands } from "./run-commands.ts";
import type { StandingOutput } from "./standing-outputs.ts";

/** What becomes of a node, and why. */
export type Verdict = Omit<ResumedNode, keyof ResumableNode | "attempts">;

/** A write was begun whose outcome nobody knows, and that must not be made twice. */
export function undecided(node: string, dataset: string, { retry }: RunCommands): Verdict {
  return refused(
    "RUN_OUTCOME_UNKNOWN",
    `nobody knows whether node '${node}' has written to '${dataset}', which keeps no history to tell`,
    `Look at ${dataset}; remove what a half-done write left, then run it again: ${retry} --node ${node}.`,
  );
}

/** The user wants a node kept that has nothing at its target. */
export function nothingToKeep(node: string, why: string, { resume }: RunCommands): Verdict {
  return refused(
    "RUN_NOTHING_TO_KEEP",
    `node '${node}' was to be kept, but there is nothing to keep: ${why}`,
    `Let it run: ${resume} without --keep ${node}.`,
  );
}

export interface WrittenBefore {
  /** Why the node must run. */
  readonly because: string;
  /** Whether it had succeeded, so that it can be kept. */
  readonly isDone: boolean;
  readonly commands: RunCommands;
}

/** The node must run again, but what it has written cannot be written again. */
export function writtenBefore(
  node: string,
  output: StandingOutput,
  { because, isDone, commands }: WrittenBefore,
): Verdict {
  const { dataset, mode, kind, version, by, undo } = output;
  const wrote = `node '${node}' has ${wordFor(mode)} '${dataset}'`;
  const must = `it must run again, because ${because}`;
  const keep = isDone ? ` To leave its rows as they are: ${commands.resume} --keep ${node}.` : "";
  const anew = ` To make the whole run anew, beside what is there: ${commands.newRun}.`;
  switch (kind) {
    case "stands":
      return refused(
        "RUN_WRITE_STANDS",
        `what ${wrote} in version ${version} stays there, but ${must}; the result would be mixed`,
        undo === undefined
          ? `Others have written to '${dataset}' since, so it cannot be undone as a whole.${keep}${anew}`
          : `To have it written again: ${undo}, then ${commands.resume}.${keep}${anew}`,
      );
    case "damaged":
      return refused(
        "RUN_WRITE_DAMAGED",
        `what ${wrote} in version ${version} was changed by version ${by?.version} (${by?.operation}): it is neither there as a whole nor gone`,
        `Look at DESCRIBE HISTORY of '${dataset}'.${keep}${anew}`,
      );
    case "unknown":
      return refused(
        "RUN_OUTCOME_UNKNOWN",
        `the history of '${dataset}' no longer tells what ${wrote}, but ${must}`,
        `Look at '${dataset}'.${keep}${anew}`,
      );
    case "untold":
      return refused(
        "RUN_WRITE_STANDS",
        `what ${wrote} may still be there, and no history tells; but ${must}`,
        `Remove what it has written, then: ${commands.retry} --node ${node}.${keep}`,
      );
  }
}

function refused(code: string, message: string, hint: string): Verdict {
  return { decision: "undecided", reason: message, error: { code, message, hint, causes: [] } };
}

function wordFor(mode: string): string {
  if (mode === "append") return "appended to";
  return mode === "merge" ? "merged into" : "written to";
}
