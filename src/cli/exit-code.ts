import { CancelledError, SparkwrightError } from "../core/error.ts";
import { ErrorList } from "../core/error-list.ts";

/** What the process answers to its caller. `terminated` and `interrupted` are 128 plus the signal's number. */
export const ExitCode = {
  success: 0,
  general: 1,
  config: 2,
  validation: 3,
  execution: 4,
  graph: 5,
  importer: 6,
  interrupted: 130,
  brokenPipe: 141,
  terminated: 143,
} as const;

const byPrefix: Readonly<Record<string, number>> = {
  CONFIG: ExitCode.config,
  USAGE: ExitCode.config,
  VALIDATION: ExitCode.validation,
  GRAPH: ExitCode.graph,
  IMPORT: ExitCode.importer,
  RUN: ExitCode.execution,
  NODE: ExitCode.execution,
  DATASET: ExitCode.execution,
  CONNECT: ExitCode.execution,
  SPARK: ExitCode.execution,
  SERVER: ExitCode.execution,
};

/** The exit code of anything thrown; of several errors, that of the class that comes first: config before graph. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof CancelledError) return ExitCode.interrupted;
  if (thrown instanceof ErrorList) return Math.min(...thrown.errors.map(exitCodeOf));
  if (thrown instanceof SparkwrightError) {
    return byPrefix[thrown.code.split("_", 1)[0] as string] ?? ExitCode.general;
  }
  return ExitCode.general;
}
