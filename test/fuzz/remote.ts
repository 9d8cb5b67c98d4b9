import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureServer } from "../../src/server/embedded-server.ts";

/** The connection string of the server to fuzz against: SPARK_REMOTE, else the embedded one of a scratch project. */
export async function fuzzRemote(): Promise<string> {
  const given = process.env["SPARK_REMOTE"];
  if (given !== undefined && given !== "") return given;
  const folder = join(tmpdir(), "sparkwright-test-project");
  mkdirSync(folder, { recursive: true });
  return (await ensureServer(folder, { needsDelta: true })).remote;
}
