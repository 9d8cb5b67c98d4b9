import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { HeartbeatData } from "./heartbeat.ts";
import { isHeld } from "./lease-table.ts";
import { upMs } from "./up-ms.ts";

// Runs in a thread of its own: users' code can block the main one for longer than a runner may be silent.
const { file, key, intervalMs } = workerData as HeartbeatData;
const db = new DatabaseSync(file);
db.exec(`PRAGMA busy_timeout = ${intervalMs}; PRAGMA synchronous = NORMAL`);
const beat = db.prepare(`UPDATE leases SET heartbeat_at = ?, heartbeat_up_ms = ? WHERE ${isHeld}`);

const timer = setInterval(() => {
  try {
    if (beat.run(Date.now(), upMs(), ...key).changes === 1) return;
    clearInterval(timer);
    parentPort?.postMessage("lost");
  } catch {
    // The store is busy or cannot be written just now; whoever finds the lease stale decides.
  }
}, intervalMs);
