import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
let image: string | undefined;

function script(name: string): string {
  const output = execFileSync(join(root, "docker", name), {
    encoding: "utf8",
    stdio: ["ignore", "pipe", process.env["CI"] ? "inherit" : "pipe"],
  });
  return output.trim();
}

/**
 * Makes sure of a Docker engine and of the image, and returns the image's name.
 * Where no engine can be had the tests are skipped, but in CI they fail: a test that cannot run proves nothing.
 */
export function requireImage(test: Mocha.Context): string {
  if (image !== undefined) return image;
  try {
    process.env["DOCKER_HOST"] = script("ensure-engine.sh");
  } catch (error) {
    if (process.env["CI"]) throw error;
    console.log("      no Docker engine runs here and none can be started: the docker tests are skipped");
    return test.skip();
  }
  // Its helper image could not be pulled without a registry; every test stops its own containers.
  process.env["TESTCONTAINERS_RYUK_DISABLED"] = "true";
  image = script("build-image.sh").split("\n").at(-1) ?? "";
  return image;
}
