import type { DatasetConfig } from "../config/project.ts";
import type { RunEvent } from "../events/run-event.ts";
import type { DataFrame } from "../sql/data-frame.ts";

/** One attempt of one node. */
export interface ObservedAttempt {
  readonly runId: string;
  readonly node: string;
  readonly attempt: number;
}

/** What an attempt is about to store. */
export interface ObservedOutput extends ObservedAttempt {
  readonly dataset: DatasetConfig;
  readonly frame: DataFrame;
}

/** Somebody who is told of a run. None of its methods throws, and none takes long. */
export interface Observer {
  handle(event: RunEvent): void;
  /** Runs an attempt, with whatever must be active while the user's code runs. */
  aroundAttempt?<T>(attempt: ObservedAttempt, run: () => Promise<T>): Promise<T>;
  /** Told before the write begins. Resolves when it has asked the DataFrame's session all it wants. */
  onOutput?(output: ObservedOutput): Promise<unknown> | undefined;
  /** Resolves when everything is delivered, at the latest after `graceMs`, milliseconds. */
  close(graceMs: number): Promise<void>;
}
