import { namedValues } from "../../core/named-values.ts";
import type { Column } from "../column.ts";
import { lit } from "./call.ts";

/** How the summaries of a key become one: their sum, the least, the greatest, or always 1. */
export type TupleSummaryMode = "sum" | "min" | "max" | "alwaysone";

/** The size of a tuple sketch and what becomes of summaries. */
export interface TupleSketchOptions {
  /**
   * The sketch has 2 to the power of this many entries, 4 to 26.
   * @default 12
   */
  readonly lgNomEntries?: Column | number;
  /** @default "sum" */
  readonly mode?: Column | TupleSummaryMode;
}

/** The last two arguments of the functions that make a tuple sketch. */
export function sketchOptions(options: TupleSketchOptions = {}): readonly Column[] {
  const { lgNomEntries = 12, mode = "sum" } = namedValues("the options of a sketch", options);
  return [lit(lgNomEntries), lit(mode)];
}
