import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const root = join(import.meta.dirname, "../../..");

/** The modules of observers, and of OpenTelemetry, that are loaded by importing `modules`. */
async function loadedBy(...modules: readonly string[]): Promise<string[]> {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    for (const module of ${JSON.stringify(modules)}) await import("./src/" + module);
    console.log(loaded.filter((url) => /\\/src\\/observe\\/|@opentelemetry/.test(url)).map((url) => url.replace(/^.*\\/(src\\/observe|node_modules)\\//, "")).join("\\n"));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program], {
    cwd: root,
  });
  return stdout.split("\n").filter((line) => line !== "");
}

describe("observers that are not named", () => {
  it("are not loaded by a run", async () => {
    expect(await loadedBy("cli/commands/run.ts", "facade/execute-plan.ts")).to.deep.equal([]);
  });

  it("are not loaded by the others", async () => {
    const loaded = await loadedBy("observe/open-observers.ts");
    expect(loaded.some((module) => /lineage\/|tracing\/|webhooks|@opentelemetry/.test(module))).to.equal(
      false,
    );
    expect(loaded).to.include("open-observers.ts");
    expect((await loadedBy("observe/tracing/run-tracer.ts")).join()).to.contain("@opentelemetry/api");
  });
});
