import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { acquireLock, type ProcessLock } from "./process-lock.ts";

/** What a complete folder of the cache says about itself. */
export interface InstallationRecord {
  readonly source: "maven" | "pip";
  readonly version: string;
  readonly hasDelta: boolean;
}

export interface InstallOptions {
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const recordFile = "installation.json";

/** The record of a complete installation in `folder`. */
export function readInstallation(folder: string): InstallationRecord | undefined {
  const file = join(folder, recordFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as InstallationRecord) : undefined;
}

/**
 * Fills `folder` once, whoever asks and however often it is interrupted: `fill` works in a folder beside it, which
 * takes the name only when it is complete. A second process waits for the first.
 */
export async function installOnce(
  folder: string,
  what: string,
  fill: (unfinished: string) => Promise<InstallationRecord>,
  options: InstallOptions,
): Promise<InstallationRecord> {
  const present = readInstallation(folder);
  if (present !== undefined) return present;
  const lock = await lockFor(folder, what, options);
  try {
    const installedMeanwhile = readInstallation(folder);
    if (installedMeanwhile !== undefined) return installedMeanwhile;
    removeUnfinished(folder);
    const unfinished = `${folder}.unfinished-${randomUUID().slice(0, 8)}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      const record = await fill(unfinished);
      writeRecord(unfinished, record);
      rmSync(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
      return record;
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}

/** Changes the record of a complete installation; only one process at a time gets to `change` it. */
export async function updateInstallation(
  folder: string,
  what: string,
  change: (record: InstallationRecord) => Promise<InstallationRecord>,
  options: InstallOptions,
): Promise<InstallationRecord> {
  const lock = await lockFor(folder, what, options);
  try {
    const changed = await change(
      JSON.parse(readFileSync(join(folder, recordFile), "utf8")) as InstallationRecord,
    );
    writeRecord(folder, changed);
    return changed;
  } finally {
    lock.release();
  }
}

function lockFor(folder: string, what: string, options: InstallOptions): Promise<ProcessLock> {
  return acquireLock(`${folder}.lock`, {
    signal: options.signal,
    onWait: () => options.onProgress(`waiting for another process that is installing ${what}`),
  });
}

function writeRecord(folder: string, record: InstallationRecord): void {
  const draft = join(folder, `${recordFile}.draft`);
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(draft, join(folder, recordFile));
}

/** What killed installations left behind; only the holder of the lock may do this. */
function removeUnfinished(folder: string): void {
  const prefix = `${basename(folder)}.unfinished-`;
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}
