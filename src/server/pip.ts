import { join } from "node:path";
import { childEnvironment, type ServerEnvironment } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { runCommand } from "./run-command.ts";

/** A way to call pip: the program and the arguments that come first. */
export interface Pip {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The first pip that answers: `python3 -m pip`, `python -m pip`, `pip3`, `pip`. In Python's isolated mode, `-I`, a `pip.py`
 * in the current folder is not taken for it.
 */
export async function findPip(
  environment: ServerEnvironment,
  signal?: AbortSignal,
): Promise<Pip | undefined> {
  const candidates = [
    { name: "python3", args: ["-I", "-m", "pip"] },
    { name: "python", args: ["-I", "-m", "pip"] },
    { name: "pip3", args: [] },
    { name: "pip", args: [] },
  ];
  for (const { name, args } of candidates) {
    const program = findProgram(name, environment);
    if (program === undefined) continue;
    try {
      await runCommand(program, [...args, "--version"], { signal });
      return { program, args };
    } catch {
      if (signal?.aborted) throw signal.reason;
    }
  }
  return undefined;
}

/** Installs one pinned package, without what it depends on, into `folder`. */
export async function pipInstall(
  pip: Pip,
  requirement: string,
  folder: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onLine: (line: string) => void },
): Promise<void> {
  await runCommand(
    pip.program,
    [
      ...pip.args,
      "install",
      ...["--disable-pip-version-check", "--no-input", "--no-deps", "--no-compile", "--progress-bar=off"],
      `--target=${folder}`,
      requirement,
    ],
    {
      ...options,
      env: childEnvironment({
        PIP_USER: "0", // a user's `user = true` cannot be combined with --target
        TMPDIR: join(folder, "..", "tmp"), // so that an interrupted download leaves nothing elsewhere
      }),
    },
  );
}
