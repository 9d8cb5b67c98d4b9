import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

export interface NestedRun {
  readonly env: Readonly<Record<string, string>>;
  /** What the counts of this run are filed under. */
  readonly name: string;
}

/** Runs test files by mocha in mocha, against what `env` says; their counts go where test/run.ts adds them up. */
export function nestedMocha(files: readonly string[], { env, name }: NestedRun): Promise<number> {
  const counts = process.env["SPARKWRIGHT_TEST_COUNTS"];
  const reporter =
    counts === undefined
      ? ["--reporter", "spec"]
      : [
          "--reporter",
          "test/counting-reporter.cjs",
          "--reporter-option",
          `counts=${join(counts, `${name}.json`)}`,
        ];
  const child = spawn(join(root, "node_modules/.bin/mocha"), ["--timeout", "180000", ...reporter, ...files], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
