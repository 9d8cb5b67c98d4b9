import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { messageOf, SparkwrightError } from "../../src/core/error.ts";
import { type EmbeddedServer, ensureServer, stopServer } from "../../src/server/embedded-server.ts";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { ChaoticProxy } from "./chaotic-proxy.ts";
import { commitsOf } from "./delta-commits.ts";
import { judge, type WriteRecord } from "./judge.ts";
import { between, oneOf, seeded } from "./random.ts";

export interface ChaosOptions {
  readonly seconds: number;
  readonly seed: number;
  /** How often the server is killed and started again. */
  readonly kills: number;
  /** Stops earlier once so many appends, and so many cancellations, were made. */
  readonly writes?: number | undefined;
  readonly cancellations?: number | undefined;
  readonly log: (line: string) => void;
}

export interface ChaosResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
  /** Of the uncancelled appends that no kill fell into, %. */
  readonly unknownPercent: number;
  /** Of the cancellations that no kill fell into, %. */
  readonly confirmedPercent: number;
}

const workers = 4;
const deadlineMs = 30_000;
const rowsPerRead = 200_000;

/** Everything that a client does, through a proxy that breaks connections and over servers that are killed. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const { seconds, seed, kills, log } = options;
  const folder = mkdtempSync(join(tmpdir(), "chaos-"));
  const start = async () => await ensureServer(folder, { needsDelta: true, onProgress: log });
  let server: EmbeddedServer = await start();
  const proxy = new ChaoticProxy(() => server, seeded(seed));
  const port = await proxy.listen();
  const table = join(folder, "table");
  const records: WriteRecord[] = [];
  const violations: string[] = [];
  const counts: Record<string, number> = {};
  const trace: string[] = [];
  const killed: { from: number; to: number }[] = [];
  const inKill = new Set<string>();
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const note = (line: string) => {
    trace.push(`${new Date().toISOString()} ${line}`);
    if (trace.length > 40) trace.shift();
  };
  const open = () =>
    new SparkSession({
      remote: `sc://127.0.0.1:${port}`,
      token: () => server.token,
      keepaliveTimeMs: 2_000,
      keepaliveTimeoutMs: 1_500,
      onWarning: () => {},
    });

  const direct = new SparkSession({ remote: server.remote });
  await direct.range(0).write.format("delta").save(table);
  await direct.stop();
  const startedAt = Date.now();
  const endsAt = startedAt + seconds * 1_000;
  const enough = () =>
    Date.now() >= endsAt ||
    (options.writes !== undefined &&
      options.cancellations !== undefined &&
      records.filter(({ cancelled }) => !cancelled).length >= options.writes &&
      records.filter(({ cancelled }) => cancelled).length >= options.cancellations);

  async function write(spark: SparkSession, id: string, cancelAfterMs: number | undefined): Promise<unknown> {
    const controller = new AbortController();
    const timer =
      cancelAfterMs === undefined ? undefined : setTimeout(() => controller.abort(), cancelAfterMs);
    const from = Date.now();
    let thrown: unknown;
    try {
      const writer = spark.range(5).write.format("delta").mode("append").option("userMetadata", id);
      await writer.save(table, { signal: controller.signal, deadlineMs });
    } catch (error) {
      thrown = error;
    }
    clearTimeout(timer);
    const endedAt = Date.now();
    if (endedAt - from > deadlineMs + 1_500) violations.push(`${id}: ended after ${endedAt - from} ms`);
    const error = thrown instanceof SparkwrightError ? thrown : undefined;
    const result = thrown === undefined ? "resolved" : (error?.outcome ?? "none");
    // By its signal, or by its deadline.
    const cancelled = error?.code === "CANCELLED";
    const confirmed = cancelled && error.details["confirmed"] !== false;
    const text = error === undefined ? undefined : `${error.code}: ${error.message}`;
    records.push({ id, result, cancelled, confirmed, endedAt, error: text });
    if (killed.some((kill) => kill.to >= from && kill.from <= endedAt)) inKill.add(id);
    if (thrown !== undefined) note(`${id}: ${result} ${text ?? messageOf(thrown)}`);
    return thrown;
  }

  async function read(spark: SparkSession): Promise<unknown> {
    try {
      const rows = await spark.range(rowsPerRead).collect({ deadlineMs });
      if (rows.length !== rowsPerRead) violations.push(`a read gave ${rows.length} rows of ${rowsPerRead}`);
      count("reads");
      return undefined;
    } catch (error) {
      count("reads rejected");
      return error;
    }
  }

  async function burst(spark: SparkSession): Promise<unknown> {
    const results = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        try {
          const rows = await spark.range(n + 1).collect({ deadlineMs });
          if (rows.length !== n + 1) violations.push(`a small read gave ${rows.length} rows of ${n + 1}`);
          return undefined;
        } catch (error) {
          return error;
        }
      }),
    );
    count("bursts");
    const failures = results.filter((error) => error !== undefined);
    for (const error of failures) {
      count(`burst query rejected ${error instanceof SparkwrightError ? error.code : messageOf(error)}`);
    }
    return failures[0];
  }

  async function upload(spark: SparkSession, n: number): Promise<unknown> {
    const size = 20_000 + n;
    const rows = Array.from({ length: size }, (_, id) => ({ id: BigInt(id), text: `row ${id} of ${n}` }));
    try {
      const frame = await spark.createDataFrame(rows, "id BIGINT, text STRING", { deadlineMs });
      const found = await frame.count({ deadlineMs });
      if (found !== BigInt(size)) violations.push(`of ${size} uploaded rows ${found} are there`);
      count("uploads");
      return undefined;
    } catch (error) {
      count("uploads rejected");
      return error;
    }
  }

  async function work(worker: number): Promise<void> {
    const random = seeded(seed + 1_000 * (worker + 1));
    let spark = open();
    for (let n = 0; !enough(); n += 1) {
      const id = `w${worker}-${n}`;
      const kind = oneOf(random, ["write", "write", "write", "cancel", "cancel", "read", "upload", "burst"]);
      let failed: unknown;
      if (kind === "write") failed = await write(spark, id, undefined);
      else if (kind === "cancel") failed = await write(spark, id, between(random, 0, 1_500));
      else if (kind === "read") failed = await read(spark);
      else if (kind === "upload") failed = await upload(spark, n);
      else if (n % 4 === 0) failed = await burst(spark);
      if (failed instanceof SparkwrightError && failed.code === "CONNECT_SESSION_CLOSED") {
        await spark.close();
        spark = open();
      }
    }
    await spark.close();
  }

  async function strike(): Promise<void> {
    const random = seeded(seed + 7);
    while (!enough()) {
      const { fault, ms } = proxy.strike();
      count(`fault ${fault}`);
      note(`fault ${fault} for ${Math.round(ms)} ms`);
      await delay(ms + between(random, 500, 4_000));
    }
  }

  async function kill(): Promise<void> {
    for (let n = 1; n <= kills; n += 1) {
      const at = startedAt + (n * seconds * 1_000) / (kills + 1);
      while (Date.now() < at && !enough()) await delay(100);
      if (enough()) return;
      note("the server is killed");
      const window = { from: Date.now(), to: Number.POSITIVE_INFINITY };
      killed.push(window);
      process.kill(server.pid, "SIGKILL");
      count("kills");
      await delay(500);
      server = await start();
      // Sessions of the old server learn of it with their next call.
      window.to = Date.now() + 2_000;
      note("the server is back");
    }
  }

  try {
    await Promise.all([strike(), kill(), ...Array.from({ length: workers }, (_, n) => work(n))]);
    // What is held back somewhere arrives now, or never.
    await delay(3_000);
    const commits = commitsOf(table);
    for (const record of records) {
      const wrong = judge(record, commits.get(record.id) ?? []);
      if (wrong !== undefined) violations.push(wrong);
      count(`${record.cancelled ? "cancelled" : "write"} ${record.result}`);
      if (record.cancelled) count(record.confirmed ? "confirmed" : "not confirmed");
    }
  } finally {
    proxy.close();
    await stopServer(folder).catch((error: unknown) => log(messageOf(error)));
    rmSync(folder, { recursive: true, force: true });
  }
  if (violations.length > 0) for (const line of trace) log(line);
  const calm = records.filter(({ id }) => !inKill.has(id));
  const percent = (of: readonly WriteRecord[], is: (record: WriteRecord) => boolean) =>
    of.length === 0 ? 0 : (100 * of.filter(is).length) / of.length;
  return {
    counts,
    violations,
    unknownPercent: percent(
      calm.filter(({ cancelled }) => !cancelled),
      ({ result }) => result === "unknown",
    ),
    confirmedPercent: percent(
      calm.filter(({ cancelled }) => cancelled),
      ({ confirmed }) => confirmed,
    ),
  };
}
