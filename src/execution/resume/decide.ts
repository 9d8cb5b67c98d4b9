import { defined } from "../../config/defined.ts";
import type { InputVersion, NodeFingerprint, ResumedNode } from "../../events/run-event.ts";
import type { DatasetSummary } from "../../events/run-summary.ts";
import type { DatasetVersion } from "../../io/delta-history.ts";
import type { AttemptRecord, NodeRecord } from "../../state/run-store.ts";
import { changedParts } from "./fingerprint.ts";
import type { Loss } from "./lost-outputs.ts";
import { nothingToKeep, undecided, type Verdict, writtenBefore } from "./refusals.ts";
import type { RunCommands } from "./run-commands.ts";
import type { StandingOutput } from "./standing-outputs.ts";

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
  /** Nodes that have succeeded and whose output does not count any more, with the reason. */
  readonly lost: ReadonlyMap<string, Loss>;
  /** What of a node's outputs would stay beside what the node writes when it runs again. */
  readonly standing: ReadonlyMap<string, readonly StandingOutput[]>;
  /** The version a dataset has now, and those before it with the same rows; none when it has none. */
  readonly versions: ReadonlyMap<string, readonly DatasetVersion[]>;
  /** Nodes that the user wants to run again, whatever is known of them. */
  readonly forced: ReadonlySet<string>;
  /** Nodes that are done and, by the user's word, stay so whatever has changed. */
  readonly kept: ReadonlySet<string>;
  /** What the user can enter to go on with the run, and to make the same run anew. */
  readonly commands: RunCommands;
}

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
  if (record === undefined) return run("it is new in the pipeline");
  const settled = facts.settled.get(name);
  const done = settled ?? (hasSucceeded(record) ? (facts.written.get(name) ?? []) : undefined);
  const unknown = facts.unknown.get(name);
  const isForced = facts.forced.has(name);
  if (done === undefined && unknown !== undefined && !isForced)
    return undecided(name, unknown, facts.commands);
  const attempt = finishedAttempt(record, settled !== undefined);
  const loss = facts.lost.get(name);
  const wantsKept = facts.kept.has(name) && !isForced;
  if (wantsKept && (done === undefined || loss?.isWhole === true)) {
    return nothingToKeep(name, loss?.reason ?? why(record), facts.commands);
  }
  const reason = wantsKept ? undefined : whyRun(node, record, done !== undefined, attempt, above, facts);
  if (reason !== undefined) return refusal(node, record, reason, above, facts) ?? run(reason);
  const { startedAt, endedAt, durationMs } = record;
  const rows = (settled ?? done ?? []).reduce((sum, one) => sum + one.rows, 0n);
  return {
    decision: settled === undefined ? "keep" : "settled",
    reason: wantsKept
      ? "it is done, and you said that it stays"
      : doneBecause(attempt, settled !== undefined),
    rows: settled === undefined ? (record.rows ?? rows) : rows,
    datasets: done ?? [],
    ...(settled === undefined && defined({ startedAt, endedAt, durationMs })),
  };
}

/** Why a node must run; `undefined` when it is done and still valid. */
function whyRun(
  node: ResumableNode,
  record: NodeRecord,
  isDone: boolean,
  attempt: AttemptRecord | undefined,
  above: readonly ResumedNode[],
  facts: ResumeFacts,
): string | undefined {
  if (facts.forced.has(node.name)) return "it was asked for";
  if (!isDone) return why(record);
  const rerun = above.find(({ decision }) => decision === "run");
  if (rerun !== undefined) return `${rerun.name} above it runs again`;
  return facts.lost.get(node.name)?.reason ?? changeSince(node, attempt, facts);
}

/**
 * A node that must run, but of which the run has written something that its new write would not take the place of: an
 * append, a merge. Made again it would be there twice, or, skipped by Delta, not at all. It may only run when that write
 * is the very one it would make: of the same code and inputs, by an attempt that did not succeed.
 */
function refusal(
  node: ResumableNode,
  record: NodeRecord,
  reason: string,
  above: readonly ResumedNode[],
  facts: ResumeFacts,
): Verdict | undefined {
  const { name } = node;
  const isDone = hasSucceeded(record) || facts.settled.has(name);
  const isForced = facts.forced.has(name);
  const isAboveNew = above.some(({ decision }) => decision === "run");
  for (const output of facts.standing.get(name) ?? []) {
    const made = record.attempts.find(({ attempt }) => attempt === output.attempt);
    const changed = changeSince(node, made, facts);
    if (output.kind === "stands" && !isDone && !isAboveNew && changed === undefined) continue;
    // Where nobody else can tell, the user's word counts.
    if (output.kind === "untold" && isForced) continue;
    const because = isDone || changed === undefined ? reason : `${reason}, and ${changed}`;
    return writtenBefore(name, output, { because, isDone, commands: facts.commands });
  }
  return undefined;
}

/** A node that waited for a decision has ended as failed or skipped, whatever its last attempt has done. */
export function hasSucceeded({ state, attempts }: NodeRecord): boolean {
  return state === "success" || attempts.at(-1)?.state === "success";
}

/** The attempt that the node's outputs are of. */
function finishedAttempt({ attempts }: NodeRecord, isSettled: boolean): AttemptRecord | undefined {
  return isSettled ? attempts.at(-1) : attempts.findLast(({ state }) => state === "success");
}

/** What has changed of what a node runs with since an attempt of it. */
function changeSince(
  { fingerprint }: ResumableNode,
  attempt: AttemptRecord | undefined,
  { versions }: ResumeFacts,
): string | undefined {
  if (attempt?.fingerprint === undefined) return "nobody recorded what it ran with";
  const parts = changedParts(attempt.fingerprint, fingerprint);
  if (parts.length > 0) return `its ${parts.join(" and ")} changed`;
  return attempt.inputs?.map((input) => change(input, versions)).find((one) => one !== undefined);
}

function change(
  { dataset, version, committedAt }: InputVersion,
  versions: ResumeFacts["versions"],
): string | undefined {
  if (version === undefined) return undefined;
  const [now, ...before] = versions.get(dataset) ?? [];
  if (now === undefined) return `its input ${dataset} is not there any more`;
  const found = [now, ...before].find((one) => one.version === version);
  if (found === undefined) return `its input ${dataset} went from version ${version} to ${now.version}`;
  const isSame = committedAt === undefined || committedAt === found.committedAt;
  return isSame ? undefined : `its input ${dataset} was made anew`;
}

function doneBecause(attempt: AttemptRecord | undefined, isSettled: boolean): string {
  if (isSettled) return "its end was not seen, but all it writes is at its target";
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
