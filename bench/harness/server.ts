import { join } from "node:path";
import { ensureServer } from "../../src/server/embedded-server.ts";

/** The one server that all rivals of a run talk to: SPARK_REMOTE, else an embedded one. */
export async function benchServer(): Promise<string> {
  const given = process.env["SPARK_REMOTE"];
  if (given) return given;
  const server = await ensureServer(join(import.meta.dirname, ".."), {
    onProgress: (line) => console.error(line),
  });
  // The Python clients send a token in the clear to "localhost" only, not to the same address in digits.
  return server.remote.replace("127.0.0.1", "localhost");
}
