import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { cli, repository, scratchProject } from "../integration/cli/command-line.ts";
import { requireImage } from "./engine.ts";
import { type SparkContainer, startSpark } from "./spark-container.ts";

describe("a path that the container does not see", function () {
  this.timeout(300_000);
  const project = scratchProject({
    "config.yaml": [
      "global_settings: {}",
      "pipelines: { copy: { nodes: [copy] } }",
      'nodes: { copy: { sql: "select * from source.airports", input: [source.airports], output: [copied.airports] } }',
      "datasets:",
      "  source.airports: { format: csv, path: data/airports.csv, options: { header: true } }",
      "  copied.airports: { mode: overwrite }",
    ].join("\n"),
  });
  let spark: SparkContainer;

  before(async function () {
    mkdirSync(join(project, "data"));
    const airports = join(repository, "node_modules/vega-datasets/data/airports.csv");
    copyFileSync(airports, join(project, "data/airports.csv"));
    spark = await startSpark(requireImage(this));
  });

  after(async () => {
    await spark?.container.stop();
    rmSync(project, { recursive: true, force: true });
  });

  it("ends the run with an error that says whose path it is and what to do", async () => {
    const env = { SPARK_REMOTE: spark.remote };
    const { code, stderr } = await cli(["run", "copy", "--project", project], { env });
    const words = stderr.replace(/\s+/g, " "); // however the terminal wraps it
    expect(code, stderr).to.equal(4);
    expect(words).to.contain("Dataset paths are the server's, not this machine's");
    expect(words).to.contain(spark.address.slice("sc://".length));
    expect(words).to.contain("mount the folder into the server at the same path");
    expect(words).not.to.contain(spark.remote.split("token=")[1]);
  });
});
