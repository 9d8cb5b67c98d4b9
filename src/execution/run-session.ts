import { unlessAborted } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";

export interface RunSessionOptions {
  readonly open: () => Promise<SparkSession>;
  readonly clock: Clock;
  /** Told when a session takes the place of one that was lost. */
  readonly onRenewed: (session: SparkSession, lost: SparkSession) => void;
}

/** How long the end of a session that may be gone is waited for, milliseconds. */
const stopTimeoutMs = 5_000;

/** The one session of a run: when it is lost, one new one for all who ask, with the views that outlive their node. */
export class RunSession {
  readonly #options: RunSessionOptions;
  readonly #views = new Map<string, DataFrame>();
  readonly #lost: SparkSession[] = [];
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

  /** The session is of no use any more; who asks next gets another. */
  async lose(session: SparkSession): Promise<void> {
    const current = this.#current;
    if (current === undefined || this.#lost.includes(session)) return;
    if ((await current.catch(() => undefined)) !== session || this.#current !== current) return;
    this.#current = undefined;
    this.#lost.push(session);
  }

  /** Names the rows for SQL until the run ends, in a session that takes this one's place too. */
  async keepView(name: string, frame: DataFrame): Promise<void> {
    await frame.createOrReplaceTempView(name);
    this.#views.delete(name);
    this.#views.set(name, frame);
  }

  /** Ends every session of the run. Never rejects: the run has ended as it has. */
  async stop(): Promise<void> {
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
    if (lost === undefined) return session;
    // In the order in which they were made, since one may read another.
    for (const [name, frame] of this.#views) {
      await new DataFrame(session, frame.toPlan()).createOrReplaceTempView(name);
    }
    onRenewed(session, lost);
    return session;
  }
}
