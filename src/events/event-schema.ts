import { z } from "zod";
import type { RunEvent } from "./run-event.ts";

// What TypeScript says about events in run-event.ts, once more as data; `satisfies` below fails the build when they differ.

const text = z.string();
const node = text.describe("The node's name.");
const attempt = z.int().min(1).describe("1 for the first.");
const count = z.int().min(0);
const milliseconds = z.number().min(0).describe("Milliseconds.");
const rows = z.bigint().describe("Rows; a number where it is exact, else a string of digits.");
const instant = text
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .describe("UTC, ISO 8601 with milliseconds.");
const day = text.regex(/^\d{4}-\d{2}-\d{2}$/);
const operationId = text.describe("The Spark operation's id, as the client chose it.");

const error = z
  .object({
    code: text.describe("Stable, upper snake case."),
    message: text,
    hint: text.optional().describe("What to do about it."),
    causes: z.array(z.object({ code: text.optional(), message: text })).describe("The nearest first."),
    position: z
      .object({ file: text, line: z.int().min(1), column: z.int().min(1) })
      .optional()
      .describe("Where in the project it came from."),
    stack: text.optional().describe("Only at log level debug."),
  })
  .describe("Secrets are masked.");

const writtenDataset = {
  dataset: text,
  mode: text.describe("The write mode: overwrite, append, merge, …"),
  outcome: z.enum(["written", "already_written", "ignored", "skipped"]),
  rows,
  version: z.bigint().optional().describe("The Delta version that the write committed."),
  durationMs: milliseconds,
};

const runStatus = z.enum(["success", "failed", "cancelled"]);

const summary = z.object({
  runId: text,
  pipeline: text,
  status: runStatus,
  startedAt: instant,
  durationMs: milliseconds,
  nodes: z.array(
    z.object({
      name: text,
      status: z.enum(["success", "failed", "skipped", "cancelled"]),
      attempts: count,
      startedAt: instant.optional(),
      endedAt: instant.optional(),
      durationMs: milliseconds,
      rows: rows.optional(),
      datasets: z.array(z.object(writtenDataset)),
      error: error.optional(),
      because: text.optional(),
      via: text.optional(),
    }),
  ),
  completed: count,
  failed: count,
  skipped: count,
  cancelled: count,
  rows,
  error: error.optional().describe("Why the run as a whole could not go on."),
});

const header = {
  v: z.literal(1).describe("The version of this schema."),
  runId: text,
  seq: z.int().min(1).describe("1, 2, 3, … within the run; from 1 again with every resume."),
  at: instant,
};

const progress = z.object({ done: count, total: count });

const window = z
  .object({ startDate: day, endDate: day })
  .optional()
  .describe("The days of the run, both included.");
const hash = text.describe("Two that are equal were made of the same.");
const startedNode = {
  name: text,
  dependsOn: z.array(text),
  fingerprint: z.object({ config: hash, code: hash, parameters: hash, window: hash }).optional(),
};

const runEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run_started"),
    ...header,
    pipeline: text,
    window,
    maxParallelNodes: z.int().min(1),
    request: z
      .object({ environment: text.optional(), options: z.record(text, z.unknown()) })
      .optional()
      .describe("What the run was asked for."),
    nodes: z.array(z.object(startedNode)).describe("In planned order."),
  }),
  z.object({
    type: z.literal("run_resumed"),
    ...header,
    pipeline: text,
    window,
    maxParallelNodes: z.int().min(1),
    epoch: z.int().min(1).describe("One more with each runner of this pipeline and window."),
    nodes: z
      .array(
        z.object({
          ...startedNode,
          decision: z.enum(["keep", "settled", "run", "undecided", "blocked"]),
          reason: text,
          because: text.optional(),
          error: error.optional(),
          attempts: count,
          rows: rows.optional(),
          datasets: z.array(z.object(writtenDataset)).optional(),
          startedAt: instant.optional().describe("Of a node that is kept, as are the next two."),
          endedAt: instant.optional(),
          durationMs: milliseconds.optional(),
        }),
      )
      .describe("In planned order."),
  }),
  z.object({ type: z.literal("node_ready"), ...header, node }),
  z.object({ type: z.literal("node_started"), ...header, node, attempt }),
  z.object({
    type: z.literal("inputs_read"),
    ...header,
    node,
    attempt,
    inputs: z.array(
      z.object({
        dataset: text,
        version: z.bigint().optional().describe("Its Delta version."),
        committedAt: text.optional().describe("When its Delta version was committed, ISO 8601."),
      }),
    ),
  }),
  z.object({
    type: z.literal("operation_submitted"),
    ...header,
    node,
    attempt,
    operationId,
    endpoint: text,
    userId: text,
    sessionId: text,
    serverSideSessionId: text.optional(),
    dataset: text.optional().describe("The dataset that is being written."),
  }),
  z.object({
    type: z.literal("node_progress"),
    ...header,
    node,
    attempt,
    operationId,
    stages: progress,
    tasks: progress,
    bytesRead: z.bigint().describe("Bytes; a number where it is exact, else a string of digits."),
  }),
  z.object({
    type: z.literal("operation_ended"),
    ...header,
    node,
    operationId,
    outcome: z.enum(["completed", "failed", "cancelled", "unknown"]),
  }),
  z.object({
    type: z.literal("dataset_checked"),
    ...header,
    node,
    attempt,
    dataset: text,
    rows,
    checks: z.array(
      z.object({
        name: text,
        kind: text.describe("not_null, unique, accepted_values, range, row_count or expression."),
        severity: z.enum(["error", "warn"]),
        passed: z.boolean(),
        violations: z.bigint().describe("Rows that violate it; of row_count none."),
        example: text.optional().describe("A value that violates it, at most 100 characters."),
      }),
    ),
  }),
  z.object({ type: z.literal("dataset_written"), ...header, node, attempt, ...writtenDataset }),
  z.object({ type: z.literal("node_succeeded"), ...header, node, attempt, durationMs: milliseconds, rows }),
  z.object({ type: z.literal("node_retrying"), ...header, node, attempt, delayMs: milliseconds, error }),
  z.object({ type: z.literal("node_failed"), ...header, node, attempt, durationMs: milliseconds, error }),
  z.object({
    type: z.literal("node_skipped"),
    ...header,
    node,
    because: text.describe("The node whose failure is the reason."),
    via: text.optional().describe("The skipped node through which that failure came."),
    error: error.optional().describe("Why nothing of the pipeline may start any more."),
  }),
  z.object({
    type: z.literal("node_cancelled"),
    ...header,
    node,
    attempt: attempt.optional(),
    durationMs: milliseconds.optional(),
  }),
  z.object({
    type: z.literal("node_log"),
    ...header,
    node,
    level: z.enum(["debug", "info", "warn", "error"]),
    message: text,
    fields: z.record(text, z.unknown()),
  }),
  z.object({ type: z.literal("session_renewed"), ...header, sessionId: text, lostSessionId: text }),
  z.object({
    type: z.literal("circuit_opened"),
    ...header,
    pipeline: text,
    failures: count.describe("Failed attempts in a row."),
    until: instant,
    node: text.describe("The one whose attempt failed last."),
    error,
  }),
  z.object({ type: z.literal("circuit_half_opened"), ...header, pipeline: text }),
  z.object({ type: z.literal("circuit_closed"), ...header, pipeline: text }),
  z.object({ type: z.literal("subscriber_failed"), ...header, subscriber: text, error }),
  z.object({ type: z.literal("run_finished"), ...header, status: runStatus, summary }),
]);

/** Every way to a value in events of each type: `"summary.nodes.name"`. */
type Paths<T> = T extends string | number | bigint | boolean | null | undefined
  ? never
  : T extends readonly (infer Item)[]
    ? Paths<Item>
    : { [K in keyof T & string]-?: K | `${K}.${Paths<T[K]>}` }[keyof T & string];
type PathsByType<E extends { readonly type: string }> = {
  [T in E["type"]]: Paths<Required<Extract<E, { readonly type: T }>>>;
};
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

true satisfies Same<PathsByType<z.output<typeof runEvent>>, PathsByType<RunEvent>>;

/**
 * The JSON Schema (draft 2020-12) of one line of `run --json`: a `RunEvent` of version 1. It allows fields that it
 * does not name, for a later release may add some.
 */
export function eventSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(runEvent, {
    target: "draft-2020-12",
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type !== "bigint") return;
      Object.assign(jsonSchema, { type: ["integer", "string"], pattern: "^-?[0-9]+$" });
    },
  });
  return {
    ...schema,
    $id: "urn:sparkwright:run-event:v1",
    title: "sparkwright RunEvent v1",
  };
}
