import { Semaphore } from "async-mutex";
import { abortReason } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";
import type { NodeState } from "../state/node-state.ts";
import { transition } from "../state/node-state.ts";
import { runAttempt } from "./attempt.ts";
import { isCancellation } from "./classify-failure.ts";

export interface ScheduledNode {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

export interface ScheduleOptions<R> {
  /** In topological order. Of two nodes that wait for a place, the earlier one gets it. */
  readonly nodes: readonly ScheduledNode[];
  /** How many nodes run at once. */
  readonly maxParallel: number;
  /** One attempt of a node. It must end soon after `signal` aborts. */
  readonly execute: (node: string, attempt: number, signal: AbortSignal) => Promise<R>;
  /** Whether the first failure stops everything. @default false */
  readonly failFast?: boolean;
  /** Milliseconds until the next attempt after `attempt` failed, or `undefined` when there is none. */
  readonly retryDelay?: (node: string, attempt: number, error: unknown) => number | undefined;
  /** The limit of one attempt, milliseconds. */
  readonly timeoutMs?: (node: string) => number | undefined;
  /** Told of every transition before it has consequences; what it throws stops the schedule. */
  readonly onTransition?: (node: string, to: NodeTransition<R>) => void;
  /** How long work that was told to stop may take to do so, milliseconds. @default 15000 */
  readonly graceMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock;
}

/** `durationMs` counts from the first start of the node. */
export type NodeTransition<R> =
  | { readonly state: "ready" }
  | { readonly state: "running"; readonly attempt: number }
  | {
      readonly state: "retrying";
      readonly attempt: number;
      readonly delayMs: number;
      readonly error: unknown;
    }
  | { readonly state: "success"; readonly attempt: number; readonly durationMs: number; readonly result: R }
  | {
      readonly state: "failed";
      readonly attempt: number;
      readonly durationMs: number;
      readonly error: unknown;
    }
  | { readonly state: "skipped"; readonly because: string }
  | { readonly state: "cancelled"; readonly attempt?: number; readonly durationMs?: number };

/**
 * Runs a graph of nodes: each starts the moment everything it depends on has succeeded and a place is free.
 * Resolves when every node has ended, to the state each has ended in.
 *
 * Rejects only with what `onTransition` threw, and not before the running nodes have ended.
 */
export async function schedule<R>(options: ScheduleOptions<R>): Promise<ReadonlyMap<string, NodeState>> {
  return await new Scheduler(options).run();
}

class Scheduler<R> {
  readonly #options: ScheduleOptions<R>;
  readonly #clock: Clock;
  readonly #places: Semaphore;
  readonly #states = new Map<string, NodeState>();
  readonly #dependants = new Map<string, string[]>();
  readonly #waitingFor = new Map<string, number>();
  readonly #priority = new Map<string, number>();
  readonly #stop = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  #active = 0;
  #broken: { readonly error: unknown } | undefined;

  constructor(options: ScheduleOptions<R>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#places = new Semaphore(options.maxParallel);
    for (const [index, { name, dependsOn }] of options.nodes.entries()) {
      const needs = new Set(dependsOn);
      this.#states.set(name, "pending");
      this.#waitingFor.set(name, needs.size);
      this.#priority.set(name, -index);
      for (const need of needs) this.#dependantsOf(need).push(name);
    }
  }

  async run(): Promise<ReadonlyMap<string, NodeState>> {
    const { signal, nodes } = this.#options;
    const cancel = () => this.#cancelAll(abortReason(signal as AbortSignal));
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      if (signal?.aborted) cancel();
      for (const { name } of nodes) if (this.#waitingFor.get(name) === 0) this.#start(name);
      if (this.#active > 0) await this.#ended.promise;
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
    if (this.#broken !== undefined) throw this.#broken.error;
    return this.#states;
  }

  #start(node: string): void {
    if (this.#states.get(node) !== "pending" || this.#stop.signal.aborted) return;
    this.#active += 1;
    this.#runNode(node)
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#active -= 1;
        if (this.#active === 0) this.#ended.resolve();
      });
  }

  async #runNode(node: string): Promise<void> {
    this.#enter(node, { state: "ready" });
    let startedAt: number | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const release = await this.#place(node, startedAt, attempt);
      if (release === undefined) return;
      let delayMs: number | undefined;
      try {
        startedAt ??= this.#clock.now();
        delayMs = await this.#attempt(node, attempt, startedAt);
      } finally {
        // After the dependants were made ready, so that the most urgent of all waiting nodes gets the place.
        release();
      }
      if (delayMs === undefined) return;
      try {
        await this.#clock.sleep(delayMs, this.#stop.signal);
      } catch {
        this.#enter(node, { state: "cancelled", attempt, durationMs: this.#since(startedAt) });
        return;
      }
    }
  }

