import { anySignal } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { formatDuration } from "../core/duration.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";
import type { RunPlan } from "../planning/run-plan.ts";
import { longestTimerMs } from "./attempt.ts";

/** The limit of a whole run: when it is reached, what runs is stopped like by Ctrl-C, but the run has failed. */
export class RunTimeout {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #over = new AbortController();
  #error: SparkwrightError | undefined;

  constructor(
    { pipeline, runTimeoutMs }: Pick<RunPlan, "pipeline" | "runTimeoutMs">,
    signal: AbortSignal | undefined,
    clock: Clock,
  ) {
    this.signal = anySignal(signal, this.#own.signal) ?? this.#own.signal;
    if (runTimeoutMs === undefined) return;
    const expire = () => {
      if (this.signal.aborted) return;
      const limit = formatDuration(runTimeoutMs);
      const message = `the run of pipeline '${pipeline}' took longer than its timeout of ${limit}`;
      this.#error = new SparkwrightError("RUN_TIMEOUT", message, {
        hint: "Raise `execution.run_timeout` of the pipeline, or let it do less at a time.",
        details: { pipeline, runTimeoutMs },
      });
      this.#own.abort(new CancelledError(message));
    };
    void clock.sleep(Math.min(runTimeoutMs, longestTimerMs), this.#over.signal).then(expire, () => {});
  }

  /** Present once the limit was reached: `RUN_TIMEOUT`. */
  get error(): SparkwrightError | undefined {
    return this.#error;
  }

  dispose(): void {
    this.#over.abort();
  }
}
