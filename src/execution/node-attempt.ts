import { NodeResources } from "../commands/node-resources.ts";
import type { KeptOnServer } from "../connect/execution-scope.ts";
import type { Clock } from "../core/clock.ts";
import type { SparkSession } from "../sql/spark-session.ts";

export interface CloseOptions {
  readonly clock: Clock;
  readonly warn: (message: string) => void;
}

/** How long an operation that was told to stop is waited for: its own confirmation takes up to 5 s. Milliseconds. */
const operationsTimeoutMs = 6_000;
/** How long the release of one resource may take, milliseconds. */
const releaseTimeoutMs = 5_000;

/** What one attempt of a node has on the server and holds open. */
export class NodeAttempt {
  readonly resources: NodeResources = new NodeResources();
  /** The session of the run. */
  readonly base: SparkSession;
  /** Whether the code of the node runs, as opposed to the engine's. */
  inCode = false;
  /** Whether the session is gone. */
  isLost = false;
  /** What reads from the session beside the attempt. */
  readonly readers: Promise<unknown>[] = [];
  readonly #shared: boolean;
  #own: SparkSession | undefined;
  readonly #operations = new Set<string>();
  readonly #kept = new Set<unknown>();
  #whenIdle: (() => void) | undefined;

  /** With `shared`, it changes nothing in its session, so that of the run will do. */
  constructor(base: SparkSession, shared: boolean) {
    this.base = base;
    this.#shared = shared;
  }

  /** The session of the attempt; its own is made when it is first asked for, and opened when it is first used. */
  get session(): SparkSession {
    if (this.#shared) return this.base;
    this.#own ??= this.base.lazyClone();
    return this.#own;
  }

  /** The session of its own, if it has one by now. */
  get ownSession(): SparkSession | undefined {
    return this.#own;
  }

  submitted(operationId: string): void {
    this.#operations.add(operationId);
  }

  ended(operationId: string): void {
    this.#operations.delete(operationId);
    if (this.#operations.size === 0) this.#whenIdle?.();
  }

  keep(kept: KeptOnServer): void {
    this.#kept.add(kept.key);
    this.resources.add(kept);
  }

  giveUp(key: unknown): void {
    this.#kept.delete(key);
    this.resources.remove(key);
  }

  /** The session is gone, and what was kept in it. */
  forgetKept(): void {
    for (const key of this.#kept) this.giveUp(key);
  }

  /** Waits for operations that were told to stop, then releases everything; `undefined` when there is nothing to do. */
  close(options: CloseOptions): Promise<void> | undefined {
    if (this.#operations.size === 0 && this.resources.isEmpty && this.readers.length === 0) return undefined;
    return this.#close(options);
  }

  async #close({ clock, warn }: CloseOptions): Promise<void> {
    const left = this.#operations.size;
    if (left > 0) {
      warn(
        `${left} Spark operation${left === 1 ? "" : "s"} still ran when the attempt ended and had to be stopped`,
      );
      await this.#idle(clock);
    }
    await this.resources.release({ timeoutMs: releaseTimeoutMs, clock, onFailure: warn });
    await Promise.allSettled(this.readers);
  }

  async #idle(clock: Clock): Promise<void> {
    const over = new AbortController();
    const idle = new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
    await Promise.race([idle, clock.sleep(operationsTimeoutMs, over.signal).catch(() => {})]);
    over.abort();
  }
}
