import { AsyncLocalStorage } from "node:async_hooks";
import type { ConnectClientOptions } from "../connect/client-options.ts";
import type { DatabricksOptions } from "../connect/databricks-settings.ts";
import type { OptionValue } from "./option-value.ts";
import type { SparkSession } from "./spark-session.ts";

/** The session that `getOrCreate` made last for the same options. */
const sessions: Map<string, SparkSession> = new Map();
let latest: SparkSession | undefined;
/** Gives the session that code deep below is to find, instead of one that others use too. */
const active: AsyncLocalStorage<() => SparkSession> = new AsyncLocalStorage();

/** Runs `run` so that the active session is this one for all its code, also after awaits. */
export function withActiveSession<T>(session: () => SparkSession, run: () => T): T {
  return active.run(session, run);
}

/**
 * Settings for a session, then the session.
 *
 * @example await SparkSession.builder().remote("sc://host:15002").config("spark.sql.ansi.enabled", true).getOrCreate()
 */
export class SparkSessionBuilder {
  readonly #create: (options: ConnectClientOptions) => SparkSession;
  readonly #options: ConnectClientOptions;
  readonly #settings: Readonly<Record<string, OptionValue>>;

  /** Made by `SparkSession.builder()`. */
  constructor(
    create: (options: ConnectClientOptions) => SparkSession,
    options: ConnectClientOptions = {},
    settings: Readonly<Record<string, OptionValue>> = {},
  ) {
    this.#create = create;
    this.#options = options;
    this.#settings = settings;
  }

  /** The connection string, `sc://host:port/;key=value`. @default SPARK_REMOTE, else sc://localhost:15002 */
  remote(remote: string): SparkSessionBuilder {
    return this.options({ remote });
  }

  /** A workspace of Databricks; what is left out comes from its profiles and environment variables. */
  databricks(options: DatabricksOptions = {}): SparkSessionBuilder {
    return this.options({ databricks: options });
  }

  /** A name for the session, `spark.app.name`. */
  appName(name: string): SparkSessionBuilder {
    return this.config("spark.app.name", name);
  }

  /** A bearer token, or a function that is asked for one before every call. */
  token(token: string | (() => string | Promise<string>)): SparkSessionBuilder {
    return this.options({ token });
  }

  /** A setting of the session on the server, or several with an object. */
  config(key: string, value: OptionValue): SparkSessionBuilder;
  config(settings: Readonly<Record<string, OptionValue>>): SparkSessionBuilder;
  config(first: string | Readonly<Record<string, OptionValue>>, value?: OptionValue): SparkSessionBuilder {
    const added = typeof first === "string" ? { [first]: value as OptionValue } : first;
    return new SparkSessionBuilder(this.#create, this.#options, { ...this.#settings, ...added });
  }

  /** Any other option of the connection. */
  options(options: ConnectClientOptions): SparkSessionBuilder {
    return new SparkSessionBuilder(this.#create, { ...this.#options, ...options }, this.#settings);
  }

  /** A session of its own. Asks the server only when there are settings. */
  async create(): Promise<SparkSession> {
    const session = this.#create(this.#options);
    await this.#configure(session);
    if (active.getStore() === undefined) latest = session;
    return session;
  }

  /** The session of the node whose code this is, else the one that was made last; unless it is stopped. */
  static latest(): SparkSession | undefined {
    const session = active.getStore()?.() ?? latest;
    return session?.isStopped === false ? session : undefined;
  }

  /**
   * The session that was made before with the same options and is not stopped, with these settings; else a new one.
   * Without options it is, in the code of a pipeline's node, the session of that node.
   */
  async getOrCreate(): Promise<SparkSession> {
    const own = Object.keys(this.#options).length === 0 ? active.getStore()?.() : undefined;
    if (own !== undefined) {
      await this.#configure(own);
      return own;
    }
    const { remote, databricks, sessionId, userId } = this.#options;
    const key = JSON.stringify([remote, databricks, sessionId, userId]);
    const known = sessions.get(key);
    const session = known === undefined || known.isStopped ? this.#create(this.#options) : known;
    sessions.set(key, session);
    await this.#configure(session);
    if (active.getStore() === undefined) latest = session;
    return session;
  }

  async #configure(session: SparkSession): Promise<void> {
    if (Object.keys(this.#settings).length > 0) await session.conf.set(this.#settings);
  }
}