  /** A free place, or `undefined` when the schedule was stopped before there was one. */
  async #place(
    node: string,
    startedAt: number | undefined,
    attempt: number,
  ): Promise<(() => void) | undefined> {
    let release: (() => void) | undefined;
    try {
      [, release] = await this.#places.acquire(1, this.#priority.get(node) ?? 0);
    } catch {
      // The semaphore was cancelled.
    }
    if (release !== undefined && !this.#stop.signal.aborted) return release;
    release?.();
    if (startedAt !== undefined) {
      this.#enter(node, { state: "cancelled", attempt: attempt - 1, durationMs: this.#since(startedAt) });
    }
    return undefined;
  }

  /** Runs the node once; returns how long to wait for the next attempt, if there is to be one. */
  async #attempt(node: string, attempt: number, startedAt: number): Promise<number | undefined> {
    const { execute, timeoutMs, graceMs = 15_000 } = this.#options;
    this.#enter(node, { state: "running", attempt });
    let result: R;
    try {
      result = await runAttempt((signal) => execute(node, attempt, signal), {
        node,
        timeoutMs: timeoutMs?.(node),
        graceMs,
        signal: this.#stop.signal,
        clock: this.#clock,
      });
    } catch (error) {
      return this.#settle(node, attempt, startedAt, error);
    }
    this.#succeed(node, { state: "success", attempt, durationMs: this.#since(startedAt), result });
    return undefined;
  }

  #settle(node: string, attempt: number, startedAt: number, error: unknown): number | undefined {
    const { retryDelay, failFast = false } = this.#options;
    const durationMs = this.#since(startedAt);
    const stopped = this.#stop.signal.aborted;
    if (stopped && isCancellation(error)) {
      this.#enter(node, { state: "cancelled", attempt, durationMs });
      return undefined;
    }
    const delayMs = stopped ? undefined : retryDelay?.(node, attempt, error);
    if (delayMs !== undefined) {
      this.#enter(node, { state: "retrying", attempt, delayMs, error });
      return delayMs;
    }
    this.#enter(node, { state: "failed", attempt, durationMs, error });
    if (!stopped) this.#skipBecauseOf(node, failFast);
    return undefined;
  }

  #succeed(node: string, success: NodeTransition<R> & { readonly state: "success" }): void {
    this.#enter(node, success);
    for (const dependant of this.#dependantsOf(node)) {
      const left = (this.#waitingFor.get(dependant) ?? 0) - 1;
      this.#waitingFor.set(dependant, left);
      if (left === 0) this.#start(dependant);
    }
  }

  #skipBecauseOf(failed: string, failFast: boolean): void {
    if (failFast) {
      this.#stopEverything(new CancelledError(`stopped because node '${failed}' failed`));
      this.#endUnstarted({ state: "skipped", because: failed });
      return;
    }
    const below = [failed];
    for (let at = below.pop(); at !== undefined; at = below.pop()) {
      for (const dependant of this.#dependantsOf(at)) {
        if (this.#states.get(dependant) !== "pending") continue;
        this.#enter(dependant, { state: "skipped", because: failed });
        below.push(dependant);
      }
    }
  }

  #cancelAll(reason: Error): void {
    this.#stopEverything(reason);
    try {
      this.#endUnstarted({ state: "cancelled" });
    } catch (error) {
      this.#break(error);
    }
  }

  #endUnstarted(to: NodeTransition<R>): void {
    for (const { name } of this.#options.nodes) {
      const state = this.#states.get(name);
      if (state === "pending" || state === "ready") this.#enter(name, to);
    }
  }

  #stopEverything(reason: Error): void {
    this.#stop.abort(reason);
    this.#places.cancel();
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
