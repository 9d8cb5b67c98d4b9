import type { DatasetConfig } from "../config/project.ts";
import type { DataFrame } from "../sql/data-frame.ts";

/** One attempt of one node. */
export interface AttemptFacts {
  readonly runId: string;
  readonly node: string;
  readonly attempt: number;
}

/** What observers of a run need beyond its events. None of these throws or waits. */
export interface RunHooks {
  /** Runs an attempt within what must be active while the user's code runs; resolves and rejects as `run` does. */
  aroundAttempt<T>(attempt: AttemptFacts, run: () => Promise<T>): Promise<T>;
  /** Told what an attempt is about to store. Resolves when it has asked the frame's session all it wants. */
  onOutput(
    output: AttemptFacts & { readonly dataset: DatasetConfig; readonly frame: DataFrame },
  ): Promise<unknown> | undefined;
}
