/** A command as another process would run it: `ensure.ts server DIR [IDLE_MS]` or `ensure.ts distribution`. */
import { ensureDistribution } from "../../../src/server/distribution.ts";
import { ensureServer } from "../../../src/server/embedded-server.ts";

const [what, dir = "", idleMs] = process.argv.slice(2);
const abort = new AbortController();
process.once("SIGINT", () => abort.abort());
const options = { onProgress: (line: string) => console.error(line), signal: abort.signal };
try {
  const result =
    what === "distribution"
      ? await ensureDistribution(options)
      : await ensureServer(dir, {
          ...options,
          ...(idleMs === undefined ? {} : { idleTimeoutMs: Number(idleMs) }),
        });
  console.log(JSON.stringify(result));
} catch (error) {
  const { code, message, hint } = error as { code?: string; message: string; hint?: string };
  console.log(JSON.stringify({ code, message, hint }));
  process.exitCode = 1;
}
