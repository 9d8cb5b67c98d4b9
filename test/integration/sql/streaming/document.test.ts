import { join } from "node:path";
import { expect } from "chai";
import {
  functions,
  type Row,
  type SparkSession,
  type StreamingQueryProgress,
} from "../../../../src/sql/index.ts";
import { examplesOf } from "../document-examples.ts";
import { StreamFixture, until } from "../surface/stream-fixture.ts";

const document = join(import.meta.dirname, "../../../../docs/streaming.md");

/** What the examples leave behind. */
interface Left {
  readonly progress: StreamingQueryProgress;
  readonly shops: readonly Row[];
  readonly rows: readonly bigint[];
}

/** The examples of the document as one program, in a folder of the server's. */
function program(folder: string): (spark: SparkSession, console: object) => Promise<Left> {
  const examples = examplesOf(document);
  const code = `return (async () => { ${examples} return { progress, shops, rows }; })();`;
  const run = new Function("spark", "functions", "console", code.replaceAll("/lake/", `${folder}/`));
  return async (spark, console) => (await run(spark, functions, console)) as Left;
}

describe("docs/streaming.md", function () {
  this.timeout(240_000);
  let on: StreamFixture;
  before(async () => {
    on = await StreamFixture.open();
  });
  after(() => on.close());

  it("has examples that run", async () => {
    const printed: unknown[][] = [];
    const console = { log: (...values: unknown[]) => printed.push(values) };
    const { progress, shops, rows } = await program(on.path("lake"))(on.spark, console);
    expect(await on.spark.read.delta(on.path("lake/orders")).count()).to.equal(1_000n);
    expect(progress.batchId >= 0n).to.equal(true);
    expect(shops.reduce((sum, row) => sum + (row["orders"] as bigint), 0n)).to.equal(1_000n);
    await until(() => printed.flat().includes("ended"));
    await on.spark.streams.close();
    expect(rows.reduce((sum, n) => sum + n, 0n)).to.equal(1_000n);
    expect(printed.flat()).to.include("copied started");
  });
});
