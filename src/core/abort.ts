import { CancelledError } from "./error.ts";

/** The reason of an aborted signal as one of our errors; a foreign reason becomes the `cause`. */
export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  if (reason instanceof CancelledError) return reason;
  if (reason instanceof Error && reason.name !== "AbortError") return reason;
  return new CancelledError("cancelled", { cause: reason });
}

/** Thrown when `signal` is already aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortReason(signal);
}

/** A signal that aborts as soon as one of the given ones does; `undefined` entries are passed over. */
export function anySignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal | undefined {
  const present = signals.filter((signal) => signal !== undefined);
  return present.length < 2 ? present[0] : AbortSignal.any(present);
}

/** What `work` comes to; rejects with the signal's reason as soon as that aborts, and leaves the work to itself. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(abortReason(signal));
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
