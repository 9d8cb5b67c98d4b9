import type { ProcessIdentity } from "../core/process-identity.ts";

/** What may be run by one runner at a time. */
export interface LeaseKey {
  readonly pipeline: string;
  /** The days of the run as text; empty without a window. */
  readonly window: string;
  /** The environment of the run; empty without one. */
  readonly environment: string;
}

/** A process that runs something. */
export interface Runner extends ProcessIdentity {
  /** Where its pid means what it means: see `pidSpace`. */
  readonly pidSpace: string;
}

export interface LeaseRequest extends LeaseKey {
  readonly runId: string;
  /**
   * The places that the run may write. Runs of two environments exclude each other only where they write to the same one.
   * @default all there are
   */
  readonly writes?: readonly string[] | undefined;
  /** How long a runner that gives no sign of life is believed to live, milliseconds. @default 30000 */
  readonly staleMs?: number | undefined;
  /** How often a sign of life is given, milliseconds. @default 5000 */
  readonly heartbeatMs?: number | undefined;
  /** The process that asks. @default this one */
  readonly runner?: Runner | undefined;
}

/**
 * The right to run a pipeline over a window, held against every other process. What is recorded of the run, is recorded
 * only while it holds.
 */
export interface HeldLease extends LeaseKey {
  readonly runId: string;
  /** Rises with every holder. */
  readonly epoch: number;
  /** The runs that the last holders ran, which may be this one. */
  readonly previousRunIds: readonly string[];
  /** Whether the last holder had died or gone silent. */
  readonly takenOver: boolean;
  /** Aborts with `RUN_LEASE_LOST` when another process has taken the lease over. */
  readonly lost: AbortSignal;
  /** Lets the next one in; what belongs to the run can no longer be recorded then. */
  release(): void;
}
