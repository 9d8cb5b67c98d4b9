import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const venvs = join(import.meta.dirname, "../.venv");

/** The Python of a virtual environment of this name, made on first use. Drop-in rivals need one each. */
export function python(name: string, ...requirements: string[]): string {
  const folder = join(venvs, name);
  const complete = join(folder, "complete");
  const executable = join(folder, "bin/python");
  if (!existsSync(complete)) {
    console.error(`installing ${requirements.join(", ")} into bench/.venv/${name}`);
    execFileSync("python3", ["-m", "venv", "--clear", folder], { stdio: "inherit" });
    execFileSync(executable, ["-m", "pip", "install", "-q", ...requirements], { stdio: "inherit" });
    writeFileSync(complete, requirements.join("\n"));
  }
  return executable;
}
