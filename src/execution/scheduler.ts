import { Semaphore } from "async-mutex";
import { abortReason } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";
import type { NodeState } from "../state/node-state.ts";
import { isTerminal, transition } from "../state/node-state.ts";
import { runAttempt } from "./attempt.ts";
import { isCancellation } from "./classify-failure.ts";
import { ReadyQueue } from "./ready-queue.ts";
import type { NodeTransition, ScheduleOptions } from "./schedule-options.ts";

/**
 * Runs a graph of nodes: each starts the moment everything it depends on has succeeded and a place is free.
 * Resolves when every node has ended, to the state each has ended in. Takes O(log n) per node, however many wait.
 *
 * Rejects only with what `onTransition` threw, and not before the running nodes have ended.
 */
export async function schedule<R>(options: ScheduleOptions<R>): Promise<ReadonlyMap<string, NodeState>> {
  return await new Scheduler(options).run();
}

/** An attempt that waits for a place. */
interface Turn {
  readonly node: string;
  readonly attempt: number;
  /** When the first attempt of the node started. */
  readonly startedAt?: number;
  /** Why the attempt before it failed. */
  readonly error?: unknown;
}

class Scheduler<R> {
  readonly #options: ScheduleOptions<R>;
  readonly #clock: Clock;
  /** Acquired only while it is free: its own queue is sorted by insertion, which is quadratic. */
  readonly #places: Semaphore;
  readonly #ready: ReadyQueue<Turn>;
  readonly #states = new Map<string, NodeState>();
  readonly #dependants = new Map<string, string[]>();
  readonly #waitingFor = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #noMoreStarts = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  /** Attempts under way, and waits before the next one. */
  #active = 0;
  #broken: { readonly error: unknown } | undefined;

  constructor(options: ScheduleOptions<R>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#places = new Semaphore(options.maxParallel);
    const rank = new Map<string, number>();
    for (const [index, { name, dependsOn }] of options.nodes.entries()) {
      const needs = new Set(dependsOn);
      rank.set(name, index);
      this.#states.set(name, "pending");
      this.#waitingFor.set(name, needs.size);
      for (const need of needs) this.#dependantsOf(need).push(name);
    }
    const priorityOf = ({ node }: Turn) => options.priorities?.get(node) ?? 0;
    const rankOf = ({ node }: Turn) => rank.get(node) ?? 0;
    this.#ready = new ReadyQueue((a, b) => (priorityOf(b) - priorityOf(a) || rankOf(a) - rankOf(b)) < 0);
  }

