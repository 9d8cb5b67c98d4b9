import { expect } from "chai";
import type { NodeContext } from "../../../src/commands/node-context.ts";
import { NodeCommand, type NodeCommandOptions } from "../../../src/facade/node-command.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { errorsOf } from "../config/project-folder.ts";

// Constructing a session and a DataFrame asks nobody.
const session = new SparkSession({ remote: "sc://localhost:1" });
const events = session.range(3);

describe("NodeCommand", () => {
  it("calls the function with its inputs and the window, as the document prints it", async () => {
    const calls: unknown[][] = [];
    const transform = (frame: DataFrame, ctx: NodeContext) => {
      calls.push([frame, ctx.startDate, ctx.endDate, ctx.node]);
      return frame.limit(1);
    };
    const command = new NodeCommand({
      function: transform,
      inputDfs: [events],
      startDate: "2025-01-01",
      endDate: "2025-01-31",
      nodeName: "transform",
    });
    const result = await command.execute();
    expect(calls).to.deep.equal([[events, "2025-01-01", "2025-01-31", "transform"]]);
    expect(result.sparkSession).to.equal(session);
  });

  it("hands on parameters, session, signal and what the function logs", async () => {
    const logged: unknown[] = [];
    const { signal } = new AbortController();
    const command = new NodeCommand({
      function: async (ctx: NodeContext) => {
        ctx.log.debug("made", { rows: 3n });
        return [ctx.params["lr"], ctx.spark === session, ctx.signal === signal, ctx.pipeline];
      },
      nodeName: "n",
      pipelineName: "p",
      hyperparams: { lr: 0.01 },
      spark: session,
      signal,
      onLog: (...entry) => logged.push(entry),
    });
    expect(await command.execute()).to.deep.equal([0.01, true, true, "p"]);
    expect(logged).to.deep.equal([["debug", "made", { rows: 3n }]]);
  });

  it("rejects with what the function throws, once", async () => {
    let calls = 0;
    const thrown = new Error("out of cheese");
    const command = new NodeCommand({
      function: () => {
        calls += 1;
        throw thrown;
      },
      spark: session,
    });
    expect(await command.execute().catch((error: unknown) => error)).to.equal(thrown);
    expect(calls).to.equal(1);
  });

  it("has no window unless it was given one, and no session from nowhere", async () => {
    const command = new NodeCommand({
      function: (_: DataFrame, ctx: NodeContext) => ctx.startDate,
      inputDfs: [events],
    });
    const [noWindow] = await errorsOf(() => command.execute());
    expect(noWindow?.code).to.equal("NODE_NO_WINDOW");
    const [noSession] = await errorsOf(() => new NodeCommand({ function: () => 1 }).execute());
    expect(noSession?.code).to.equal("USAGE_NO_SESSION");
  });

  const wrong: readonly (readonly [string, object])[] = [
    ["a function", { function: "etl.clean" }],
    ["an array of DataFrames", { function: () => 1, inputDfs: events }],
    ["a DataFrame", { function: () => 1, inputDfs: [[{ id: 1 }]] }],
    ["a calendar day", { function: () => 1, startDate: "2025-02-30", endDate: "2025-03-01" }],
    ["endDate must be given together", { function: () => 1, startDate: "2025-01-01" }],
    ["2025-01-02 or later", { function: () => 1, startDate: "2025-01-02", endDate: "2025-01-01" }],
    ["has no `input_dfs`", { function: () => 1, input_dfs: [events] }],
  ];
  for (const [expected, options] of wrong) {
    it(`refuses what is not ${expected}`, async () => {
      const [error] = await errorsOf(async () => new NodeCommand(options as NodeCommandOptions<unknown>));
      expect(error?.code).to.equal("USAGE_INVALID_ARGUMENT");
      expect(error?.message).to.include(expected);
    });
  }
});
