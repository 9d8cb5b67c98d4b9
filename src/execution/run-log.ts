import { join } from "node:path";
import winston from "winston";
import type { EventBus } from "../events/event-bus.ts";
import { plainBigint } from "../events/plain-value.ts";
import type { EventLogLevel, RunEvent } from "../events/run-event.ts";

/** Writes the events of one run as JSON lines to `.sparkwright/logs/<run>.log` of the project. */
export interface RunLog {
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
}

export function openRunLog(root: string, runId: string, level: EventLogLevel, bus: EventBus): RunLog {
  const filename = join(root, ".sparkwright", "logs", `${runId}.log`);
  const file = new winston.transports.File({ filename });
  const logger = winston.createLogger({
    level,
    transports: [file],
    format: winston.format.json({
      replacer: (_key, value: unknown) => (typeof value === "bigint" ? plainBigint(value) : value),
    }),
  });
  // A log that cannot be written is reported once; it never ends the run.
  const failed = (error: unknown) => bus.report(runId, "run log", error);
  logger.on("error", failed);
  file.on("error", failed);
  const unsubscribe = bus.subscribe("run log", (event) => {
    if (event.runId !== runId) return;
    const { level: eventLevel, message, ...fields } = logEntry(event);
    logger.log(eventLevel, message, fields);
  });
  return {
    close: async () => {
      unsubscribe();
      const closed = new Promise<void>((resolve) => {
        file.once("finish", resolve);
        file.once("error", () => resolve());
      });
      logger.end();
      await closed;
    },
  };
}

function logEntry(event: RunEvent): Readonly<Record<string, unknown>> & {
  readonly level: EventLogLevel;
  readonly message: string;
} {
  const { v: _version, type, ...fields } = event;
  if (event.type === "node_log") return { ...fields, level: event.level, message: event.message, type };
  return { ...fields, level: levels[type] ?? "info", message: type };
}

const levels: { readonly [T in RunEvent["type"]]?: EventLogLevel } = {
  node_ready: "debug",
  node_progress: "debug",
  operation_submitted: "debug",
  operation_ended: "debug",
  node_retrying: "warn",
  node_skipped: "warn",
  node_cancelled: "warn",
  node_failed: "error",
  subscriber_failed: "warn",
};
