import { Backoff } from "../core/backoff.ts";
import type { Clock, Random } from "../core/clock.ts";
import { errorFacts } from "./error-facts.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import type { RpcError } from "./transport.ts";

export interface RetryOptions {
  readonly policies: readonly RetryPolicy[];
  /** No wait begins that would end later than this many ms after the first failure in a row. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Told before each wait. */
  readonly onRetry?: (error: RpcError, delayMs: number) => void;
}

/** With less time than this left, another attempt has no chance, ms. */
const shortestLeftMs = 20;

interface PolicyState {
  left: number;
  backoff: Backoff;
}

/** The retries of one RPC or one execution: how often each policy was used since the last success. */
export class Retries {
  readonly #options: RetryOptions;
  readonly #states = new Map<RetryPolicy, PolicyState>();
  #giveUpAt: number | undefined;

  constructor(options: RetryOptions) {
    this.#options = options;
  }

  /**
   * Waits until the call may be tried again, and for half of `leftMs` at most, so that time is left for it. Thrown when
   * it may not: the error itself.
   */
  async wait(error: RpcError, signal?: AbortSignal, leftMs?: number): Promise<void> {
    let delayMs = this.#nextDelayMs(error);
    if (delayMs === undefined) throw error;
    if (leftMs !== undefined && delayMs >= leftMs) {
      if (leftMs < shortestLeftMs) throw error;
      delayMs = leftMs / 2;
    }
    this.#options.onRetry?.(error, delayMs);
    await this.#options.clock.sleep(delayMs, signal);
  }

  /** There was progress: the next failure is the first again. */
  reset(): void {
    this.#states.clear();
    this.#giveUpAt = undefined;
  }

  #nextDelayMs(error: RpcError): number | undefined {
    if (error.unreachable) return undefined;
    const { policies, clock, random, timeoutMs } = this.#options;
    for (const policy of policies) {
      if (!policy.canRetry(error)) continue;
      const state = this.#states.get(policy) ?? {
        left: policy.maxRetries,
        backoff: new Backoff(policy.backoff, random),
      };
      if (state.left === 0) continue;
      const delayMs = Math.max(state.backoff.delayMs, this.#serverDelayMs(error, policy));
      this.#giveUpAt ??= clock.now() + timeoutMs;
      if (clock.now() + delayMs > this.#giveUpAt) return undefined;
      this.#states.set(policy, { left: state.left - 1, backoff: state.backoff.next() });
      return delayMs;
    }
    return undefined;
  }

  #serverDelayMs(error: RpcError, policy: RetryPolicy): number {
    const asked = Math.min(errorFacts(error).retryDelayMs ?? 0, policy.maxServerDelayMs);
    const { jitter, jitterFromMs = 0 } = policy.backoff;
    return typeof jitter === "number" && asked >= jitterFromMs && asked > 0
      ? asked + this.#options.random() * jitter
      : asked;
  }
}
