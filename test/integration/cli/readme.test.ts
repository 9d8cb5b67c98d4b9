import { execFile } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { getSpark, remote } from "../spark.ts";
import { cli, environment, repository, scratchProject } from "./command-line.ts";

const readme = readFileSync(join(repository, "README.md"), "utf8");

/** The fenced block that contains a text. */
function block(containing: string): string {
  const found = [...readme.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].find((match) =>
    match[1]?.includes(containing),
  );
  if (found?.[1] === undefined) throw new Error(`the README has no block with ${containing}`);
  return found[1];
}

describe("README, run", () => {
  after(async () => {
    const spark = await getSpark();
    for (const name of ["readme_bronze", "readme_gold"])
      await spark.sql(`DROP DATABASE IF EXISTS ${name} CASCADE`);
  });

  it("the client alone prints what its comment says", async () => {
    const url = await remote();
    const code = block("SparkSession.builder()")
      .replace("sc://localhost:15002", url)
      .replace('"sparkwright/sql"', JSON.stringify(join(repository, "src/sql/index.ts")));
    const expected = /console\.log\(.*\); \/\/ (.*)/.exec(code)?.[1];
    const file = join(scratchProject({ "package.json": '{"type":"module"}' }), "readme.ts");
    writeFileSync(file, code);
    const { stdout } = await promisify(execFile)(process.execPath, [file], { env: await environment() });
    expect(stdout).to.equal(`${expected}\n`);
  });

  it("a pipeline from code ends as its comment says", async () => {
    const code = block("new BaseExecutor(")
      .replace('"sparkwright"', JSON.stringify(join(repository, "src/index.ts")))
      .replaceAll("gold.report", "readme_gold.report");
    const expected = /console\.log\(.*\); \/\/ (.*)/.exec(code)?.[1];
    const folder = scratchProject({
      "package.json": '{"type":"module"}',
      "main.ts": code,
      "config.yaml": `nodes:
  extract: { sql: "select id, date'2001-02-03' as day from range(4)", output: readme_bronze.events }
  report: { sql: "select count(*) as events from readme_bronze.events", dependencies: extract, output: readme_gold.report }
`,
    });
    const { stdout } = await promisify(execFile)(process.execPath, ["main.ts"], {
      cwd: folder,
      env: { ...(await environment()), SPARK_REMOTE: await remote() },
    });
    expect(stdout.split("\n")[0]).to.equal(expected);
    expect(stdout)
      .to.match(/\|\s*events\s*\|/)
      .and.match(/\|\s*4\s*\|/);
  });

  it("sql loses no digit", async () => {
    const query =
      /sparkwright sql "(select 9223.*)" --format json/.exec(block("9223372036854775807"))?.[1] ?? "";
    const { stdout } = await cli(["sql", query, "--format", "json"]);
    expect(stdout).to.equal('{"big":9223372036854775807,"exact":0.10}\n');
  });

  it("a mistake looks as shown", async () => {
    const shown = block("error[CONFIG_UNKNOWN_KEY]").split("…")[0]?.trimEnd() ?? "";
    const folder = scratchProject({
      "config/nodes.yaml": "clean_flights:\n  functoin: silver.clean_flights\n",
    });
    const { stderr } = await cli(["validate"], { cwd: folder });
    expect(stderr).to.include(shown);
  });

  it("the commands of a pipeline's author work", async () => {
    const env = { SPARK_REMOTE: "sc://localhost:1" };
    const commands = [...block("npx sparkwright list").matchAll(/^npx sparkwright (.*)$/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(commands).to.have.lengthOf(4);
    for (const command of commands.filter((line) => !line.startsWith("run"))) {
      const { code, stdout } = await cli(command.split(" "), {
        cwd: join(repository, "examples/flights"),
        env,
      });
      expect(code).to.equal(0);
      expect(stdout).to.include("daily_etl");
    }
  });

  it("the commands of an operator work", async () => {
    const cwd = scratchProject({});
    cpSync(join(repository, "examples/flights"), cwd, {
      recursive: true,
      filter: (path) => !path.includes(".sparkwright"),
    });
    const env = { SPARK_REMOTE: "sc://localhost:1" };
    const run = (line: string) => cli(line.split(" "), { cwd, env });
    const lines = [...block("npx sparkwright plan").matchAll(/^npx sparkwright (.*)$/gm)].map(
      (match) => match[1] ?? "",
    );
    const [plan = "", history = "", resume = "", backfill = ""] = lines;
    const planned = await run(plan);
    expect(planned.code, planned.stderr).to.equal(0);
    expect(planned.stdout)
      .to.match(/clean_flights[\s\S]*route_ranking/)
      .and.include("2001-01-31");
    for (const line of [history, resume]) expect((await run(line)).code, line).to.equal(0);
    const windows = await run(`${backfill} --dry-run`);
    expect(windows.code, windows.stderr).to.equal(0);
    expect(windows.stdout.match(/2001-0\d-01/g), windows.stdout).to.have.lengthOf(6);
    rmSync(cwd, { recursive: true, force: true });
  });
});
