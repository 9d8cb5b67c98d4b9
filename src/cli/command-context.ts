import type { LogLevel } from "../config/project.ts";
import type { Output } from "./terminal/output.ts";

/** What every command gets: where to write, where it stands, and the options that all commands share. */
export interface CommandContext {
  readonly out: Output;
  readonly err: Output;
  readonly cwd: string;
  /** `--project` as given. */
  readonly project: string | undefined;
  /** `--env` as given. */
  readonly environment: string | undefined;
  /** `--log-level` as given. */
  readonly logLevel: LogLevel | undefined;
}

/** One command: does its work and resolves to the exit code. */
export type Command<Options> = (context: CommandContext, options: Options) => Promise<number>;
