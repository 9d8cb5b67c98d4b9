/** How a window's run ended; `not_started` when the backfill was stopped before its turn. */
export type WindowOutcome =
  | { readonly state: "success"; readonly durationMs: number; readonly rows: bigint; readonly runId: string }
  | {
      readonly state: "failed" | "cancelled";
      readonly durationMs: number;
      readonly runId?: string;
      readonly message?: string;
    }
  | { readonly state: "not_started" };

export interface RunWindowsOptions<W> {
  readonly windows: readonly W[];
  /** How many windows run at once. */
  readonly parallel: number;
  /** Whether windows run alone until one has succeeded: two that create the same table would collide. */
  readonly startAlone: boolean;
  /** Whether the first failure stops the others. */
  readonly failFast: boolean;
  readonly signal: AbortSignal;
  /** Runs one window; never rejects. */
  readonly run: (window: W, signal: AbortSignal) => Promise<WindowOutcome>;
}

/** Runs windows in their order, some at once; one that fails does not stop the others unless that is asked for. */
export async function runWindows<W>(options: RunWindowsOptions<W>): Promise<ReadonlyMap<W, WindowOutcome>> {
  const { windows, parallel, startAlone, failFast, run } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const outcomes = new Map<W, WindowOutcome>(windows.map((window) => [window, { state: "not_started" }]));
  const waiting = [...windows];
  const worker = async (untilSuccess = false): Promise<void> => {
    for (let window = waiting.shift(); window !== undefined; window = waiting.shift()) {
      if (signal.aborted) return;
      const outcome = await run(window, signal);
      outcomes.set(window, outcome);
      if (failFast && outcome.state === "failed") stop.abort();
      if (untilSuccess && outcome.state === "success") return;
    }
  };
  if (startAlone) await worker(true);
  await Promise.all(Array.from({ length: Math.min(parallel, windows.length) }, () => worker()));
  return outcomes;
}
