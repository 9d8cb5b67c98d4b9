import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import { SparkwrightError } from "../core/error.ts";
import { ownPid } from "../core/own-process.ts";

type AnyFunction = (...args: unknown[]) => unknown;
type Failure = (call: string) => Error;

/** What ends the process at once, whoever else works in it. */
const endings = ["exit", "reallyExit", "abort", "execve"] as const;
/** What does so when it is aimed at this process or its whole group, with a signal other than the harmless 0. */
const signals = ["kill", "_kill"] as const;

const { apply } = Reflect;
const reallyExit = Reflect.get(process, "reallyExit") as (code: number) => never;
const scopes = new AsyncLocalStorage<Failure>();
const running = new Set<Failure>();
let installed = false;
let sealed = false;

/**
 * Runs the work such that code in it, and what that code starts, cannot end the process: `process.exit()` throws there,
 * and the returned promise rejects even when that is caught. The rest of the process can exit as ever.
 *
 * Thrown when the process was to be ended: what `failure` makes of the call, such as `process.exit(1)`.
 */
export async function guardExit<T>(work: () => Promise<T>, failure: (call: string) => Error): Promise<T> {
  install();
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const fail: Failure = (call) => {
    const error = failure(call);
    reject(error);
    return error;
  };
  running.add(fail);
  try {
    return await Promise.race([promise, scopes.run(fail, work)]);
  } finally {
    running.delete(fail);
  }
}

/** From here on nobody ends this process but {@link endProcess}: for a program that is ours alone. */
export function sealExit(): void {
  install();
  sealed = true;
}

/**
 * Ends the process with this code, whatever code has made of `process.exit` and `process.exitCode`. Listeners of `exit`
 * run, and change nothing of it.
 */
export function endProcess(code: number): never {
  try {
    process.emit("exit", code);
  } catch {
    // A listener that fails has no say in how the program ended.
  }
  return apply(reallyExit, process, [code]) as never;
}

function install(): void {
  if (installed) return;
  installed = true;
  for (const name of endings) guard(name, (args) => args);
  for (const name of signals) guard(name, ([pid, ...rest]) => [aimOf(pid), ...rest]);
  syncBuiltinESMExports();
}

function guard(name: (typeof endings | typeof signals)[number], plain: (args: unknown[]) => unknown[]): void {
  const original: unknown = Reflect.get(process, name);
  if (typeof original !== "function") return;
  const isSignal = signals.some((signal) => signal === name);
  const guarded: AnyFunction = (...given) => {
    const args = plain(given);
    if (!isSignal || isSuicide(args)) refuse(`process.${name}(${shown(args)})`);
    return apply(original as AnyFunction, process, args);
  };
  const descriptor = Object.getOwnPropertyDescriptor(process, name);
  Object.defineProperty(process, name, { ...descriptor, value: guarded });
}

/** Thrown when the call comes from guarded work, or from anywhere in a program that only we end. */
function refuse(call: string): void {
  const own = scopes.getStore();
  if (own !== undefined) throw own(call);
  if (!sealed) return;
  // Nobody knows whose it is, as of a finalizer or a listener: all work under way has failed.
  const failures = [...running].map((fail) => fail(call));
  throw (
    failures[0] ??
    new SparkwrightError("NODE_ENDED_PROCESS", `code called ${call}`, {
      hint: "Throw an error instead; only sparkwright ends the process.",
      details: { call },
    })
  );
}

/** Read once: what is asked again may answer otherwise. */
function aimOf(pid: unknown): unknown {
  return typeof pid === "number" ? pid : Number(pid);
}

function isSuicide([target, signal]: readonly unknown[]): boolean {
  const pid = Number(target);
  return signal !== 0 && (pid === 0 || pid === -1 || Math.abs(pid) === ownPid);
}

function shown([first]: readonly unknown[]): string {
  return ["number", "string"].includes(typeof first) ? JSON.stringify(first) : "";
}
