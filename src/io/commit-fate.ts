import type { ReplacedDays, StoredTag } from "./commit-tag.ts";
import { ownTag, storedTag } from "./commit-tag.ts";
import { type CommitQuery, type DeltaCommit, rowsOf } from "./delta-history.ts";
import { isMaintenance } from "./maintenance.ts";

/** A commit of one output of a node of a run. */
export interface OwnCommit {
  readonly version: bigint;
  readonly rows: bigint;
  readonly tag: StoredTag;
}

/** A commit that took away what another one had written. */
export interface Undoing {
  readonly version: bigint;
  readonly operation: string;
}

/**
 * What became of what a node's output committed to a Delta table.
 *
 * `stands`: it is part of the table; `isLast` when nobody has changed rows of the table after it. `undone`: nothing of it is in
 * the table. `damaged`: some of it may not be in the table. `absent`: there was no such commit.
 */
export type CommitFate = Standing | Undone | Damaged | { readonly kind: "absent" };

export interface Standing {
  readonly kind: "stands";
  readonly commit: OwnCommit;
  readonly isLast: boolean;
}

export interface Undone {
  readonly kind: "undone";
  readonly commit: OwnCommit;
  readonly by: Undoing;
}

export interface Damaged extends Omit<Undone, "kind"> {
  readonly kind: "damaged";
}

/** The fate of the latest commit of an output, by the history of its table, newest first and without gaps. */
export function commitFate(
  history: readonly DeltaCommit[],
  query: Pick<CommitQuery, "runId" | "node">,
  dataset: string,
): CommitFate {
  const above: DeltaCommit[] = [];
  let restored: { readonly version: bigint; readonly by: DeltaCommit } | undefined;
  let undone: CommitFate | undefined;
  for (const commit of history) {
    const tag = ownTag(commit.userMetadata, query, dataset);
    const own = tag && { version: commit.version, rows: rowsOf(commit), tag };
    if (restored !== undefined && commit.version > restored.version) {
      if (own !== undefined) undone ??= { kind: "undone", commit: own, by: undoing(restored.by) };
      continue;
    }
    if (own !== undefined) return fateUnder(own, above, undone);
    const version = commit.operation === "RESTORE" ? restoredVersion(commit, history) : undefined;
    if (version === undefined) above.push(commit);
    else restored = { version, by: commit };
  }
  return undone ?? { kind: "absent" };
}

function fateUnder(
  own: OwnCommit,
  above: readonly DeltaCommit[],
  undone: CommitFate | undefined,
): CommitFate {
  const effects = above.map((commit) => ({ commit, effect: effectOn(own.tag, commit) }));
  const worst =
    effects.find(({ effect }) => effect === "undone") ?? effects.find(({ effect }) => effect === "damaged");
  if (worst === undefined) {
    const isLast = undone === undefined && effects.every(({ effect }) => effect === "none");
    return { kind: "stands", commit: own, isLast };
  }
  const by = undoing(worst.commit);
  if (worst.effect === "damaged") return { kind: "damaged", commit: own, by };
  // The newest one names the write that takes its place.
  return undone ?? { kind: "undone", commit: own, by };
}

const undoing = ({ version, operation }: DeltaCommit): Undoing => ({ version, operation });

/** What a later commit does to rows written before it: `changed` when they stay, though not alone or not as they were. */
type Effect = "none" | "changed" | "damaged" | "undone";

function effectOn(own: StoredTag, commit: DeltaCommit): Effect {
  if (isMaintenance(commit.operation)) return "none";
  const { operation, parameters, metrics } = commit;
  switch (operation) {
    case "WRITE":
    case "STREAMING UPDATE": {
      const mode = parameters.get("mode") ?? parameters.get("outputMode");
      if (mode === "Append" || mode === "Update") return "changed";
      if (isZero(metrics.get("numRemovedFiles")) && isZero(metrics.get("numDeletedRows") ?? "0"))
        return "changed";
      return overwriteEffect(own, commit);
    }
    case "UPDATE":
      return "changed";
    case "MERGE":
      return isZero(metrics.get("numTargetRowsDeleted")) || isSameOutput(own, commit) ? "changed" : "damaged";
    case "DELETE":
      if (isZero(metrics.get("numDeletedRows"))) return "changed";
      return isEverything(parameters.get("predicate")) ? "undone" : "damaged";
    case "TRUNCATE":
      return "undone";
    default:
      return /^(CREATE OR )?REPLACE TABLE/.test(operation) ? "undone" : "damaged";
  }
}

function overwriteEffect(own: StoredTag, { parameters, userMetadata }: DeltaCommit): Effect {
  const replaced = storedTag(userMetadata)?.replaces;
  if (own.replaces !== undefined && replaced !== undefined && areApart(own.replaces, replaced))
    return "changed";
  const isWhole =
    isEverything(parameters.get("predicate")) && parameters.get("isDynamicPartitionOverwrite") !== "true";
  return isWhole ? "undone" : "damaged";
}

/** A pipeline's later runs delete by the dataset's own condition, which belongs to what it holds. */
function isSameOutput({ pipeline, node, dataset }: StoredTag, { userMetadata }: DeltaCommit): boolean {
  const other = storedTag(userMetadata);
  return other?.pipeline === pipeline && other.node === node && other.dataset === dataset;
}

function areApart(one: ReplacedDays, other: ReplacedDays): boolean {
  if (one.column.toLowerCase() !== other.column.toLowerCase()) return false;
  return one.endDate < other.startDate || other.endDate < one.startDate;
}

/** Whether two commits replaced the same rows. */
export function replacesSame(one: ReplacedDays | undefined, other: ReplacedDays | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const sameColumn = one.column.toLowerCase() === other.column.toLowerCase();
  return sameColumn && one.startDate === other.startDate && one.endDate === other.endDate;
}

function isZero(metric: string | undefined): boolean {
  return metric === "0";
}

function isEverything(predicate: string | null | undefined): boolean {
  return ["", "[]", "true", '["true"]'].includes(predicate ?? "");
}

const longestOffsetMs = 14 * 3_600_000;

/** The version that a table was restored to; `undefined` when that cannot be told. */
function restoredVersion({ parameters }: DeltaCommit, history: readonly DeltaCommit[]): bigint | undefined {
  const version = parameters.get("version");
  if (version !== undefined && version !== null) return BigInt(version);
  const text = parameters.get("timestamp") ?? "";
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text);
  const at = Date.parse(hasZone ? text : `${text.replace(" ", "T")}Z`);
  if (Number.isNaN(at)) return undefined;
  const bound = hasZone ? 0 : longestOffsetMs;
  const asOf = (ms: number) =>
    history.find(({ committedAt }) => committedAt.epochMicros <= BigInt(ms) * 1_000n);
  // The zone of the session that restored it is not recorded.
  const [earliest, latest] = [asOf(at - bound), asOf(at + bound)];
  return earliest !== undefined && earliest.version === latest?.version ? earliest.version : undefined;
}
