import type { MessageInitShape } from "@bufbuild/protobuf";
import type { WriteStreamOperationStartSchema } from "../../../gen/spark/connect/commands_pb.ts";
import { SparkwrightError } from "../../core/error.ts";

/**
 * When a streaming query looks for new data: exactly one of these. Intervals are Spark's, such as `"10 seconds"`.
 *
 * - `processingTime`: one batch per interval; `"0 seconds"` is as fast as possible, which is the default.
 * - `availableNow`: what is there now, in as many batches as the source's limits make of it, and then it ends.
 * - `once`: what is there now in one batch, and then it ends. Spark advises `availableNow`.
 * - `continuous`: row by row, with a checkpoint per interval; few sources and operators can.
 * - `realTime`: row by row in long batches of that duration; Spark 4.2 and later, few sources and sinks can.
 */
export type Trigger =
  | { readonly processingTime: string }
  | { readonly availableNow: true }
  | { readonly once: true }
  | { readonly continuous: string }
  | { readonly realTime: string };

type TriggerField = NonNullable<MessageInitShape<typeof WriteStreamOperationStartSchema>["trigger"]>;

const intervals = {
  processingTime: "processingTimeInterval",
  continuous: "continuousCheckpointInterval",
  realTime: "realTimeBatchDuration",
} as const;

/** The protocol's trigger. Thrown when it is not exactly one, or its value is none: `USAGE_TRIGGER`. */
export function triggerField(trigger: Trigger): TriggerField {
  const given = Object.entries(trigger ?? {}).filter(([, value]) => value !== undefined);
  const [first] = given;
  if (first === undefined || given.length > 1) {
    const names = given.map(([name]) => name).join(", ");
    throw usage(`trigger() was given ${names === "" ? "nothing" : names}, and takes exactly one trigger`);
  }
  const [name, value] = first as [string, unknown];
  if (name === "availableNow" || name === "once") {
    if (value === true) return { case: name, value };
    throw usage(`trigger({ ${name}: ${String(value)} }): the only value is true`);
  }
  if (!Object.hasOwn(intervals, name)) throw usage(`"${name}" is not a trigger`);
  if (typeof value !== "string" || value.trim() === "") {
    throw usage(`trigger({ ${name}: ${JSON.stringify(value)} }): not an interval`);
  }
  return { case: intervals[name as keyof typeof intervals], value: value.trim() };
}

function usage(message: string): SparkwrightError {
  return new SparkwrightError("USAGE_TRIGGER", message, {
    hint:
      'Pass one of { processingTime: "10 seconds" }, { availableNow: true }, { once: true }, ' +
      '{ continuous: "1 second" }, { realTime: "5 minutes" }.',
  });
}
