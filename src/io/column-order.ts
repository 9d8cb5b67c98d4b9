import type { DataFrame } from "../sql/data-frame.ts";
import { col } from "../sql/functions/call.ts";
import { quoteName, type StructType } from "../sql/types/data-type.ts";

/** Columns and fields in the order and under the names of `target`, which has the same types. */
export function inOrder(frame: DataFrame, given: StructType, target: StructType): DataFrame {
  if (given.simpleString() === target.simpleString()) return frame;
  const types = new Map(
    given.fields.map(({ name, dataType }) => [name.toLowerCase(), dataType.simpleString()]),
  );
  const isFlat = target.fields.every(
    ({ name, dataType }) => types.get(name.toLowerCase()) === dataType.simpleString(),
  );
  return isFlat
    ? frame.select(...target.names.map((name) => col(quoteName(name)).alias(name)))
    : frame.to(target);
}
