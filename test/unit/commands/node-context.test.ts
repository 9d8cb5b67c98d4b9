import { expect } from "chai";
import { nodeContext } from "../../../src/commands/node-context.ts";
import { nodeLog } from "../../../src/commands/node-log.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";

const spark = new SparkSession({ remote: "sc://localhost:1" });
const facts = {
  spark: () => spark,
  log: nodeLog("info", () => {}),
  signal: new AbortController().signal,
  node: "clean",
  pipeline: "daily",
  runId: "r",
  params: { limit: 5 },
  use: <T>(resource: T) => resource,
  cache: async (frame: DataFrame) => frame,
};

describe("nodeContext", () => {
  it("gives the days of the window", () => {
    const context = nodeContext({ ...facts, window: { startDate: "2001-01-01", endDate: "2001-01-31" } });
    expect([context.startDate, context.endDate, context.params["limit"]]).to.deep.equal([
      "2001-01-01",
      "2001-01-31",
      5,
    ]);
  });

  it("explains a missing window only to who asks for it", () => {
    const context = nodeContext({ ...facts, window: undefined });
    expect({ ...context }.node).to.equal("clean");
    expect(() => context.startDate)
      .to.throw("ctx.startDate")
      .with.property("code", "NODE_NO_WINDOW");
  });

  it("asks for a session only when the code does", () => {
    let asked = 0;
    const count = () => {
      asked += 1;
      return spark;
    };
    const context = nodeContext({ ...facts, spark: count, window: undefined });
    expect(asked).to.equal(0);
    expect(context.spark).to.equal(spark);
  });

  it("refuses a view that is to outlive the node", async () => {
    const { tempView } = nodeContext({ ...facts, window: undefined });
    const call = Reflect.apply(tempView, undefined, ["v", spark.range(1), { until: "run" }]) as Promise<void>;
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "NODE_VIEW_OUTLIVES");
  });
});

describe("nodeLog", () => {
  it("hands on what is severe enough", () => {
    const lines: unknown[] = [];
    const log = nodeLog("warn", (...line) => void lines.push(line));
    log.debug("a");
    log.info("b");
    log.warn("c", { n: 1n });
    log.error("d");
    expect(lines).to.deep.equal([
      ["warn", "c", { n: 1n }],
      ["error", "d", {}],
    ]);
  });
});
