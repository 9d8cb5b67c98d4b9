import { expect } from "chai";
import { nodeContext } from "../../../src/commands/node-context.ts";
import { nodeLog } from "../../../src/commands/node-log.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";

const facts = {
  spark: new SparkSession({ remote: "sc://localhost:1" }),
  log: nodeLog("info", () => {}),
  signal: new AbortController().signal,
  node: "clean",
  pipeline: "daily",
  runId: "r",
  params: { limit: 5 },
  use: <T>(resource: T) => resource,
  cache: async (frame: DataFrame) => frame,
  tempView: async () => {},
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
