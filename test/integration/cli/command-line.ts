import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { remote } from "../spark.ts";

export const repository: string = resolve(import.meta.dirname, "../../..");
export const bin: string = join(repository, "src/cli/bin.ts");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** Given the child while it runs, and all of its stdout so far at each new piece. */
  readonly onOutput?: (child: ChildProcess, stdout: string) => void;
}

/** Runs the real command line as a child process, on the server of the tests, without a terminal. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const env = await environment(options.env);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [bin, ...args], { cwd: options.cwd ?? repository, env });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    stdout += piece;
    options.onOutput?.(child, stdout);
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    stderr += piece;
  });
  child.stdin.end(options.stdin ?? "");
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, stdout, stderr, ms: performance.now() - startedAt };
}

/** The environment of a child: the server of the tests, and nothing that changes how output looks. */
export async function environment(
  changes: Readonly<Record<string, string | undefined>> = {},
): Promise<NodeJS.ProcessEnv> {
  const { NO_COLOR, FORCE_COLOR, CI, NODE_OPTIONS, ...inherited } = process.env;
  const server = "SPARK_REMOTE" in changes ? {} : { SPARK_REMOTE: await remote() };
  return { ...inherited, ...server, ...changes };
}

/** A new project folder with these files. */
export function scratchProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "sparkwright-cli-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
