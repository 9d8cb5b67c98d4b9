import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** A process that cannot be mistaken for a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; differs between two processes that had the same pid, also across a reboot. */
  readonly startTime: string;
}

/** The identity of a running process; `undefined` when there is none or only its zombie is left. */
export function identify(pid: number): ProcessIdentity | undefined {
  const startTime = process.platform === "linux" ? linuxStartTime(pid) : psStartTime(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startTime === identity.startTime;
}

/**
 * Where pids mean what they mean here: this machine since its boot, and the process's own space of pids. Begins with
 * the host's name and a space. Of a process whose place is another, nobody here can say whether it lives.
 */
export function pidSpace(): string {
  return `${hostname()} ${process.platform === "linux" ? `${bootId()} ${pidNamespace()}` : process.platform}`;
}

/** Sends a signal to exactly that process; false when it is gone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch {
    return false; // it ended in between
  }
}

/** The program and the arguments of a process, blanks between them; `undefined` when that cannot be told. */
export function commandLine(pid: number): string | undefined {
  if (process.platform !== "linux") return ps(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trimEnd();
  } catch {
    return undefined;
  }
}

/** Seconds of CPU time a process has used; `undefined` when that cannot be told. */
export function cpuSeconds(pid: number): number | undefined {
  if (process.platform === "linux") {
    const fields = statFields(pid);
    // USER_HZ, the unit of utime and stime, is 100 on every Linux that Node runs on.
    return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) / 100;
  }
  return parseCpuTime(ps(pid, "time="));
}

/** `ps -o time=`: `[[dd-]hh:]mm:ss[.cc]`. */
export function parseCpuTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^[\d:.-]+$/.test(text)) return undefined;
  const [clock = "", days = "0"] = text.split("-").reverse();
  return clock.split(":").reduce((total, part) => total * 60 + Number(part), 0) + Number(days) * 86_400;
}

/** The fields of /proc/PID/stat from `state` on: the name before them may hold spaces and brackets. */
function statFields(pid: number): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function linuxStartTime(pid: number): string | undefined {
  const fields = statFields(pid);
  const state = fields?.[0];
  const ticks = fields?.[19];
  if (state === undefined || state === "Z" || state === "X" || ticks === undefined) return undefined;
  return `${bootId()}-${ticks}`;
}

function bootId(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "pid:unknown";
  }
}

function psStartTime(pid: number): string | undefined {
  const state = ps(pid, "state=");
  return state === undefined || state.startsWith("Z") ? undefined : ps(pid, "lstart=");
}

function ps(pid: number, field: string): string | undefined {
  try {
    const output = execFileSync("ps", ["-o", field, "-p", String(pid)], {
      encoding: "utf8",
      env: { LC_ALL: "C", PATH: "/bin:/usr/bin" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    return output.trim() || undefined;
  } catch {
    return undefined; // no such process
  }
}
