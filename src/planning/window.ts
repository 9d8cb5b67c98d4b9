import { isCalendarDay } from "../config/calendar-day.ts";
import type { DatasetConfig, PipelineConfig, Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { ConnectedNode } from "./dependencies.ts";
import type { DateWindow } from "./run-plan.ts";

export interface WindowOptions {
  /** ISO `YYYY-MM-DD`. */
  readonly startDate?: string;
  /** ISO `YYYY-MM-DD`, included. */
  readonly endDate?: string;
}

/** The run's window, each end by itself: options, else pipeline, else global settings. */
export function resolveWindow(
  project: Project,
  pipeline: PipelineConfig,
  options: WindowOptions,
  errors: SparkwrightError[],
): DateWindow | undefined {
  const given = [
    ["--start-date", options.startDate],
    ["--end-date", options.endDate],
  ] as const;
  const impossible = given.filter(([, day]) => day !== undefined && !isCalendarDay(day));
  for (const [option, day] of impossible) {
    const message = `${option} must be a calendar day, but is "${day}"`;
    errors.push(
      new SparkwrightError("USAGE_INVALID_DATE", message, { hint: "Write an existing day, YYYY-MM-DD." }),
    );
  }
  const startDate = options.startDate ?? pipeline.startDate ?? project.settings.startDate;
  const endDate = options.endDate ?? pipeline.endDate ?? project.settings.endDate;
  if (impossible.length > 0 || (startDate === undefined && endDate === undefined)) return undefined;
  const asked = options.startDate !== undefined || options.endDate !== undefined;
  if (startDate === undefined || endDate === undefined) {
    const [has, lacks] = startDate === undefined ? ["end", "start"] : ["start", "end"];
    const message = `the window of "${pipeline.name}" has ${has === "end" ? "an" : "a"} ${has} date and no ${lacks} date`;
    const hint = `Give --${lacks}-date, or ${lacks}_date of the pipeline or in global_settings.`;
    errors.push(problem(asked, "INCOMPLETE_WINDOW", message, pipeline, hint));
    return undefined;
  }
  if (startDate > endDate) {
    const message = `the window of "${pipeline.name}" starts on ${startDate}, after its end on ${endDate}`;
    const hint =
      "Let it start on or before its last day; each end comes from the options, else the pipeline, else global_settings.";
    errors.push(problem(asked, "INVALID_WINDOW", message, pipeline, hint));
    return undefined;
  }
  return { startDate, endDate };
}

/** An error of the command line when it took part, else of the configuration. */
function problem(
  asked: boolean,
  what: string,
  message: string,
  pipeline: PipelineConfig,
  hint: string,
): SparkwrightError {
  return asked
    ? new SparkwrightError(`USAGE_${what}`, message, { hint })
    : new SparkwrightError(`VALIDATION_${what}`, message, { hint, position: pipeline.position });
}

/** VALIDATION_MISSING_WINDOW for the first dataset of each node that cannot be read or written without a window. */
export function missingWindows(
  pipeline: PipelineConfig,
  nodes: readonly ConnectedNode[],
  datasets: ReadonlyMap<string, DatasetConfig>,
): SparkwrightError[] {
  return nodes.flatMap(({ config }) => {
    const written = config.outputs.findIndex((name) => datasets.get(name)?.mode === "replace_window");
    const read = config.inputs.find(
      (input) => input.window === "run" && datasets.get(input.dataset)?.windowColumn !== undefined,
    );
    if (written < 0 && read === undefined) return [];
    const does =
      written >= 0
        ? `replaces a window of "${config.outputs[written]}"`
        : `reads a window of "${read?.dataset}"`;
    const position = written >= 0 ? config.positions?.outputs[written] : read?.position;
    return new SparkwrightError(
      "VALIDATION_MISSING_WINDOW",
      `node "${config.name}" ${does}, but the run has no window`,
      {
        position: position ?? config.position,
        hint: `Give --start-date and --end-date, or start_date and end_date of pipeline "${pipeline.name}".`,
      },
    );
  });
}
