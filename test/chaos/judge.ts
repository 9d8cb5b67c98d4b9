import type { CommandOutcome } from "../../src/core/error.ts";

/** One append, and what the client said of it. */
export interface WriteRecord {
  readonly id: string;
  readonly result: "resolved" | CommandOutcome | "none";
  readonly cancelled: boolean;
  /** Of a cancelled one. */
  readonly confirmed: boolean;
  /** When the call ended, ms. */
  readonly endedAt: number;
  readonly error: string | undefined;
}

/** What the client said that is not so. */
export function judge(
  { id, result, cancelled, confirmed, endedAt, error }: WriteRecord,
  commits: readonly number[],
): string | undefined {
  const wrong = (why: string) =>
    `${id}: ${why} (${result}, ${commits.length} commits; ${error ?? "no error"})`;
  if (commits.length > 1) return wrong("written twice");
  if (result === "none") return wrong("rejected without an outcome");
  if ((result === "resolved" || result === "done") && commits.length === 0)
    return wrong("reported and not there");
  if ((result === "not_started" || result === "not_done") && commits.length > 0)
    return wrong("denied and there");
  if (cancelled && confirmed && commits.some((at) => at > endedAt)) return wrong("confirmed, then committed");
  return undefined;
}
