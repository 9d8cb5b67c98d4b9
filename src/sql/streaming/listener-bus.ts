import { create } from "@bufbuild/protobuf";
import { PlanSchema } from "../../../gen/spark/connect/base_pb.ts";
import type { StreamingQueryListenerEventsResult } from "../../../gen/spark/connect/commands_pb.ts";
import type { ConnectClient } from "../../connect/connect-client.ts";
import { SessionClosedError } from "../../connect/errors.ts";
import { outsideExecutionScope } from "../../connect/execution-scope.ts";
import { SparkwrightError } from "../../core/error.ts";
import { keepAlive } from "./keep-alive.ts";
import { type QueryEvent, queryEvent } from "./query-events.ts";
import type { StreamingQueryListener } from "./streaming-query-listener.ts";

const methods = ["onQueryStarted", "onQueryProgress", "onQueryIdle", "onQueryTerminated"] as const;
/** How long closing waits for the events that are still under way, ms. */
const closeTimeoutMs = 2_000;
const maxFruitless = 5;

const buses = new WeakMap<ConnectClient, ListenerBus>();

/** The bus of a session; it asks the server for nothing before it has a listener. */
export function listenerBus(client: ConnectClient): ListenerBus {
  let bus = buses.get(client);
  if (bus === undefined) {
    bus = new ListenerBus(client);
    buses.set(client, bus);
  }
  return bus;
}

/** Removes all listeners of a session; gives up on what the server still has to tell after 2 s. */
export async function closeListenerBus(client: ConnectClient): Promise<void> {
  await buses.get(client)?.close();
}

/** The stream of events of one registration at the server. */
interface Subscription {
  readonly abort: AbortController;
  /** Resolves when the last event was told, for whatever reason it was the last. */
  readonly ended: Promise<void>;
}

/**
 * Hands the events of a session's queries to its listeners. The server sends them as the responses of one command that
 * runs for as long as there is a listener, over as many streams as that takes.
 */
