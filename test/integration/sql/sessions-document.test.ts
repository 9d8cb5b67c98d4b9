import { join } from "node:path";
import { expect } from "chai";
import { functions, type Row, rowValues, SparkError, SparkSession } from "../../../src/sql/index.ts";
import { captureCallSites } from "../../../src/sql/plan/call-sites.ts";
import { remote } from "../spark.ts";
import { examplesOf } from "./document-examples.ts";

const document = join(import.meta.dirname, "../../../docs/sessions.md");
const jar = join(import.meta.dirname, "surface/fixtures/java-functions.jar");

/** What the examples leave behind. */
interface Left {
  readonly late: Row;
  readonly six: Row;
  readonly counted: bigint;
  readonly interrupted: readonly string[];
  readonly partitions: string;
  readonly failed: SparkError;
  readonly failure: SparkError;
  readonly mayRunAgain: boolean;
}

describe("docs/sessions.md", () => {
  it("has examples that run", async () => {
    const examples = examplesOf(document);
    const names = "late, six, counted, interrupted, partitions, failed, failure, mayRunAgain";
    const code = `return (async () => { ${examples} return { ${names} }; })();`;
    const run = new Function(
      "spark",
      "console",
      "captureCallSites",
      "expr",
      "col",
      code.replace("java-functions.jar", jar),
    );
    const printed: unknown[] = [];
    const spark = new SparkSession({ remote: await remote() });
    const console = { log: (text: unknown) => printed.push(text) };
    const { expr, col } = functions;
    const left = (await run(spark, console, captureCallSites, expr, col)) as Left;
    await spark.stop();
    expect(rowValues(left.late)).to.eql([2n]);
    expect(rowValues(left.six)).to.eql([6n, "cba"]);
    expect([left.counted, left.interrupted, left.partitions]).to.eql([143n, [], "2"]);
    expect(printed).to.have.length(1);
    expect([left.failure.outcome, left.mayRunAgain]).to.eql(["not_done", false]);
    expect(left.failed).to.be.instanceOf(SparkError).with.property("errorClass", "DIVIDE_BY_ZERO");
  });
});
