import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { checkOwn, writeOwnFile } from "../core/own-files.ts";
import type { ProcessIdentity } from "../core/process-identity.ts";

/** What later commands need to find a project's server and to tell whether it is still that server. */
export interface Discovery {
  readonly version: 1;
  readonly status: "starting" | "running";
  readonly supervisor: ProcessIdentity;
  readonly jvm: ProcessIdentity;
  /** 0 while it is starting. */
  readonly port: number;
  readonly token: string;
  readonly sparkVersion: string;
  readonly hasDelta: boolean;
  /** ISO time. */
  readonly startedAt: string;
  /** The settings the user gave it. */
  readonly conf: Readonly<Record<string, string>>;
}

/**
 * Reads a discovery file; one that is missing, half written or of another version counts as none. Thrown when it is not
 * the user's own: `FILE_NOT_OWN`.
 */
export function readDiscovery(file: string): Discovery | undefined {
  checkOwn(file);
  try {
    return parseDiscovery(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

export function parseDiscovery(text: string): Discovery | undefined {
  const value: unknown = JSON.parse(text);
  return isDiscovery(value) ? value : undefined;
}

/** Replaces the file at once, so that no reader sees half of it. */
export function writeDiscovery(file: string, discovery: Discovery): void {
  const draft = `${file}.${randomUUID().slice(0, 8)}`;
  writeOwnFile(draft, `${JSON.stringify(discovery, null, 2)}\n`);
  renameSync(draft, file);
}

export function removeDiscovery(file: string): void {
  rmSync(file, { force: true });
}

function isDiscovery(value: unknown): value is Discovery {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return (
    fields["version"] === 1 &&
    (fields["status"] === "starting" || fields["status"] === "running") &&
    isIdentity(fields["supervisor"]) &&
    isIdentity(fields["jvm"]) &&
    Number.isInteger(fields["port"]) &&
    ["token", "sparkVersion", "startedAt"].every((name) => typeof fields[name] === "string") &&
    typeof fields["hasDelta"] === "boolean" &&
    typeof fields["conf"] === "object" &&
    fields["conf"] !== null
  );
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== "object" || value === null) return false;
  const { pid, startTime } = value as Record<string, unknown>;
  return Number.isInteger(pid) && Number(pid) > 0 && typeof startTime === "string";
}
