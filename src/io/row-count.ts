import { Column } from "../sql/column.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { Observation } from "../sql/observation.ts";
import { functionCall } from "../sql/plan/expression.ts";
import { literal } from "../sql/plan/literal.ts";

export interface CountedFrame {
  readonly frame: DataFrame;
  /** The rows that the write took, or `undefined` when it never asked for any. */
  rows(): bigint | undefined;
}

/** The DataFrame with a count that the job which writes it computes on its way. */
export function counted(frame: DataFrame): CountedFrame {
  const observation = new Observation();
  const count = new Column(functionCall("count", [literal(1)])).alias("rows");
  return {
    frame: frame.observe(observation, count),
    rows: () => observation.metrics?.["rows"] as bigint | undefined,
  };
}