  async run(): Promise<ReadonlyMap<string, NodeState>> {
    const { signal, nodes } = this.#options;
    const cancel = () => this.#cancelAll(abortReason(signal as AbortSignal));
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      if (signal?.aborted) cancel();
      this.#guarded(() => {
        for (const { name } of nodes) if (this.#waitingFor.get(name) === 0) this.#makeReady(name);
        this.#fill();
      });
      if (this.#active > 0) await this.#ended.promise;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
    if (this.#broken !== undefined) throw this.#broken.error;
    return this.#states;
  }

  #makeReady(node: string): void {
    if (this.#states.get(node) !== "pending" || this.#noMoreStarts.signal.aborted) return;
    this.#enter(node, { state: "ready" });
    this.#ready.push({ node, attempt: 1 });
  }

  /** Gives every free place to the most urgent node that waits for one. */
  #fill(): void {
    const { gate, maxParallel } = this.#options;
    while (!this.#noMoreStarts.signal.aborted && !this.#places.isLocked()) {
      const turn = this.#ready.pop();
      if (turn === undefined) return;
      const limit = gate?.limit() ?? maxParallel;
      if (maxParallel - this.#places.getValue() >= limit) {
        this.#ready.push(turn);
        if (limit === 0) this.#refuseRest();
        return;
      }
      this.#active += 1;
      void this.#take(turn)
        .catch((error: unknown) => this.#break(error))
        .finally(() => {
          this.#active -= 1;
          this.#guarded(() => this.#fill());
          if (this.#active === 0) this.#ended.resolve();
        });
    }
  }

  async #take({ node, attempt, startedAt = this.#clock.now() }: Turn): Promise<void> {
    const [, release] = await this.#places.acquire();
    let retry: { readonly delayMs: number; readonly error: unknown } | undefined;
    try {
      // It may have been skipped or cancelled since.
      if (!isTerminal(this.#states.get(node) ?? "pending"))
        retry = await this.#attempt(node, attempt, startedAt);
    } finally {
      // After the dependants were made ready, so that the most urgent of all waiting nodes gets the place.
      release();
      this.#guarded(() => this.#fill());
    }
    if (retry === undefined) return;
    const { delayMs, error } = retry;
    await this.#clock.sleep(delayMs, this.#noMoreStarts.signal).catch(() => {});
    const next = { node, attempt: attempt + 1, startedAt, error };
    if (this.#noMoreStarts.signal.aborted) this.#giveUp(next);
    else this.#ready.push(next);
  }

  /** Runs the node once; returns how long to wait for the next attempt, if there is to be one. */
  async #attempt(
    node: string,
    attempt: number,
    startedAt: number,
  ): Promise<{ readonly delayMs: number; readonly error: unknown } | undefined> {
    const { execute, cleanUp, timeoutMs, graceMs = 15_000, gate } = this.#options;
    this.#enter(node, { state: "running", attempt });
    let outcome: { readonly result: R } | { readonly error: unknown };
    try {
      const result = await runAttempt((signal) => execute(node, attempt, signal), {
        node,
        timeoutMs: timeoutMs?.(node),
        graceMs,
        signal: this.#stop.signal,
        clock: this.#clock,
      });
      outcome = { result };
    } catch (error) {
      outcome = { error };
    }
    const cleaning = cleanUp?.(node, attempt);
    if (cleaning !== undefined) await cleaning;
    if ("error" in outcome) return this.#settle(node, attempt, startedAt, outcome.error);
    gate?.succeeded(node);
    this.#enter(node, { state: "success", attempt, durationMs: this.#since(startedAt), ...outcome });
    for (const dependant of this.#dependantsOf(node)) {
      const left = (this.#waitingFor.get(dependant) ?? 0) - 1;
      this.#waitingFor.set(dependant, left);
      if (left === 0) this.#makeReady(dependant);
    }
    return undefined;
  }

  #settle(
    node: string,
    attempt: number,
    startedAt: number,
    error: unknown,
  ): { readonly delayMs: number; readonly error: unknown } | undefined {
    const { retryDelay, failFast = false, gate } = this.#options;
    const durationMs = this.#since(startedAt);
    const stopped = this.#stop.signal.aborted;
    if (stopped && isCancellation(error)) {
      this.#enter(node, { state: "cancelled", attempt, durationMs });
      return undefined;
    }
    gate?.failed(node, error);
    const closed = this.#noMoreStarts.signal.aborted || gate?.limit() === 0;
    const delayMs = closed ? undefined : retryDelay?.(node, attempt, error);
    if (delayMs !== undefined) {
      this.#enter(node, { state: "retrying", attempt, delayMs, error });
      return { delayMs, error };
    }
    this.#enter(node, { state: "failed", attempt, durationMs, error });
    if (stopped) return undefined;
    if (failFast) this.#failFast(node);
    else this.#skipBelow(node);
    if (gate?.limit() === 0) this.#refuseRest();
    return undefined;
  }

  #failFast(failed: string): void {
    this.#stopEverything(new CancelledError(`stopped because node '${failed}' failed`));
    this.#endUnstarted({ state: "skipped", because: failed });
  }

  #skipBelow(failed: string): void {
    const below = [failed];
    for (let at = below.pop(); at !== undefined; at = below.pop()) {
      const via = at === failed ? {} : { via: at };
      for (const dependant of this.#dependantsOf(at)) {
        if (this.#states.get(dependant) !== "pending") continue;
        this.#enter(dependant, { state: "skipped", because: failed, ...via });
        below.push(dependant);
      }
    }
  }

  /** The gate is shut: what runs goes on to its end, nothing else starts. */
  #refuseRest(): void {
    const refusal = this.#options.gate?.refusal();
    if (refusal === undefined || this.#noMoreStarts.signal.aborted) return;
    this.#noMoreStarts.abort(refusal.error);
    this.#endUnstarted({ state: "skipped", ...refusal });
  }

  #cancelAll(reason: Error): void {
    this.#guarded(() => {
      this.#stopEverything(reason);
      this.#endUnstarted({ state: "cancelled" });
    });
  }

  #endUnstarted(to: NodeTransition<R>): void {
    for (const turn of this.#ready.drain()) if (turn.attempt > 1) this.#giveUp(turn);
    for (const { name } of this.#options.nodes) {
      const state = this.#states.get(name);
      if (state === "pending" || state === "ready") this.#enter(name, to);
    }
  }

  /** Ends a node that waits for another attempt. */
  #giveUp({ node, attempt: next, startedAt = 0, error: cause }: Turn): void {
    const attempt = next - 1;
    const durationMs = this.#since(startedAt);
    if (this.#stop.signal.aborted) {
      this.#enter(node, { state: "cancelled", attempt, durationMs });
      return;
    }
    const { code, message, hint, details } = this.#noMoreStarts.signal.reason as SparkwrightError;
    const error = new SparkwrightError(code, message, { cause, hint, details });
    this.#enter(node, { state: "failed", attempt, durationMs, error });
    this.#skipBelow(node);
  }

  #stopEverything(reason: Error): void {
    this.#stop.abort(reason);
    this.#noMoreStarts.abort(reason);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#break(error);
    }
  }

  /** The observer failed: nothing may go on unobserved. */
  #break(error: unknown): void {
    this.#broken ??= { error };
    this.#stopEverything(new CancelledError("the run could not be recorded", { cause: error }));
  }

  #enter(node: string, to: NodeTransition<R>): void {
    if (this.#broken !== undefined) return;
    const from = this.#states.get(node);
    if (from === undefined) throw new SparkwrightError("RUN_STATE_ILLEGAL", `there is no node '${node}'`);
    this.#states.set(node, transition(node, from, to.state));
    try {
      this.#options.onTransition?.(node, to);
    } catch (error) {
      this.#break(error);
      throw error;
    }
  }

  #dependantsOf(node: string): string[] {
    let dependants = this.#dependants.get(node);
    if (dependants === undefined) {
      dependants = [];
      this.#dependants.set(node, dependants);
    }
    return dependants;
  }

  #since(startedAt: number): number {
    return Math.max(0, this.#clock.now() - startedAt);
  }
}
