import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../src/server/cache-folder.ts";
import { type EmbeddedServer, ensureServer, stopServer } from "../../src/server/embedded-server.ts";
import { readEnvironment } from "../../src/server/environment.ts";
import { installWithPip } from "../../src/server/install-pip.ts";
import { installOnce } from "../../src/server/installation.ts";
import { findPip } from "../../src/server/pip.ts";
import { readSparkPom } from "../../src/server/spark-pom.ts";

/** One release of each line of Spark 4, from its PyPI distribution. */
export const releases: readonly string[] = ["4.0.5", "4.1.4", "4.2.1", "4.3.0"];

/** Installs that Spark once per machine, starts its server in a folder of its own, and stops it when `use` has ended. */
export async function withServer<T>(
  version: string,
  onProgress: (line: string) => void,
  use: (server: EmbeddedServer) => Promise<T>,
): Promise<T> {
  const sparkHome = await installSpark(version, onProgress);
  const project = mkdtempSync(join(tmpdir(), `sparkwright-compat-${version}-`));
  const before = process.env["SPARK_HOME"];
  process.env["SPARK_HOME"] = sparkHome;
  let server: EmbeddedServer | undefined;
  try {
    server = await ensureServer(project, { onProgress });
    return await use(server);
  } finally {
    // Stopped gently it would first write the class archive of its version, which takes longer than the tests.
    if (server !== undefined) process.kill(server.pid, "SIGKILL");
    if (before === undefined) delete process.env["SPARK_HOME"];
    else process.env["SPARK_HOME"] = before;
    await stopServer(project);
    rmSync(project, { recursive: true, force: true });
  }
}

async function installSpark(version: string, onProgress: (line: string) => void): Promise<string> {
  const environment = readEnvironment();
  const cache = cacheFolder(environment);
  const pip = await findPip(environment);
  if (pip === undefined) throw new Error("there is no pip to install other versions of Spark with");
  mkdirSync(cache, { recursive: true });
  const folder = join(cache, `spark-${version}-pip`);
  const pom = { ...readSparkPom(), sparkVersion: version };
  const options = { onProgress };
  await installOnce(
    folder,
    `Spark ${version}`,
    (unfinished) => installWithPip(pip, pom, unfinished, options),
    options,
  );
  return folder;
}
