import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import winston from "winston";
import { makeOwnFolder, openOwnFile } from "../core/own-files.ts";
import type { EventBus } from "../events/event-bus.ts";
import { toJson } from "../events/ndjson.ts";
import type { EventLogLevel, RunEvent } from "../events/run-event.ts";

/** Writes the events of one run as JSON lines to `.sparkwright/logs/<run>.log` of the project. */
export interface RunLog {
  /** Resolves when everything is in the file. */
  close(): Promise<void>;
}

/** A log that cannot be written ends there and is reported once, to the other subscribers; it never ends the run. */
export function openRunLog(root: string, runId: string, level: EventLogLevel, bus: EventBus): RunLog {
  const folder = join(root, ".sparkwright", "logs");
  const path = join(folder, `${runId}.log`);
  let file: WriteStream;
  try {
    makeOwnFolder(folder);
    file = createWriteStream(path, { fd: openOwnFile(path, "append") });
  } catch (error) {
    bus.report(runId, "run log", error);
    return { close: () => Promise.resolve() };
  }
  const transport = new winston.transports.Stream({ stream: file, eol: "\n" });
  const format = winston.format.printf((entry) => toJson(entry));
  const logger = winston.createLogger({ level, transports: [transport], format });
  const broken = new Promise<void>((resolve) => {
    file.on("error", (error) => {
      resolve();
      unsubscribe();
      bus.report(runId, "run log", error);
    });
  });
  const unsubscribe = bus.subscribe("run log", (event) => {
    if (event.runId !== runId) return;
    logger.log(logEntry(event));
  });
  return {
    close: async () => {
      unsubscribe();
      const written = new Promise<void>((resolve) => {
        transport.once("finish", () => file.end(() => resolve()));
      });
      logger.end();
      // A stream that has failed does not finish.
      await Promise.race([written, broken]);
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
  session_renewed: "warn",
  circuit_opened: "warn",
  subscriber_failed: "warn",
};
