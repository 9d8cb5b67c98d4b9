import type { LogLevel } from "../../config/project.ts";
import { toNdjson } from "../../events/ndjson.ts";
import type { RunEvent } from "../../events/run-event.ts";
import { LiveRegion } from "../terminal/live-region.ts";
import type { Output } from "../terminal/output.ts";
import { liveLines } from "./live-lines.ts";
import { logLine } from "./log-line.ts";
import { createLogger, type Logger } from "./logger.ts";
import { RunView } from "./run-view.ts";

export interface RunTerminalOptions {
  readonly out: Output;
  readonly err: Output;
  readonly json: boolean;
  readonly logLevel: LogLevel;
  /** Whether lines may be drawn again in place. */
  readonly live: boolean;
}

/** How a run is shown while it goes on. */
export interface RunTerminal {
  readonly logger: Logger;
  handle(event: RunEvent): void;
  /** Something beside the nodes: Spark is being started, the run is being stopped. */
  status(text: string): void;
  close(): void;
}

export function openRunTerminal(options: RunTerminalOptions): RunTerminal {
  return options.live && !options.json ? new LiveTerminal(options) : new LineTerminal(options);
}

/** Lines that are only ever appended; with `json` the events go to stdout and the lines to stderr. */
class LineTerminal implements RunTerminal {
  readonly logger: Logger;
  readonly #events: Output | undefined;

  constructor({ out, err, json, logLevel }: RunTerminalOptions) {
    const log = json ? err : out;
    this.#events = json ? out : undefined;
    this.logger = createLogger(logLevel, log.paint, (text) => void log.write(text));
  }

  handle(event: RunEvent): void {
    void this.#events?.write(toNdjson(event));
    const line = logLine(event);
    if (line !== undefined) this.logger.log(line);
  }

  status(message: string): void {
    this.logger.log({ level: "info", message });
  }

  close(): void {}
}

const redrawMs = 100;

/** The nodes drawn in place; above them only what cannot be seen there: logs, retries, failures. */
class LiveTerminal implements RunTerminal {
  readonly logger: Logger;
  readonly #view = new RunView();
  readonly #region: LiveRegion;
  readonly #timer: NodeJS.Timeout;
  readonly #debug: boolean;
  #status: string | undefined;

  constructor({ out, logLevel }: RunTerminalOptions) {
    const { paint } = out;
    this.#region = new LiveRegion(out, (columns, rows) =>
      liveLines(this.#view, { now: Date.now(), status: this.#status, paint }, columns, rows),
    );
    this.#debug = logLevel === "debug";
    this.logger = createLogger(logLevel, paint, (text) => this.#region.print(text));
    this.#timer = setInterval(() => this.#region.draw(), redrawMs);
    this.#timer.unref();
  }

  handle(event: RunEvent): void {
    this.#view.apply(event);
    if (event.type === "node_started") this.#status = undefined;
    const line = logLine(event);
    const seenInPlace = line?.level === "info" && event.type !== "node_log";
    if (line !== undefined && (this.#debug || !seenInPlace)) this.logger.log(line);
  }

  status(text: string): void {
    this.#status = text;
    this.#region.draw();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#region.close();
  }
}
