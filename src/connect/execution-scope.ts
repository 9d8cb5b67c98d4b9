import { AsyncLocalStorage } from "node:async_hooks";
import { anySignal } from "../core/abort.ts";
import { SparkwrightError } from "../core/error.ts";
import type { ExecutionProgress } from "./execution-progress.ts";

/** An operation as another process needs it to find it again. */
export interface SubmittedOperation {
  readonly endpoint: string;
  readonly userId: string;
  readonly sessionId: string;
  /** Unknown until the server has answered once. */
  readonly serverSideSessionId?: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  /** What the operation writes, where it changes stored data. */
  readonly dataset?: string;
}

export type OperationOutcome = "completed" | "failed" | "cancelled";

/** What applies to everything that is executed inside a {@link withExecutionScope}. */
export interface ExecutionScope {
  readonly tags?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The dataset that everything in the scope writes. */
  readonly dataset?: string | undefined;
  /** Awaited before the plan is sent; a throw stops the submit. */
  onSubmit?(operation: SubmittedOperation): void | Promise<void>;
  /** Called about every 2 s while it runs. */
  onProgress?(progress: ExecutionProgress, operation: SubmittedOperation): void;
  /** Called once after every `onSubmit` that let the plan go out, and after every reattached operation. */
  onEnd?(operation: SubmittedOperation, outcome: OperationOutcome): void;
  /** Called when something now stays on the server until it is given up. */
  onKept?(kept: KeptOnServer): void;
  /** Called when what has this key was given up. */
  onGivenUp?(key: unknown): void;
  /** Called before a view is made that every session of the server will see; a throw stops that. */
  onGlobalView?(name: string): void;
}

/** A cached DataFrame or a checkpoint. */
export interface KeptOnServer {
  /** The same for the same thing. */
  readonly key: unknown;
  /** For messages. */
  readonly name: string;
  /** Gives it up; does no harm when that was done before. */
  readonly release: () => Promise<unknown>;
}

/** One {@link withExecutionScope} that runs, and the one around it. */
export interface ScopeFrame {
  readonly scope: ExecutionScope;
  readonly outer: ScopeFrame | undefined;
}

const current = new AsyncLocalStorage<ScopeFrame>();

/**
 * Runs `run` so that everything executed in it, also by code deep below and after awaits, has the scope's tags,
 * signal and observers. Nested scopes add up; concurrent ones do not see each other.
 *
 * Thrown when a tag is empty or has a comma: `CONNECT_INVALID_TAG`.
 */
export function withExecutionScope<T>(scope: ExecutionScope, run: () => T): T {
  checkTags(scope.tags ?? []);
  const outer = current.getStore();
  return current.run({ scope: mergeScopes(outer?.scope, scope), outer }, run);
}

/** Runs `run` in no scope, for what lives longer than the scope in which it was asked for. */
export function outsideExecutionScope<T>(run: () => T): T {
  return current.run({ scope: {}, outer: undefined }, run);
}

export function currentExecutionScope(): ExecutionScope {
  return current.getStore()?.scope ?? {};
}

export function currentScopeFrame(): ScopeFrame | undefined {
  return current.getStore();
}

/** Thrown when a tag is empty or has a comma, which the server refuses: `CONNECT_INVALID_TAG`. */
export function checkTags(tags: readonly string[]): void {
  for (const tag of tags) {
    if (typeof tag === "string" && tag !== "" && !tag.includes(",")) continue;
    throw new SparkwrightError(
      "CONNECT_INVALID_TAG",
      typeof tag !== "string"
        ? "An operation tag is no text."
        : tag === ""
          ? "An operation tag is empty."
          : `The operation tag "${tag}" contains a comma.`,
      { hint: "Tags are non-empty and have no comma." },
    );
  }
}

export function mergeTags(...lists: readonly (readonly string[] | undefined)[]): readonly string[] {
  return [...new Set(lists.flatMap((tags) => tags ?? []))];
}

/** The scope in which both apply. */
export function mergeScopes(outer: ExecutionScope | undefined, inner: ExecutionScope): ExecutionScope {
  if (outer === undefined) return inner;
  return {
    tags: mergeTags(outer.tags, inner.tags),
    signal: anySignal(outer.signal, inner.signal),
    dataset: inner.dataset ?? outer.dataset,
    onSubmit: async (operation) => {
      await outer.onSubmit?.(operation);
      await inner.onSubmit?.(operation);
    },
    onProgress: (progress, operation) => {
      outer.onProgress?.(progress, operation);
      inner.onProgress?.(progress, operation);
    },
    onEnd: (operation, outcome) => {
      inner.onEnd?.(operation, outcome);
      outer.onEnd?.(operation, outcome);
    },
    onKept: (kept) => {
      outer.onKept?.(kept);
      inner.onKept?.(kept);
    },
    onGivenUp: (key) => {
      outer.onGivenUp?.(key);
      inner.onGivenUp?.(key);
    },
    onGlobalView: (name) => {
      outer.onGlobalView?.(name);
      inner.onGlobalView?.(name);
    },
  };
}
