import { rmSync } from "node:fs";
import { expect } from "chai";
import { captureCallSites, col, SparkError } from "../../../src/sql/index.ts";
import { cli, scratchProject } from "../cli/command-line.ts";
import { getSpark } from "../spark.ts";

async function errorOf(work: Promise<unknown>): Promise<SparkError> {
  const thrown = await work.catch((error: unknown) => error);
  expect(thrown).to.be.instanceOf(SparkError);
  return thrown as SparkError;
}

/** The line of the caller. */
const line = () => Number(/call-sites\.test\.ts:(\d+)/.exec(new Error().stack?.split("\n")[2] ?? "")?.[1]);

describe("the user's own line in an error of Spark", () => {
  afterEach(() => captureCallSites(false));

  it("is where a column was made: one that a task cannot compute, and one that does not exist", async () => {
    const spark = await getSpark();
    captureCallSites();
    const [ratio, divided] = [col("id").divide(0), line()];
    const [missing, asked] = [col("nope"), line()];
    const failed = await errorOf(spark.range(3).select(ratio).collect());
    expect(failed.errorClass).to.equal("DIVIDE_BY_ZERO");
    expect(failed.position).to.include({ file: import.meta.filename, line: divided });
    expect(failed.message).to.include(`call-sites.test.ts:${divided}:`);
    const unknown = await errorOf(spark.range(3).select(missing).collect());
    expect(unknown.errorClass).to.match(/^UNRESOLVED_COLUMN/);
    expect(unknown.position).to.include({ file: import.meta.filename, line: asked });
  });

  it("is that of a node, which the engine runs", async () => {
    const source = [
      "export function clean(ctx) {",
      "  const df = ctx.spark.range(3);",
      '  return df.select(df.col("id").divide(0).alias("ratio"));',
      "}",
    ];
    const folder = scratchProject({
      "config/nodes.yaml": "clean:\n  function: clean.clean\n  output: cleaned\n",
      "config/datasets.yaml": "cleaned: { path: data/cleaned, format: parquet }\n",
      "src/clean.ts": source.join("\n"),
    });
    const { code, stderr } = await cli(["run", "default"], { cwd: folder });
    rmSync(folder, { recursive: true });
    expect(code).to.equal(4);
    expect(stderr).to.include("src/clean.ts:3:");
    expect(stderr).to.include('df.col("id").divide(0)');
  });

  it("is in the stack of the error in any case, where the action was asked for", async () => {
    const spark = await getSpark();
    const [work, at] = [async () => await spark.range(3).select(col("nope")).count(), line()];
    const { stack, position } = await errorOf(work());
    expect(position).to.equal(undefined);
    expect(stack).to.include(`call-sites.test.ts:${at}:`);
  });
});
