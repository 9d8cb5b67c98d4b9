import { type Command, InvalidArgumentError } from "commander";
import type { PlanOptions } from "../planning/run-plan.ts";
import { parameters } from "./parameters.ts";

/** The options of all commands that plan a run, as commander hands them over. */
export interface PlanFlags {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly maxParallelNodes?: number;
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly param?: readonly string[];
}

/** Adds `--select` and `--exclude`. */
export function withSelection(command: Command): Command {
  return command
    .option("-s, --select <selectors...>", "only these nodes: name, +name+, @name, tag:x, path:src/etl, …")
    .option("--exclude <selectors...>", "all but these nodes, of those selected");
}

/** Adds what a run can be given: window, selection, parallelism and hyperparameters. */
export function withRunOptions(command: Command): Command {
  return withNodeOptions(withWindow(command));
}

/** Adds `--start-date` and `--end-date`. */
export function withWindow(command: Command): Command {
  return command
    .option("--start-date <day>", "first day of the window, YYYY-MM-DD")
    .option("--end-date <day>", "last day of the window, included");
}

/** The same without the window. */
export function withNodeOptions(command: Command): Command {
  return withSelection(command)
    .option("--max-parallel-nodes <n>", "how many nodes may run at once", positiveInteger)
    .option(
      "--param <key=value>",
      "a hyperparameter, over all others; dots nest, values are JSON or text (repeatable)",
      (value: string, before: readonly string[] = []) => [...before, value],
    );
}

export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError("It must be a whole number of at least 1.");
  return Number(text);
}

/** What planning needs of the command line. Thrown when a parameter is malformed: USAGE_PARAM. */
export function planOptions(flags: PlanFlags): PlanOptions {
  const { startDate, endDate, maxParallelNodes, select, exclude, param } = flags;
  return {
    ...(startDate !== undefined && { startDate }),
    ...(endDate !== undefined && { endDate }),
    ...(maxParallelNodes !== undefined && { maxParallelNodes }),
    ...(select !== undefined && { select }),
    ...(exclude !== undefined && { exclude }),
    ...(param !== undefined && { hyperparams: parameters(param) }),
  };
}
