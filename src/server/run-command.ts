import { spawn } from "node:child_process";
import { abortReason, throwIfAborted } from "../core/abort.ts";
import { SparkwrightError } from "../core/error.ts";
import { childEnvironment } from "./environment.ts";

export interface CommandOptions {
  /** @default the root, where nobody but root can put a file that the program would take for its own */
  readonly cwd?: string;
  /** @default the environment that this process began with */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Every line of stdout and stderr, as it comes. */
  readonly onLine?: (line: string) => void;
}

const keptLines = 30;
const graceMs = 2_000;

/**
 * Runs a program to its end and gives its output, both streams in the order they came.
 *
 * Thrown when it cannot start or ends with another code than 0 (SERVER_COMMAND_FAILED, with its last lines), or
 * when `signal` aborts: then the whole process group is ended first.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<readonly string[]> {
  throwIfAborted(options.signal);
  const child = spawn(program, args, {
    cwd: options.cwd ?? "/",
    env: options.env ?? childEnvironment({}),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true, // its own process group, so that its children end with it
  });
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    options.onLine?.(line);
  };
  const rests = [child.stdout, child.stderr].map((stream) => {
    let rest = "";
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      const parts = (rest + chunk).split(/\r?\n|\r/);
      rest = parts.pop() ?? "";
      parts.forEach(keep);
    });
    return () => rest;
  });

  let killer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    killGroup(child.pid, "SIGTERM");
    killer = setTimeout(() => killGroup(child.pid, "SIGKILL"), graceMs);
  };
  options.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const ended = await new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve({ code, signal }));
    });
    if (options.signal?.aborted) throw abortReason(options.signal);
    for (const rest of rests) if (rest() !== "") keep(rest());
    if (ended.code !== 0) throw commandFailed(program, ended.signal ?? `code ${ended.code}`, lines);
    return lines;
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw commandFailed(program, error.message, [], error);
    throw error;
  } finally {
    clearTimeout(killer);
    options.signal?.removeEventListener("abort", onAbort);
  }
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // it has ended by itself
  }
}

function commandFailed(
  program: string,
  how: string,
  lines: readonly string[],
  cause?: unknown,
): SparkwrightError {
  const last = lines.filter((line) => line.trim() !== "").slice(-keptLines);
  return new SparkwrightError(
    "SERVER_COMMAND_FAILED",
    [`${program} ended with ${how}`, ...last].join("\n  "),
    { cause, details: { program } },
  );
}
