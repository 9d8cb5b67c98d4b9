import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

export const root: string = join(import.meta.dirname, "../..");
const run = promisify(execFile);

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; a bad end is an answer too. */
export async function call(
  program: string,
  args: readonly string[],
  cwd: string,
  node?: string,
): Promise<Ended> {
  // What npm tells its scripts (npm_config_…) would steer the npm below; the runtime is found by PATH.
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) && name !== "NODE_OPTIONS",
  );
  const path = [...(node === undefined ? [] : [dirname(node)]), process.env["PATH"]].join(delimiter);
  const env = { ...Object.fromEntries(kept), PATH: path, NO_COLOR: "1" };
  try {
    return { code: 0, ...(await run(program, args, { cwd, env, maxBuffer: 64 << 20 })) };
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (typeof code !== "number") throw error;
    return { code, stdout, stderr };
  }
}

export async function succeed(...args: Parameters<typeof call>): Promise<string> {
  const ended = await call(...args);
  if (ended.code !== 0) {
    throw new Error(
      `${args[0]} ${args[1].join(" ")} ended with ${ended.code}\n${ended.stdout}\n${ended.stderr}`,
    );
  }
  return ended.stdout;
}

export interface InstalledPackage {
  /** A folder with nothing but the package and its dependencies. */
  readonly folder: string;
  /** Paths inside the tarball. */
  readonly files: readonly string[];
  readonly unpackedBytes: number;
}

/** `npm pack`, then `npm install` of the tarball in an empty folder. */
export async function installPackage(): Promise<InstalledPackage> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sparkwright-package-")));
  const stdout = await succeed("npm", ["pack", "--json", "--pack-destination", folder], root);
  const report = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as unknown;
  // npm 12 answers with an object by package name, npm 11 with an array.
  const [packed] = Object.values(report as Record<string, PackReport>);
  if (packed === undefined) throw new Error(`npm pack said ${stdout}`);
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "consumer", private: true, type: "module" }),
  );
  await succeed("npm", ["install", "--no-audit", "--no-fund", join(folder, packed.filename)], folder);
  return { folder, files: packed.files.map(({ path }) => path), unpackedBytes: packed.unpackedSize };
}

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
  readonly unpackedSize: number;
}

/** The executable of a Node of this major version, from npm. */
export async function installNode(major: number, folder: string): Promise<string> {
  const home = join(folder, `node-${major}`);
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), JSON.stringify({ name: `node-${major}`, private: true }));
  await succeed("npm", ["install", "--no-audit", "--no-fund", `node@${major}`], home);
  return join(home, "node_modules/node/bin/node");
}
