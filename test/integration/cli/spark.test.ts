import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { cli, scratchProject } from "./command-line.ts";

describe("cli: spark", function () {
  this.timeout(300_000);
  const folder = scratchProject({ "config.yaml": "nodes:\n  a:\n    sql: select 1\n" });
  const spark = (...args: string[]) => cli(args, { cwd: folder, env: { SPARK_REMOTE: undefined } });

  after(() => spark("spark", "stop"));

  it("start, status, sql and stop speak of one server, and never of its token", async () => {
    expect(await spark("spark", "status")).to.include({ code: 1, stdout: "Spark is not running\n" });

    const started = await spark("spark", "start");
    expect(started.code).to.equal(0);
    expect(started.stdout).to.match(
      /^Spark 4\.\d+\.\d+ is running at sc:\/\/127\.0\.0\.1:\d+ \(pid \d+, since .*Z\) \(just started\)\n$/,
    );
    expect(started.stderr).to.include("starting Spark");

    const again = await spark("spark", "start");
    expect(again.stdout).to.equal(started.stdout.replace(" (just started)", ""));
    expect((await spark("spark", "status")).stdout).to.equal(again.stdout);

    const query = await spark("sql", "select current_timezone() as zone", "--format", "json");
    expect(query).to.include({ code: 0, stdout: '{"zone":"UTC"}\n', stderr: "" });

    for (const secret of tokens()) {
      for (const { stdout, stderr } of [started, again, query])
        expect(stdout + stderr).to.not.include(secret);
    }
    expect(await spark("spark", "stop")).to.include({ code: 0, stdout: "Spark was stopped\n" });
    expect(await spark("spark", "stop")).to.include({ code: 0, stdout: "Spark was not running\n" });
  });

  /** Every token in the server's discovery file. */
  function tokens(): string[] {
    const state = join(folder, ".sparkwright/spark");
    const files = readdirSync(state).filter((name) => name.endsWith(".json"));
    const found = files.flatMap((name) =>
      [...readFileSync(join(state, name), "utf8").matchAll(/"token":\s*"([^"]+)"/g)].map(
        (match) => match[1] ?? "",
      ),
    );
    expect(found).to.have.length.greaterThan(0);
    return found;
  }
});
