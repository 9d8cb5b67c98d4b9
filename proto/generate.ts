/**
 * Makes the gRPC stubs in `gen/` out of the .proto files inside the pinned Spark Connect jar.
 *
 *     node proto/generate.ts [--if-stale]
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { ensureDistribution } from "../src/server/distribution.ts";
import source from "./source.json" with { type: "json" };

const root = join(import.meta.dirname, "..");
const stubs = join(root, "gen");
const stamp = join(stubs, "stamp");

function sha256(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

/** Changes whenever the stubs would come out differently. */
function fingerprint(): string {
  const plugin = readFileSync(join(root, "node_modules/@bufbuild/protoc-gen-es/package.json"), "utf8");
  return sha256([
    readFileSync(join(root, "buf.gen.yaml")),
    JSON.stringify(source),
    (JSON.parse(plugin) as { version: string }).version,
  ]);
}

function extractProtos(jars: string): Record<string, string> {
  const name = readdirSync(jars).find((file) => /^spark-connect_[\d.]+-[\d.]+\.jar$/.test(file));
  if (name === undefined) throw new Error(`no spark-connect jar in ${jars}; reinstall Spark ${source.spark}`);
  const wanted = (path: string) => source.files.some((pattern) => new RegExp(`^${pattern}$`).test(path));
  const entries = unzipSync(readFileSync(join(jars, name)), { filter: (entry) => wanted(entry.name) });
  const protos = Object.fromEntries(
    Object.keys(entries)
      .sort()
      .map((path) => [path, strFromU8(entries[path] as Uint8Array)]),
  );
  const found = sha256(Object.entries(protos).flat());
  if (found !== source.sha256) {
    throw new Error(
      `the .proto files in ${name} have sha256 ${found}, but proto/source.json expects ${source.sha256}; ` +
        `check that Spark ${source.spark} is installed (SPARK_HOME may point at another version)`,
    );
  }
  return protos;
}

function runBuf(protos: Record<string, string>, work: string): void {
  for (const [path, text] of Object.entries(protos)) {
    const file = join(work, "proto", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const bin = join(root, "node_modules/.bin");
  execFileSync(join(bin, "buf"), ["generate", "--template", join(root, "buf.gen.yaml")], {
    cwd: work,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}` },
  });
}

async function generate(): Promise<void> {
  const started = performance.now();
  const spark = await ensureDistribution({ onProgress: (line) => console.error(line) });
  const work = join(root, "node_modules/.cache/sparkwright", `gen-${process.pid}`);
  try {
    runBuf(extractProtos(spark.jars), work);
    writeFileSync(join(work, "gen/stamp"), fingerprint());
    rmSync(stubs, { recursive: true, force: true });
    renameSync(join(work, "gen"), stubs);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  console.error(
    `generated gen/ from Spark Connect ${source.spark} in ${Math.round(performance.now() - started)} ms`,
  );
}

const isCurrent = existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint();
if (!(process.argv.includes("--if-stale") && isCurrent)) {
  await generate().catch((error: unknown) => {
    console.error(`cannot generate gen/: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}
