import type { LogLevel } from "../../config/project.ts";
import { formatDuration } from "../../core/duration.ts";
import { toJson } from "../../events/ndjson.ts";
import type { RunEvent } from "../../events/run-event.ts";

/** One line of the log. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
}

/** What an event has to say in a log, if anything. */
export function logLine(event: RunEvent): LogLine | undefined {
  switch (event.type) {
    case "run_started": {
      const { window, nodes } = event;
      const days = window === undefined ? "" : `, ${window.startDate} to ${window.endDate}`;
      const limit = `at most ${event.maxParallelNodes} at once`;
      return info(`${event.pipeline}: run ${event.runId} of ${count(nodes.length, "node")}${days}, ${limit}`);
    }
    case "run_resumed": {
      const again = event.nodes.filter(({ decision }) => decision === "run").length;
      return info(
        `${event.pipeline}: run ${event.runId} goes on, ${again} of ${count(event.nodes.length, "node")} to run`,
      );
    }
    case "inputs_read":
      return undefined;
    case "node_ready":
      return debug(`${event.node} is ready`);
    case "node_started":
      return info(`${event.node} started${event.attempt > 1 ? ` (attempt ${event.attempt})` : ""}`);
    case "operation_submitted":
      return debug(`${event.node} submits operation ${event.operationId}`);
    case "operation_ended":
      return debug(`${event.node} operation ${event.operationId} ${event.outcome}`);
    case "node_progress":
      return undefined;
    case "dataset_checked": {
      const failed = event.checks.filter(({ passed }) => !passed).map(({ name }) => name);
      const outcome = failed.length === 0 ? "all passed" : `failed: ${failed.join(", ")}`;
      return debug(
        `${event.node} checked ${event.dataset} (${count(event.checks.length, "check")}, ${rowCount(event.rows)}): ${outcome}`,
      );
    }
    case "dataset_written": {
      const { node, dataset, mode, rows, durationMs } = event;
      const verb = {
        written: "wrote",
        already_written: "had already written",
        ignored: "left as it was",
        skipped: "had no rows for",
      };
      return info(
        `${node} ${verb[event.outcome]} ${dataset} (${mode}, ${rowCount(rows)}, ${formatDuration(durationMs)})`,
      );
    }
    case "node_succeeded":
      return info(`${event.node} succeeded in ${formatDuration(event.durationMs)}`);
    case "node_retrying": {
      const wait = formatDuration(event.delayMs);
      return warn(`${event.node} failed and is tried again in ${wait}: ${event.error.message}`);
    }
    case "node_failed":
      return {
        level: "error",
        message: `${event.node} failed after ${formatDuration(event.durationMs)}: ${event.error.message}`,
      };
    case "node_skipped": {
      const { node, because, via, error } = event;
      const way = via === undefined ? "" : ` (by way of ${via})`;
      return warn(`${node} skipped because ${error?.message ?? `${because} failed${way}`}`);
    }
    case "node_cancelled":
      return warn(`${event.node} cancelled`);
    case "node_log": {
      const fields = Object.entries(event.fields).map(([key, value]) => ` ${key}=${toJson(value)}`);
      return { level: event.level, message: `${event.node}: ${event.message}${fields.join("")}` };
    }
    case "session_renewed":
      return warn("the Spark session was lost; a new one takes its place");
    case "circuit_opened":
      return warn(
        `the circuit of ${event.pipeline} opens until ${event.until}, after ${event.failures} failed attempts in a row`,
      );
    case "circuit_half_opened":
      return info(`the circuit of ${event.pipeline} lets one node at a time through`);
    case "circuit_closed":
      return info(`the circuit of ${event.pipeline} is closed again`);
    case "subscriber_failed":
      return warn(`${event.subscriber} failed and is left out: ${event.error.message}`);
    case "run_finished":
      return undefined;
  }
}

export function rowCount(rows: bigint): string {
  return `${rows.toLocaleString("en-US")} ${rows === 1n ? "row" : "rows"}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

const debug = (message: string): LogLine => ({ level: "debug", message });
const info = (message: string): LogLine => ({ level: "info", message });
const warn = (message: string): LogLine => ({ level: "warn", message });
