/** Who made a Delta commit; kept in the commit itself, so that it can be found again at the target. */
export interface CommitTag {
  readonly pipeline: string;
  readonly node: string;
  readonly runId: string;
  readonly attempt: number;
}

interface StoredTag extends CommitTag {
  readonly dataset: string;
}

/** The tag as Delta's `userMetadata`. */
export function tagText(tag: CommitTag, dataset: string): string {
  const { pipeline, node, runId, attempt } = tag;
  return JSON.stringify({ sparkwright: { pipeline, node, dataset, runId, attempt } });
}

/** The attempt that made a commit, if this run's node made it. */
export function attemptOf(
  userMetadata: unknown,
  tag: Pick<CommitTag, "node" | "runId">,
  dataset: string,
): number | undefined {
  if (typeof userMetadata !== "string") return undefined;
  let stored: StoredTag | undefined;
  try {
    stored = (JSON.parse(userMetadata) as { readonly sparkwright?: StoredTag } | null)?.sparkwright;
  } catch {
    return undefined;
  }
  const same = stored?.runId === tag.runId && stored.node === tag.node && stored.dataset === dataset;
  return same ? stored?.attempt : undefined;
}

/**
 * The application id of an append or a merge. Delta skips a write whose `txnVersion` is not above the last one of the same id;
 * with an id per run and a constant version a retry adds nothing twice, and another run always adds.
 */
export function transactionId({ pipeline, node, runId }: CommitTag, dataset: string): string {
  return ["sparkwright", pipeline, node, dataset, runId].join("/");
}
