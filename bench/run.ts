/** Runs every benchmark, or those whose path contains one of the arguments, one after the other. */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";

const wanted = process.argv.slice(2);
const files = globSync("**/*.bench.ts", { cwd: import.meta.dirname }).sort();
for (const file of files.filter(
  (path) => wanted.length === 0 || wanted.some((word) => path.includes(word)),
)) {
  const { status } = spawnSync(process.execPath, ["--expose-gc", join(import.meta.dirname, file)], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
