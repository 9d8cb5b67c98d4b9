import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** A process of our own that runs `ensure.ts`. */
export interface OtherProcess {
  readonly child: ChildProcess;
  /** What it printed as JSON, and its progress lines. */
  readonly ended: Promise<{ readonly result: Record<string, unknown>; readonly lines: readonly string[] }>;
}

export function runElsewhere(args: readonly string[], env: NodeJS.ProcessEnv = process.env): OtherProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, "ensure.ts"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...env, NODE_OPTIONS: "" },
  });
  const ended = Promise.all([text(child.stdout), text(child.stderr)]).then(([out, err]) => ({
    result: JSON.parse(out === "" ? "{}" : out) as Record<string, unknown>,
    lines: err.split("\n"),
  }));
  return { child, ended };
}

/** Waits for something that takes a moment; fails after `timeoutMs`. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
