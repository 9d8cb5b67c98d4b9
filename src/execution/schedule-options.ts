import type { Clock } from "../core/clock.ts";
import type { SparkwrightError } from "../core/error.ts";

export interface ScheduledNode {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

export interface ScheduleOptions<R> {
  /** In topological order. */
  readonly nodes: readonly ScheduledNode[];
  /** How many nodes run at once. */
  readonly maxParallel: number;
  /** Of the nodes that wait for a place, the one with the greatest priority gets it. @default the earlier in `nodes` */
  readonly priorities?: ReadonlyMap<string, number>;
  /** One attempt of a node. It must end soon after `signal` aborts. */
  readonly execute: (node: string, attempt: number, signal: AbortSignal) => Promise<R>;
  /** Awaited after every attempt, however it ended, before anybody is told of its end. Must not throw. */
  readonly cleanUp?: (node: string, attempt: number) => Promise<void> | undefined;
  /** Whether the first failure stops everything. @default false */
  readonly failFast?: boolean;
  /** What else decides about starts. */
  readonly gate?: StartGate | undefined;
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

/** Asked before every start and told how attempts end, cancelled ones excepted. */
export interface StartGate {
  /** How many nodes may run at once at the moment. 0: none starts any more, in this schedule. */
  limit(): number;
  succeeded(node: string): void;
  failed(node: string, error: unknown): void;
  /** Why the limit is 0, and the node to blame. */
  refusal(): { readonly because: string; readonly error: SparkwrightError };
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
  | SkippedTransition
  | { readonly state: "cancelled"; readonly attempt?: number; readonly durationMs?: number };

export interface SkippedTransition {
  readonly state: "skipped";
  /** The node whose failure is the reason. */
  readonly because: string;
  /** The skipped dependency through which that failure came; absent when the failed node is a dependency itself. */
  readonly via?: string;
  /** Why nothing may start any more. */
  readonly error?: SparkwrightError;
}
