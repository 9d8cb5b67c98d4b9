import { abortReason } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { formatDuration } from "../core/duration.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";

export interface AttemptOptions {
  readonly node: string;
  /** Milliseconds; without it the attempt may take as long as it takes. */
  readonly timeoutMs?: number | undefined;
  /** How long work that was told to stop may take to do so, milliseconds. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** The longest that a timer of Node can wait; a longer one would fire at once. */
export const longestTimerMs: number = 2 ** 31 - 1;

/** What stops so soon after it was told to needs no second time in its message, milliseconds. */
const promptMs = 500;

/** Work that goes on beside an attempt which has ended, such as an operation that nobody awaited, is told to stop. */
const attemptOver = new CancelledError("the attempt of the node has ended");

/**
 * Runs `work` once and ends with it: also when it is cancelled or too slow its own end is awaited, so that what
 * it started is known to be stopped. Only work that ignores its signal is left behind, after `graceMs`.
 *
 * Thrown when it took too long: `NODE_TIMEOUT`. Otherwise rejects with what `work` threw.
 */
export async function runAttempt<R>(
  work: (signal: AbortSignal) => Promise<R>,
  { node, timeoutMs, graceMs, signal, clock }: AttemptOptions,
): Promise<R> {
  const own = new AbortController();
  const ended = new AbortController();
  const leftBehind = Promise.withResolvers<never>();
  const startedAt = clock.now();
  let timedOut = false;
  let abandoned = false;

  const after = (ms: number, act: () => void) =>
    void clock.sleep(Math.min(ms, longestTimerMs), ended.signal).then(act, () => {});
  const cancel = () => own.abort(abortReason(signal));
  own.signal.addEventListener("abort", () => {
    if (ended.signal.aborted) return;
    after(graceMs, () => {
      abandoned = true;
      leftBehind.reject(new CancelledError(`node '${node}' did not stop within ${formatDuration(graceMs)}`));
    });
  });
  if (timeoutMs !== undefined) {
    after(timeoutMs, () => {
      timedOut = true;
      own.abort(timeoutError(node, timeoutMs));
    });
  }
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();

  try {
    return await Promise.race([work(own.signal), leftBehind.promise]);
  } catch (error) {
    throw timedOut && !signal.aborted
      ? timeoutError(node, timeoutMs ?? 0, { cause: error, abandoned, tookMs: clock.now() - startedAt })
      : error;
  } finally {
    // A reason of its own would cost each attempt a stack trace.
    ended.abort(attemptOver);
    signal.removeEventListener("abort", cancel);
    own.abort(attemptOver);
  }
}

function timeoutError(
  node: string,
  timeoutMs: number,
  {
    cause,
    abandoned = false,
    tookMs = timeoutMs,
  }: { cause?: unknown; abandoned?: boolean; tookMs?: number } = {},
): SparkwrightError {
  const took = formatDuration(tookMs);
  const late = abandoned
    ? `; it was told to stop then, and still ran after ${took}`
    : `; it stopped after ${took}`;
  const limit = `took longer than its timeout of ${formatDuration(timeoutMs)}`;
  const message = `node '${node}' ${limit}${abandoned || tookMs > timeoutMs + promptMs ? late : ""}`;
  return new SparkwrightError("NODE_TIMEOUT", message, {
    // The reason that the work was stopped with is this very error; only another cause says something new.
    ...(!(cause instanceof CancelledError) &&
      !(cause instanceof SparkwrightError && cause.code === "NODE_TIMEOUT") && { cause }),
    hint: abandoned
      ? "Its code ignores ctx.signal, so it was left behind and is not tried again; pass ctx.signal to what it waits for."
      : "Raise `timeout` of the node, or make it do less at a time.",
    details: { node, timeoutMs, abandoned, tookMs },
  });
}
