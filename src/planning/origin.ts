import type { SourcePosition } from "../core/error.ts";

/**
 * Who says a value, the strongest first. `explicit` is the command line or the call.
 */
export type Layer = "explicit" | "node" | "pipeline" | "ml_info" | "global_settings" | "default";

/** Where a value comes from: its layer and, of one that was read from a file, its place. */
export interface Origin {
  readonly layer: Layer;
  readonly position?: SourcePosition;
}

/** A value as it holds for a run, with where it comes from. */
export interface ResolvedValue {
  /** The keys that lead to it: `["model", "depth"]`. */
  readonly path: readonly string[];
  readonly value: unknown;
  readonly origin: Origin;
}
