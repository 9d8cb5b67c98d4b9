/** Every check that needs no server, all of them even when one fails; what a check says is shown when it fails. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const root = join(import.meta.dirname, "..");
const bin = (name: string, ...args: string[]): string[] => [join(root, "node_modules/.bin", name), ...args];

const checks: Readonly<Record<string, readonly string[][]>> = {
  types: [bin("tsc", "--noEmit")],
  "format and lint": [bin("biome", "check", "--error-on-warnings", ".")],
  documentation: [bin("typedoc", "--emit", "none", "--treatValidationWarningsAsErrors")],
  rooms: [[process.execPath, "test/rooms/check.ts"]],
  "dead code": [bin("knip", "--no-config-hints")],
  "package shape": [bin("tsc", "-p", "tsconfig.build.json"), bin("publint", "--strict")],
};

async function run(command: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", reject);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { ok: code === 0, output: `${out}${err}`.trim() };
}

async function check(name: string, commands: readonly string[][]): Promise<boolean> {
  const started = performance.now();
  for (const command of commands) {
    const { ok, output } = await run(command);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (!ok) {
      console.log(`FAIL  ${name} (${seconds} s)\n${output.replace(/^/gm, "      ")}`);
      return false;
    }
    if (name === "rooms") console.log(`      ${output}`);
  }
  console.log(`ok    ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return true;
}

rmSync(join(root, "dist"), { recursive: true, force: true });
const waiting = Object.entries(checks);
let failed = 0;

/** Two at a time: each check is about one core's work. */
async function worker(): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (!(await check(...next))) failed++;
  }
}
await Promise.all([worker(), worker()]);
process.exitCode = failed > 0 ? 1 : 0;
