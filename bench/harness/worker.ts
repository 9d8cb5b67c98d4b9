import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * A rival in a process of its own that answers one line of JSON for each line it reads.
 * It lives through all rounds, so that every round finds it warm.
 */
export class Worker {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.#child = spawn(program, args, {
      stdio: ["pipe", "pipe", process.env["BENCH_DEBUG"] ? "inherit" : "ignore"],
      env: { ...process.env, ...env },
    });
    if (this.#child.stdout === null) throw new Error("a worker needs its stdout");
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  async ask(command: string): Promise<readonly number[]> {
    this.#child.stdin?.write(`${command}\n`);
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`the worker ended at "${command}"; set BENCH_DEBUG=1 to see what it says`);
      if (value.startsWith("[")) return JSON.parse(value) as number[];
    }
  }

  stop(): void {
    this.#child.stdin?.end();
  }
}
