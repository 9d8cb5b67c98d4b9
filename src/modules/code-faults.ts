import { AsyncLocalStorage } from "node:async_hooks";

export type FaultKind = "uncaughtException" | "unhandledRejection";
/** Returns whether the fault was its own. */
export type FaultHandler = (kind: FaultKind, thrown: unknown) => boolean;

const kinds = ["uncaughtException", "unhandledRejection"] as const;
const scopes = new AsyncLocalStorage<FaultHandler>();
const others = new Set<FaultHandler>();
let listening = 0;
let holders = 0;
let stopListening: (() => void) | undefined;

/**
 * Runs the work such that what its code, and whatever that starts, throws where nobody can catch it goes to `handler`,
 * as long as somebody listens; see {@link listenForFaults}.
 */
export function withFaultHandler<T>(handler: FaultHandler, work: () => T): T {
  return scopes.run(handler, work);
}

/** Lets `handler` have what is in no such scope, where the program has no listener of its own. Returns the function that ends this. */
export function handleOtherFaults(handler: FaultHandler): () => void {
  others.add(handler);
  return () => others.delete(handler);
}

/** Gives faults to those whose they are, and what is nobody's to `otherwise`. Returns the function that ends this. */
export function listenForFaults(otherwise: (thrown: unknown) => void): () => void {
  const stops = kinds.map((kind) => {
    const listener = (thrown: unknown): void => {
      if (!claim(kind, thrown)) otherwise(thrown);
    };
    process.on(kind, listener);
    return () => process.off(kind, listener);
  });
  listening += 1;
  return () => {
    listening -= 1;
    for (const stop of stops) stop();
  };
}

/** Listens while nobody else of ours does: for runs that are started from code. Node's default stays for the rest. */
export function listenMeanwhile(): () => void {
  if (stopListening === undefined && listening > 0) return () => {};
  holders += 1;
  stopListening ??= listenForFaults((thrown) => {
    if (kinds.every((kind) => process.listenerCount(kind) === 1)) throw thrown;
  });
  return () => {
    holders -= 1;
    if (holders > 0) return;
    stopListening?.();
    stopListening = undefined;
  };
}

/** Node gives a fault to its listeners in the asynchronous context in which it was thrown. */
function claim(kind: FaultKind, thrown: unknown): boolean {
  if (scopes.getStore()?.(kind, thrown)) return true;
  return process.listenerCount(kind) === 1 && [...others].some((handler) => handler(kind, thrown));
}
