/**
 * Runs those parts of test/integration that care only for a server, unchanged, against the container.
 * The container sees the temporary folder and the data under the paths that they have here.
 */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nestedMocha } from "../nested-mocha.ts";
import { startSpark } from "./spark-container.ts";

const root = join(import.meta.dirname, "../..");
const serverAgnostic = [
  "sql/{bound-relations,etl,local-data,round-trip,stream-rows}",
  "connect/*",
  "engine/*",
  "flights/*",
];

/** Resolves to mocha's exit code. */
export async function runIntegration(
  image: string,
  patterns: readonly string[] = serverAgnostic,
): Promise<number> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "sparkwright-docker-")));
  const data = realpathSync(join(root, "node_modules/vega-datasets"));
  const spark = await startSpark(image, {
    mounts: [
      { path: scratch, mode: "rw" },
      { path: data, mode: "ro" },
      { path: join(root, "examples"), mode: "ro" },
    ],
    // What this user creates the server must be able to write into, and the other way round.
    user: `${process.getuid?.() ?? 185}:0`,
  });
  try {
    const files = patterns.map((pattern) => `test/integration/${pattern}.test.ts`);
    const env = { SPARK_REMOTE: spark.remote, TMPDIR: scratch };
    return await nestedMocha(files, { env, name: "container" });
  } finally {
    await spark.container.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
