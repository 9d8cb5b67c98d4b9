import type * as z from "zod";
import { defined } from "./defined.ts";
import { either } from "./either.ts";
import { duration, issue, oneOf, record, text } from "./fields.ts";
import { optional } from "./optional.ts";
import type { StreamingConfig } from "./project.ts";
import { isRawMap } from "./raw-value.ts";
import { pathField } from "./server-path.ts";

const interval = record(
  {
    processing_time: optional(duration(), "How often a batch is started"),
    continuous: optional(duration(), "How often progress is stored, in continuous processing"),
  },
  "available_now, once, or a map of processing_time or continuous",
).transform((written, ctx): StreamingConfig["trigger"] => {
  const { processing_time: processing, continuous } = written;
  if ((processing === undefined) === (continuous === undefined)) {
    const hint = "Write `{processing_time: 10s}` or `{continuous: 1s}`.";
    const found = processing === undefined ? "neither" : "both";
    const what = `a map of one of processing_time and continuous, but has ${found}`;
    ctx.issues.push(issue(written, what, { hint, clash: ["processing_time", "continuous"] }));
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
      trigger: optional(either(isRawMap, interval, moment), "When rows are processed", "default"),
      output_mode: optional(
        oneOf(["append", "update", "complete"]),
        "What of the result is written",
        "append",
      ),
      checkpoint: optional(
        pathField("a path or a URI, without ~ or $HOME"),
        "Where the query remembers its progress, as the server sees it",
      ),
      watermark: optional(
        record(
          {
            column: text("a column's name").describe("Column of the events' time"),
            delay: duration().describe("How late a row may come"),
          },
          "a map of column and delay",
        ),
        "How long late rows are waited for",
      ),
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