class ListenerBus {
  readonly #client: ConnectClient;
  readonly #listeners = new Set<StreamingQueryListener>();
  readonly #reported = new WeakSet<StreamingQueryListener>();
  #subscription: Subscription | undefined;
  #unsubscribing = false;
  /** How often in a row the stream was begun anew and brought nothing. */
  #fruitless = 0;
  /** Adding and removing happen one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(client: ConnectClient) {
    this.#client = client;
  }

  async add(listener: StreamingQueryListener): Promise<void> {
    checkListener(listener);
    await this.#inTurn(async () => {
      this.#listeners.add(listener);
      this.#fruitless = 0;
      try {
        this.#subscription ??= await keepAlive(outsideExecutionScope(() => this.#subscribe()));
      } catch (error) {
        this.#listeners.delete(listener);
        throw error;
      }
    });
  }

  async remove(listener: StreamingQueryListener): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.#listeners.has(listener)) return;
      // The last one hears what the server had sent already.
      if (this.#listeners.size === 1) await this.#unsubscribe();
      this.#listeners.delete(listener);
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      const subscription = this.#subscription;
      if (subscription === undefined) return this.#listeners.clear();
      const { promise: timeout, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, closeTimeoutMs);
      await Promise.race([this.#unsubscribe().catch(() => {}), timeout]);
      clearTimeout(timer);
      subscription.abort.abort();
      this.#subscription = undefined;
      this.#listeners.clear();
    });
  }

  /** Tells all listeners; never throws. */
  post({ method, event }: QueryEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        const told: unknown = listener[method]?.(event as never);
        if (told instanceof Promise) told.catch((error: unknown) => this.#report(listener, method, error));
      } catch (error) {
        this.#report(listener, method, error);
      }
    }
  }

  /** Registers at the server; returns when it has confirmed. Thrown when it does not: `SPARK_STREAMING_LISTENER`. */
  async #subscribe(): Promise<Subscription> {
    const abort = new AbortController();
    const responses = this.#events(true, abort.signal);
    for (;;) {
      const { value, done } = await responses.next();
      if (done === true) throw noEvents();
      this.#tell(value);
      if (value.listenerBusListenerAdded === true) break;
    }
    return { abort, ended: this.#listen(responses, abort.signal) };
  }

  /** Tells every event until there are no more; never rejects. */
  async #listen(
    responses: AsyncIterator<StreamingQueryListenerEventsResult>,
    signal: AbortSignal,
  ): Promise<void> {
    let failure: unknown = new Error("the server ended it");
    try {
      for (;;) {
        const { value, done } = await responses.next();
        if (done === true) break;
        if (value.events.length > 0) this.#fruitless = 0;
        this.#tell(value);
      }
    } catch (error) {
      failure = error;
    }
    if (this.#unsubscribing || signal.aborted) return;
    this.#subscription = undefined;
    void this.#inTurn(() => this.#resubscribe(failure));
  }

  /** The stream ended unasked: it was interrupted, or the server was out of reach for minutes and forgot it. */
  async #resubscribe(failure: unknown): Promise<void> {
    if (this.#listeners.size === 0 || this.#subscription !== undefined) return;
    try {
      if (failure instanceof SessionClosedError || this.#fruitless >= maxFruitless) throw failure;
      this.#fruitless++;
      this.#subscription = await this.#subscribe();
      this.#client.warn("events of streaming queries may have been missed: their stream broke", failure);
    } catch (error) {
      this.#listeners.clear();
      this.#client.warn("the events of streaming queries ended; all listeners were removed", error);
    }
  }

  /** Has the server stop, and waits for what it sent before. */
  async #unsubscribe(): Promise<void> {
    const subscription = this.#subscription;
    if (subscription === undefined) return;
    this.#unsubscribing = true;
    try {
      for await (const _ of this.#events(false)) {
        // The answer says nothing.
      }
      await keepAlive(subscription.ended);
      this.#subscription = undefined;
    } finally {
      this.#unsubscribing = false;
    }
  }

  async *#events(
    add: boolean,
    signal?: AbortSignal,
  ): AsyncGenerator<StreamingQueryListenerEventsResult, void, undefined> {
    const commandType = {
      case: "streamingQueryListenerBusCommand",
      value: {
        command: { case: add ? "addListenerBusListener" : "removeListenerBusListener", value: true },
      },
    } as const;
    const plan = create(PlanSchema, { opType: { case: "command", value: { commandType } } });
    const responses = this.#client.execute(plan, { signal, unref: add });
    for await (const { responseType } of responses) {
      if (responseType.case === "streamingQueryListenerEventsResult") yield responseType.value;
    }
  }

  #tell({ events }: StreamingQueryListenerEventsResult): void {
    for (const message of events) {
      try {
        const event = queryEvent(message);
        if (event !== undefined) this.post(event);
      } catch (error) {
        this.#client.warn("an event of a streaming query could not be read, and was left out", error);
      }
    }
  }

  #report(listener: StreamingQueryListener, method: string, error: unknown): void {
    if (this.#reported.has(listener)) return;
    this.#reported.add(listener);
    this.#client.warn(`${method} of a streaming query listener failed; it is not reported again`, error);
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    await turn;
  }
}

function checkListener(listener: StreamingQueryListener): void {
  if (methods.some((method) => typeof listener?.[method] === "function")) return;
  throw new SparkwrightError("USAGE_LISTENER", "addListener() was given nothing that listens", {
    hint: `Pass an object with some of the methods ${methods.join(", ")}.`,
  });
}

function noEvents(): SparkwrightError {
  return new SparkwrightError(
    "SPARK_STREAMING_LISTENER",
    "the server sends no events of streaming queries to this client",
    {
      hint:
        "Only one client of a session can listen: give each client a session of its own. " +
        "Otherwise check that the server is of version 4.0 or later.",
    },
  );
}
