import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** What a look at the server showed. */
export interface Activity {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether somebody is connected; `undefined` when that cannot be told here. */
  readonly connected: boolean | undefined;
  /** CPU seconds the JVM has used; `undefined` when that cannot be told here. */
  readonly cpuSeconds: number | undefined;
}

/** An idle JVM uses well under 1 % of a core; a streaming query that nobody watches uses more. */
const idleCpuShare = 0.05;

/**
 * Decides when a server has had nothing to do for long enough: nobody connected and hardly any CPU used.
 * Immutable: `next` takes the latest look.
 */
export class IdleTimer {
  readonly #timeoutMs: number;
  readonly #last: Activity;
  readonly #busyAt: number;

  constructor(timeoutMs: number, last: Activity, busyAt: number = last.at) {
    this.#timeoutMs = timeoutMs;
    this.#last = last;
    this.#busyAt = busyAt;
  }

  next(now: Activity): IdleTimer {
    return new IdleTimer(this.#timeoutMs, now, this.#isBusy(now) ? now.at : this.#busyAt);
  }

  get isOver(): boolean {
    return this.#last.at - this.#busyAt >= this.#timeoutMs;
  }

  #isBusy(now: Activity): boolean {
    if (now.connected === true) return true;
    if (now.cpuSeconds === undefined || this.#last.cpuSeconds === undefined)
      return now.connected === undefined;
    const seconds = (now.at - this.#last.at) / 1_000;
    return now.cpuSeconds - this.#last.cpuSeconds > idleCpuShare * seconds;
  }
}

/** Whether anybody is connected to the local TCP port. */
export function hasConnections(port: number): boolean | undefined {
  const tables = ["/proc/net/tcp", "/proc/net/tcp6"].filter((file) => existsSync(file));
  if (tables.length > 0) return tables.some((file) => hasEstablished(readFileSync(file, "utf8"), port));
  try {
    execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:ESTABLISHED"], { stdio: "ignore" });
    return true;
  } catch (error) {
    return error instanceof Error && Reflect.get(error, "status") === 1 ? false : undefined;
  }
}

/** Reads a table of /proc/net/tcp: `sl local_address rem_address st …`, hexadecimal, state 01 is established. */
export function hasEstablished(table: string, port: number): boolean {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return table.split("\n").some((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    return state === "01" && local?.endsWith(suffix) === true;
  });
}
