import type { RunResumed } from "../../events/run-event.ts";

const words = {
  keep: "kept",
  settled: "settled at its target",
  run: "runs",
  undecided: "needs your decision",
  blocked: "blocked",
} as const;

/** What a resume decided, a line per node. */
export function resumeLines({ nodes }: RunResumed): string[] {
  return nodes.map(({ name, decision, reason }) => `${name}: ${words[decision]}, because ${reason}`);
}
