import { expect } from "chai";
import { cli, scratchProject } from "./command-line.ts";

describe("cli: circuit", function () {
  this.timeout(120_000);

  it("a pipeline that fails again and again is refused by later runs, until it is closed by hand", async () => {
    const cwd = scratchProject({
      "config.yaml": `
global_settings:
  max_parallel_nodes: 1
  execution: { retries: { max: 0 }, circuit_breaker_threshold: 2, circuit_breaker_timeout_minutes: 30 }
pipelines: { p: { nodes: [one, two, three] } }
nodes:
  one: { function: nodes.boom }
  two: { function: nodes.boom }
  three: { function: nodes.boom }
`,
      "src/nodes.mjs": 'export const boom = () => { throw new Error("on purpose"); };\n',
    });
    const opens = await cli(["run", "p"], { cwd });
    expect(opens.code).to.equal(4);
    expect(opens.stdout).to.match(/^three +skipped \(two\)/m);
    expect(opens.stderr).to.include("error[RUN_CIRCUIT_OPEN]").and.include("error[NODE_THREW] two");
    expect(opens.stderr).to.match(/^ {2}--> src\/nodes\.mjs:1:35\n {2}\|\n1 \| export const boom/m);

    const refused = await cli(["run", "p"], { cwd, env: { SPARK_REMOTE: "sc://localhost:1" } });
    expect(refused.code).to.equal(4);
    expect(refused.stderr).to.match(
      /error\[RUN_CIRCUIT_OPEN\].*is open since .*Z until .*Z, after 2 failed .*'two': on purpose/s,
    );
    expect(refused.stderr).to.not.include("CONNECT_UNAVAILABLE");

    const status = await cli(["circuit", "status", "p"], { cwd });
    expect(status.stdout).to.match(
      /^the circuit of p is open until .*Z, 2 failed attempts in a row\nlast failure, two: on purpose\n$/,
    );
    await cli(["circuit", "reset", "p"], { cwd });
    const again = await cli(["run", "p"], { cwd });
    expect(again.stdout).to.match(/^one +failed/m);
  });
});
