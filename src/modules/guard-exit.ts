import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import { callingCode } from "./calling-code.ts";

type AnyFunction = (...args: unknown[]) => unknown;

interface ExitScope {
  readonly fail: (call: string) => Error;
}

/** What ends the process at once, whoever else works in it. */
const endings = ["exit", "reallyExit", "abort", "execve"] as const;
/** What does so when it is aimed at this process or its whole group, with a signal other than the harmless 0. */
const signals = ["kill", "_kill"] as const;
const commandLine: string = new URL("../cli/", import.meta.url).href;
const scopes = new AsyncLocalStorage<ExitScope>();
let installed = false;

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
  const fail = (call: string): Error => {
    const error = failure(call);
    reject(error);
    return error;
  };
  return await Promise.race([promise, scopes.run({ fail }, work)]);
}

function install(): void {
  if (installed) return;
  installed = true;
  for (const name of [...endings, ...signals]) {
    const original: unknown = Reflect.get(process, name);
    if (typeof original !== "function") continue;
    const guarded: AnyFunction = (...args) => {
      const scope = scopes.getStore();
      const ends = !signals.some((signal) => signal === name) || isSuicide(args);
      if (scope !== undefined && ends && !isCommandLine())
        throw scope.fail(`process.${name}(${shown(args)})`);
      return Reflect.apply(original as AnyFunction, process, args);
    };
    const descriptor = Object.getOwnPropertyDescriptor(process, name);
    Object.defineProperty(process, name, { ...descriptor, value: guarded });
  }
  syncBuiltinESMExports();
}

function isSuicide([target, signal]: readonly unknown[]): boolean {
  const pid = Number(target);
  return signal !== 0 && (pid === 0 || Math.abs(pid) === process.pid);
}

function shown([first]: readonly unknown[]): string {
  return ["number", "string"].includes(typeof first) ? JSON.stringify(first) : "";
}

/** The command line ends the process for an uncaught error, which comes in the scope of the work that threw it. */
function isCommandLine(): boolean {
  return callingCode((url) => url !== import.meta.url)?.scriptName.startsWith(commandLine) ?? false;
}
