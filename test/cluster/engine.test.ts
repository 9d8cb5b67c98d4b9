import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { cli, scratchProject } from "../integration/cli/command-line.ts";
import { nestedMocha } from "../nested-mocha.ts";
import { StandaloneCluster } from "./standalone-cluster.ts";

const workerCode = `
import type { NodeContext } from "sparkwright";
import type { DataFrame } from "sparkwright/sql";

/** Eight tasks of two seconds each: they run on the executors of both workers. */
export function slow({ spark }: NodeContext): DataFrame {
  return spark.range(0, 8, 1, 8).selectExpr("id", "reflect('java.lang.Thread', 'sleep', 2000L + id) as slept");
}
`;

describe("a standalone cluster", function () {
  this.timeout(900_000);
  let scratch: string;
  let cluster: StandaloneCluster;

  before(async () => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), "sparkwright-cluster-")));
    cluster = await StandaloneCluster.start(join(scratch, "cluster"));
  });

  after(async () => {
    await cluster?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it("passes the engine's tests", async () => {
    const env = { SPARK_REMOTE: cluster.remote, TMPDIR: scratch };
    const code = await nestedMocha(["test/integration/engine/**/*.test.ts"], { env, name: "cluster" });
    expect(code, "exit code of mocha").to.equal(0);
  });

  it("ends a run well though one worker is killed in the middle of it", async () => {
    const project = scratchProject({
      "config.yaml": [
        "nodes:",
        "  slow: { function: work.slow, output: cluster_run.slow }",
        '  total: { sql: "select count(*) as n, sum(id) as s from cluster_run.slow", input: cluster_run.slow, output: cluster_run.total }',
      ].join("\n"),
      "src/work.ts": workerCode,
    });
    const env = { SPARK_REMOTE: cluster.remote };
    const before = executorsLost(cluster);
    let killed: Promise<void> | undefined;
    const { code, stdout, stderr } = await cli(["run", "default", "--project", project, "--json"], {
      env,
      onOutput: (_, lines) => {
        if (/"node_progress","node":"slow".*"tasks":\{"done":\d,"total":8\}/.test(lines)) {
          killed ??= cluster.killWorker("worker-1");
        }
      },
    });
    await killed;
    expect(code, stderr + stdout).to.equal(0);
    expect(executorsLost(cluster), "an executor was lost on the way").to.be.above(before);
    const query = ["sql", "select n, s from cluster_run.total", "--format", "csv", "--project", project];
    expect((await cli(query, { env })).stdout).to.equal("n,s\r\n8,28\r\n");
    await cluster.startWorker("worker-1");
    rmSync(project, { recursive: true, force: true });
  });
});

function executorsLost(cluster: StandaloneCluster): number {
  return cluster.serverLog().match(/Lost executor \d+/g)?.length ?? 0;
}
