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

/** A log that cannot be written is reported once, to the other subscribers; it never ends the run. */
export function openRunLog(root: string, runId: string, level: EventLogLevel, bus: EventBus): RunLog {
  const broken = Promise.withResolvers<void>();
  const fail = (error: unknown) => {
    broken.resolve();
    bus.report(runId, "run log", error);
  };
  const unlogged: RunLog = { close: () => Promise.resolve() };
  let file: winston.transports.FileTransportInstance;
  try {
    file = new winston.transports.File({ filename: join(root, ".sparkwright", "logs", `${runId}.log`) });
  } catch (error) {
    fail(error);
    return unlogged;
  }
  const logger = winston.createLogger({
    level,
    transports: [file],
    format: winston.format.json({ replacer }),
  });
  logger.on("error", fail);
  file.on("error", fail);
  const unsubscribe = bus.subscribe("run log", (event) => {
    if (event.runId !== runId) return;
    const { level: eventLevel, message, ...fields } = logEntry(event);
    logger.log(eventLevel, message, fields);
  });
  return {
    close: async () => {
      unsubscribe();
      const written = new Promise<void>((resolve) => file.once("finish", resolve));
      logger.end();
      // A stream that has failed does not finish.
      await Promise.race([written, broken.promise]);
    },
  };
}

const replacer = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? plainBigint(value) : value;

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
  session_renewed: "warn",
  circuit_opened: "warn",
  subscriber_failed: "warn",
};
