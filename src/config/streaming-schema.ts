import type * as z from "zod";
import { defined } from "./defined.ts";
import { either } from "./either.ts";
import { duration, issue, matching, oneOf, record, text } from "./fields.ts";
import type { StreamingConfig } from "./project.ts";
import { isRawMap } from "./raw-value.ts";

const interval = record(
  { processing_time: duration().optional(), continuous: duration().optional() },
  "available_now, once, or a map of processing_time or continuous",
).transform((written, ctx): StreamingConfig["trigger"] => {
  const { processing_time: processing, continuous } = written;
  if ((processing === undefined) === (continuous === undefined)) {
    const hint = "Write `{processing_time: 10s}` or `{continuous: 1s}`.";
    const found = processing === undefined ? "neither" : "both";
    const what = `a map of one of processing_time and continuous, but has ${found}`;
    ctx.issues.push(issue(written, what, { hint }));
  }
  return continuous === undefined
    ? { kind: "processing_time", intervalMs: processing ?? 0 }
    : { kind: "continuous", intervalMs: continuous };
});

const moment = oneOf(["available_now", "once", "default"]).transform((kind): StreamingConfig["trigger"] => ({
  kind,
}));

/** How a node streams; relative checkpoints are still relative to the project. */
export function streamingField(): z.ZodType<StreamingConfig> {
  return record(
    {
      trigger: either(isRawMap, interval, moment).optional(),
      output_mode: oneOf(["append", "update", "complete"]).optional(),
      checkpoint: matching(/^[^\0]+$/, "a path or a URI").optional(),
      watermark: record(
        { column: text("a column's name"), delay: duration() },
        "a map of column and delay",
      ).optional(),
    },
    "a map of trigger, output_mode, checkpoint and watermark, or {}",
  ).transform(
    ({ trigger, output_mode: outputMode, checkpoint, watermark }): StreamingConfig =>
      defined({
        trigger: trigger ?? { kind: "default" as const },
        outputMode: outputMode ?? "append",
        checkpoint,
        watermark: watermark && { column: watermark.column, delayMs: watermark.delay },
      }),
  );
}
