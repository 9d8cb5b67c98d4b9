import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "../../src/sql/spark-session.ts";

let server: Promise<string> | undefined;
let session: Promise<SparkSession> | undefined;

/** The connection string of the server to test against: SPARK_REMOTE, else the embedded one of a scratch project. */
export function remote(): Promise<string> {
  server ??= findServer();
  return server;
}

async function findServer(): Promise<string> {
  const given = process.env["SPARK_REMOTE"];
  if (given !== undefined && given !== "") return given;
  const { ensureServer } = await import("../../src/server/embedded-server.ts");
  return (await ensureServer(join(tmpdir(), "sparkwright-test-project"))).remote;
}

/** One session for all tests of this process; it ends with the process. */
export function getSpark(): Promise<SparkSession> {
  session ??= remote().then((url) => SparkSession.builder().remote(url).getOrCreate());
  return session;
}

/** A new empty folder that this process and a server on this machine can write to. */
export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), "sparkwright-"));
}

if (typeof after === "function") {
  after(async () => {
    await (await session)?.stop();
  });
}
