import { defined } from "../../config/defined.ts";
import type { InputVersion, NodeFingerprint, ResumedNode } from "../../events/run-event.ts";
import type { DatasetSummary } from "../../events/run-summary.ts";
import type { DatasetVersion } from "../../io/delta-history.ts";
import type { AttemptRecord, NodeRecord } from "../../state/run-store.ts";
import { changedParts } from "./fingerprint.ts";

export interface ResumableNode {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly fingerprint: NodeFingerprint;
}

export interface ResumeFacts {
  /** In planned order. */
  readonly nodes: readonly ResumableNode[];
  readonly stored: ReadonlyMap<string, NodeRecord>;
  /** Nodes whose end nobody saw, with what they have at their targets: all that they had to write. */
  readonly settled: ReadonlyMap<string, readonly DatasetSummary[]>;
  /** Nodes of which nobody knows whether their last write took place, with the dataset. */
  readonly unknown: ReadonlyMap<string, string>;
  /** What successful nodes have written. */
  readonly written: ReadonlyMap<string, readonly DatasetSummary[]>;
  /** Nodes whose commit is not in the history of its table any more, with the dataset. */
  readonly lost: ReadonlyMap<string, string>;
  /** The version a dataset has now; `undefined` when it has none. */
  readonly versions: ReadonlyMap<string, DatasetVersion | undefined>;
  /** Nodes that the user wants to run again, whatever is known of them. */
  readonly forced: ReadonlySet<string>;
}

type Verdict = Omit<ResumedNode, keyof ResumableNode | "attempts">;

/** What becomes of each node of a run that goes on, and why. Nothing is run again that is done and still valid. */
export function decide(facts: ResumeFacts): ResumedNode[] {
  const decided = new Map<string, ResumedNode>();
  for (const { name, dependsOn, fingerprint } of facts.nodes) {
    const attempts = facts.stored.get(name)?.attempts.at(-1)?.attempt ?? 0;
    const above = dependsOn.flatMap((need) => decided.get(need) ?? []);
    const node = { name, dependsOn, fingerprint, attempts };
    decided.set(name, { ...node, ...verdict(node, above, facts) });
  }
  return [...decided.values()];
}

function verdict(node: ResumableNode, above: readonly ResumedNode[], facts: ResumeFacts): Verdict {
  const { name } = node;
  const record = facts.stored.get(name);
  const blocking = above.find(({ decision }) => decision === "undecided" || decision === "blocked");
  if (blocking !== undefined) {
    const because = blocking.because ?? blocking.name;
    return { decision: "blocked", reason: `${because} needs a decision`, because };
  }
  if (facts.forced.has(name)) return run("it was asked for");
  if (record === undefined) return run("it is new in the pipeline");
  const settled = facts.settled.get(name);
  const done = settled ?? (record.state === "success" ? (facts.written.get(name) ?? []) : undefined);
  const unknown = facts.unknown.get(name);
  if (done === undefined) return unknown === undefined ? run(why(record)) : undecided(name, unknown);
  const rerun = above.find(({ decision }) => decision === "run");
  const attempt = finishedAttempt(record, settled !== undefined);
  const invalid =
    rerun === undefined ? invalidity(node, attempt, facts) : `${rerun.name} above it runs again`;
  if (invalid !== undefined) return run(invalid);
  const { startedAt, endedAt, durationMs } = record;
  const rows = settled === undefined ? record.rows : settled.reduce((sum, one) => sum + one.rows, 0n);
  return {
    decision: settled === undefined ? "keep" : "settled",
    reason:
      settled === undefined
        ? keptBecause(attempt)
        : "its end was not seen, but all it writes is at its target",
    ...(rows !== undefined && { rows }),
    datasets: done,
    ...(settled === undefined && defined({ startedAt, endedAt, durationMs })),
  };
}

/** The attempt that the node's outputs are of. */
function finishedAttempt({ attempts }: NodeRecord, isSettled: boolean): AttemptRecord | undefined {
  return isSettled ? attempts.at(-1) : attempts.findLast(({ state }) => state === "success");
}

function invalidity(
  { name, fingerprint }: ResumableNode,
  attempt: AttemptRecord | undefined,
  { versions, lost }: ResumeFacts,
): string | undefined {
  if (attempt?.fingerprint === undefined) return "nobody recorded what it ran with";
  const parts = changedParts(attempt.fingerprint, fingerprint);
  if (parts.length > 0) return `its ${parts.join(" and ")} changed`;
  const output = lost.get(name);
  if (output !== undefined) return `what it wrote is not in ${output} any more`;
  return attempt.inputs?.map((input) => change(input, versions)).find((one) => one !== undefined);
}

function change(
  { dataset, version, committedAt }: InputVersion,
  versions: ResumeFacts["versions"],
): string | undefined {
  if (version === undefined) return undefined;
  const now = versions.get(dataset);
  if (now === undefined) return `its input ${dataset} is not there any more`;
  if (now.version !== version) return `its input ${dataset} went from version ${version} to ${now.version}`;
  const isSame = committedAt === undefined || committedAt === now.committedAt;
  return isSame ? undefined : `its input ${dataset} was made anew`;
}

function keptBecause(attempt: AttemptRecord | undefined): string {
  const unversioned = (attempt?.inputs ?? []).filter(({ version }) => version === undefined);
  if (unversioned.length === 0) return "it is done, and nothing it depends on has changed";
  const names = unversioned.map(({ dataset }) => dataset).join(", ");
  return `it is done, and nothing it depends on has changed (${names} has no versions to compare)`;
}

function why({ state, because, attempts }: NodeRecord): string {
  switch (state) {
    case "failed":
      return "it failed";
    case "skipped":
      return because === undefined ? "it was skipped" : `it was skipped because of ${because}`;
    case "cancelled":
      return attempts.length === 0 ? "it had not started" : "it was cancelled";
    case "running":
    case "retrying":
      return "it was not done when its runner died";
    default:
      return "it had not started";
  }
}

const run = (reason: string): Verdict => ({ decision: "run", reason });

function undecided(node: string, dataset: string): Verdict {
  const message = `nobody knows whether node '${node}' has written to '${dataset}', which keeps no history to tell`;
  return {
    decision: "undecided",
    reason: message,
    error: {
      code: "RUN_OUTCOME_UNKNOWN",
      message,
      hint: `Look at ${dataset}; remove what a half-done write left, then run it again: sparkwright retry RUN --node ${node}.`,
      causes: [],
    },
  };
}
