import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../../src/server/cache-folder.ts";
import { readEnvironment } from "../../../src/server/environment.ts";
import { installOnce } from "../../../src/server/installation.ts";
import { findPip, pipInstall } from "../../../src/server/pip.ts";
import { runCommand } from "../../../src/server/run-command.ts";

const generator = "4.0.0";
const scaleFactor = "0.1";

/**
 * The folder of the tables as Parquet files, made once per machine by the generator of the TPC-H community and kept
 * with what else sparkwright caches; `undefined` where there is no pip to install the generator with.
 */
export async function tpchData(): Promise<string | undefined> {
  const environment = readEnvironment();
  const folder = join(cacheFolder(environment), `tpch-${scaleFactor}-${generator}`);
  const pip = await findPip(environment);
  if (pip === undefined) return undefined;
  mkdirSync(cacheFolder(environment), { recursive: true });
  const onProgress = (): void => {};
  await installOnce(
    folder,
    "the data of TPC-H",
    async (unfinished) => {
      const work = join(unfinished, "work");
      mkdirSync(join(work, "tmp"), { recursive: true });
      await pipInstall(pip, `tpchgen-cli==${generator}`, join(work, "packages"), { onLine: onProgress });
      const program = join(work, "packages", "bin", "tpchgen-cli");
      await runCommand(program, ["parquet", "-s", scaleFactor, "--output-dir", unfinished]);
      rmSync(work, { recursive: true });
      return { source: "pip", version: generator, hasDelta: false };
    },
    { onProgress },
  );
  return folder;
}
