/** Who made a Delta commit; kept in the commit itself, so that it can be found again at the target. */
export interface CommitTag {
  readonly pipeline: string;
  readonly node: string;
  readonly runId: string;
  readonly attempt: number;
  /** The write mode; unknown in commits of earlier releases. */
  readonly mode?: string | undefined;
  /** The rows that a commit of mode `replace_window` took the place of. */
  readonly replaces?: ReplacedDays | undefined;
  /** The version of an earlier commit of the same output that was undone, so that it is made again. */
  readonly redoOf?: bigint | undefined;
}

/** The rows whose column lies within the days, ISO `YYYY-MM-DD`, both included. */
export interface ReplacedDays {
  readonly column: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** What stands in the commit. */
export interface StoredTag extends Omit<CommitTag, "redoOf"> {
  readonly dataset: string;
}

/** The tag as Delta's `userMetadata`. */
export function tagText(tag: CommitTag, dataset: string): string {
  const { pipeline, node, runId, attempt, mode, replaces } = tag;
  return JSON.stringify({ sparkwright: { pipeline, node, dataset, runId, attempt, mode, replaces } });
}

/** The tag of a commit; `undefined` when somebody else made it. */
export function storedTag(userMetadata: unknown): StoredTag | undefined {
  if (typeof userMetadata !== "string") return undefined;
  try {
    const tag = (JSON.parse(userMetadata) as { readonly sparkwright?: StoredTag } | null)?.sparkwright;
    return typeof tag?.attempt === "number" ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** The tag of a commit, if this run's node made it by its output to the dataset. */
export function ownTag(
  userMetadata: unknown,
  { runId, node }: Pick<CommitTag, "node" | "runId">,
  dataset: string,
): StoredTag | undefined {
  const stored = storedTag(userMetadata);
  const same = stored?.runId === runId && stored.node === node && stored.dataset === dataset;
  return same ? stored : undefined;
}

/**
 * The application id of an append or a merge. Delta skips a write whose `txnVersion` is not above the last one of the same id;
 * with an id per run and a constant version a retry adds nothing twice, and another run always adds. Delta remembers the
 * id also of a commit that a RESTORE has undone, so a write that is made again for that has another one.
 */
export function transactionId({ pipeline, node, runId, redoOf }: CommitTag, dataset: string): string {
  const again = redoOf === undefined ? [] : [`after-${redoOf}`];
  return ["sparkwright", ...[pipeline, node, dataset, runId, ...again].map(part)].join("/");
}

/** Two different ids must not become one by a slash in a name. */
function part(name: string): string {
  return name.replaceAll("%", "%25").replaceAll("/", "%2F");
}
