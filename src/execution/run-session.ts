import { currentExecutionScope, outsideExecutionScope } from "../connect/execution-scope.ts";
import { unlessAborted } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { type SessionDefaults, sessionDefaults } from "./session-defaults.ts";

export interface RunSessionOptions {
  readonly open: () => Promise<SparkSession>;
  readonly clock: Clock;
  /** Told when a session takes the place of one that was lost. */
  readonly onRenewed: (session: SparkSession, lost: SparkSession) => void;
}

/** How long the end of a session that may be gone is waited for, milliseconds. */
const stopTimeoutMs = 5_000;

/**
 * The session of a run, which nobody changes: the engine asks in it, queries of SQL nodes share it, and that of every
 * other attempt begins as a copy of it. When it is lost there is one new one for all who ask.
 */
export class RunSession {
  readonly #options: RunSessionOptions;
  readonly #lost: SparkSession[] = [];
  readonly #defaults = new WeakMap<SparkSession, Promise<SessionDefaults>>();
  readonly #releases = new Set<Promise<void>>();
  #current: Promise<SparkSession> | undefined;

  constructor(options: RunSessionOptions) {
    this.#options = options;
  }

  /** The session, opened when there is none. Rejects as soon as `signal` aborts; others still get it. */
  async get(signal?: AbortSignal): Promise<SparkSession> {
    if (this.#current === undefined) {
      const opening = this.#open();
      this.#current = opening;
      opening.catch(() => {
        if (this.#current === opening) this.#current = undefined;
      });
    }
    return signal === undefined ? await this.#current : await unlessAborted(this.#current, signal);
  }

  /** How every copy of the session began. Asked once. */
  async defaults(session: SparkSession): Promise<SessionDefaults> {
    let asked = this.#defaults.get(session);
    if (asked === undefined) {
      // The answer is everybody's: the end of the attempt that asked first must not take it away.
      asked = outsideExecutionScope(() => sessionDefaults(session));
      this.#defaults.set(session, asked);
      asked.catch(() => this.#defaults.delete(session));
    }
    const { signal } = currentExecutionScope();
    return signal === undefined ? await asked : await unlessAborted(asked, signal);
  }

  /** The session is of no use any more; who asks next gets another. */
  async lose(session: SparkSession): Promise<void> {
    const current = this.#current;
    if (current === undefined || this.#lost.includes(session)) return;
    if ((await current.catch(() => undefined)) !== session || this.#current !== current) return;
    this.#current = undefined;
    this.#lost.push(session);
  }

  /** Ends the session of an attempt, without making anybody wait: `stop` does. */
  release(session: SparkSession, isLost: boolean): void {
    const released: Promise<void> = this.#end(session, !isLost).finally(() =>
      this.#releases.delete(released),
    );
    this.#releases.add(released);
  }

  /** Ends every session of the run, those of attempts first. Never rejects: the run has ended as it has. */
  async stop(): Promise<void> {
    await Promise.all(this.#releases);
    const current = await this.#current?.catch(() => undefined);
    const all = [...this.#lost, ...(current === undefined ? [] : [current])];
    await Promise.all(all.map((session) => this.#end(session, session === current)));
  }

  async #end(session: SparkSession, isAlive: boolean): Promise<void> {
    const over = new AbortController();
    const ended = session.stop().catch(() => {});
    const late = this.#options.clock.sleep(stopTimeoutMs, over.signal).catch(() => {});
    await (isAlive ? ended : Promise.race([ended, late]));
    over.abort();
  }

  async #open(): Promise<SparkSession> {
    const { open, onRenewed } = this.#options;
    const session = await open();
    const lost = this.#lost.at(-1);
    if (lost !== undefined) onRenewed(session, lost);
    return session;
  }
}
