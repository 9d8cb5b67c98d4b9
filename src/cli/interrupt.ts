import { CancelledError } from "../core/error.ts";
import { endProcess } from "../modules/guard-exit.ts";
import { ExitCode } from "./exit-code.ts";

export interface InterruptOptions {
  /** Where signals arrive. */
  readonly process: Pick<NodeJS.Process, "on" | "off"> & { exit(code: number): never };
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  /** Called at the first signal, when the work is being stopped. */
  readonly onInterrupt?: (signal: NodeJS.Signals) => void;
  /** Called right before the second signal ends the process. */
  readonly onForcedExit?: () => void;
}

/** Where the signals of a command arrive, and how it ends. */
export const commandProcess: InterruptOptions["process"] = {
  on: process.on.bind(process),
  off: process.off.bind(process),
  exit: endProcess,
};

/** Signals closer together are one: a terminal signals npm and its child, and npm passes its own on. */
const sameMs = 500;

const exitCodes: Partial<Record<NodeJS.Signals, number>> = {
  SIGINT: ExitCode.interrupted,
  SIGTERM: ExitCode.terminated,
  SIGHUP: 129,
};

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into an `AbortSignal`: the first aborts it, the second ends the process at once.
 * The abort's reason is a CancelledError whose `details.exitCode` is what the process should answer.
 */
export class Interrupt {
  readonly #options: InterruptOptions;
  readonly #controller = new AbortController();
  #firstAt: number | undefined;
  #exitCode: number | undefined;

  constructor(options: InterruptOptions) {
    this.#options = options;
    for (const name of Object.keys(exitCodes)) options.process.on(name, this.#receive);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** 130, 143 or 129 after a signal. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  dispose(): void {
    for (const name of Object.keys(exitCodes)) this.#options.process.off(name, this.#receive);
  }

  readonly #receive = (name: NodeJS.Signals): void => {
    const now = this.#options.now();
    const exitCode = exitCodes[name] ?? ExitCode.general;
    if (this.#firstAt === undefined) {
      this.#firstAt = now;
      this.#exitCode = exitCode;
      this.#options.onInterrupt?.(name);
      this.#controller.abort(
        new CancelledError(`stopped by ${name}`, { details: { signal: name, exitCode } }),
      );
    } else if (now - this.#firstAt >= sameMs) {
      this.#options.onForcedExit?.();
      this.#options.process.exit(this.#exitCode ?? exitCode);
    }
  };
}
