import { expect } from "chai";
import { type PipelineNodeStatus, UnifiedPipelineState } from "../../../src/facade/unified-pipeline-state.ts";
import { errorsOf } from "../config/project-folder.ts";

const codes = async (work: () => unknown) =>
  (await errorsOf(async () => work())).map(({ code, message }) => `${code} ${message}`);

describe("UnifiedPipelineState", () => {
  it("gives what the document prints", () => {
    const state = new UnifiedPipelineState({ circuitBreakerThreshold: 3 });
    state.registerNodeWithDependencies("transform", ["extract"]);
    state.registerNodeWithDependencies("load", ["transform"]);

    state.setNodeStatus("extract", "completed");
    expect(state.canExecute("transform")).to.equal(true);
    state.setNodeStatus("transform", "running");

    expect(state.getNodeStatus("transform")).to.equal("running");
    expect(state.getNodeFailureCount("transform")).to.equal(0);
    expect(state.getNodeDependencies("transform")).to.deep.equal(["extract"]);

    expect(state.canExecute("load")).to.equal(false);
    state.setNodeStatus("transform", "completed");
    expect(state.canExecute("load")).to.equal(true);
  });

  it("counts failures, also beyond three, and lets a node that failed too often be cancelled", () => {
    const state = new UnifiedPipelineState({ circuitBreakerThreshold: 9 });
    state.registerNodeWithDependencies("transform", []);
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      state.setNodeStatus("transform", "running");
      state.setNodeStatus("transform", "failed");
    }
    if (state.getNodeFailureCount("transform") > 3) state.setNodeStatus("transform", "cancelled");
    expect(state.getNodeFailureCount("transform")).to.equal(4);
    expect(state.getNodeStatus("transform")).to.equal("cancelled");
    expect(state.canExecute("transform")).to.equal(false);
  });

  it("opens the circuit after so many failures in a row, and closes it when a node completes", () => {
    const state = new UnifiedPipelineState({ circuitBreakerThreshold: 2 });
    for (const node of ["a", "b", "c", "d"]) state.registerNodeWithDependencies(node, []);
    state.setNodeStatus("c", "running");
    state.setNodeStatus("a", "failed");
    expect(state.canExecute("d")).to.equal(true);
    state.setNodeStatus("b", "failed");
    expect([state.isCircuitOpen, state.canExecute("d"), state.canExecute("a")]).to.deep.equal([
      true,
      false,
      false,
    ]);
    state.setNodeStatus("c", "completed");
    expect([state.isCircuitOpen, state.canExecute("d"), state.canExecute("a")]).to.deep.equal([
      false,
      true,
      true,
    ]);
  });

  it("allows exactly the legal transitions", async () => {
    const legal: Readonly<Record<PipelineNodeStatus, readonly PipelineNodeStatus[]>> = {
      pending: ["running", "completed", "failed", "skipped", "cancelled"],
      running: ["completed", "failed", "cancelled"],
      failed: ["running", "cancelled"],
      completed: [],
      skipped: [],
      cancelled: [],
    };
    for (const [from, allowed] of Object.entries(legal) as [PipelineNodeStatus, PipelineNodeStatus[]][]) {
      for (const to of Object.keys(legal) as PipelineNodeStatus[]) {
        const state = new UnifiedPipelineState();
        state.registerNodeWithDependencies("n", []);
        if (from !== "pending") state.setNodeStatus("n", from);
        const found = await codes(() => state.setNodeStatus("n", to));
        expect(found, `${from} -> ${to}`).to.deep.equal(
          allowed.includes(to) ? [] : [`RUN_STATE_ILLEGAL node "n" is ${from} and cannot become ${to}`],
        );
        expect(state.getNodeStatus("n")).to.equal(allowed.includes(to) ? to : from);
      }
    }
  });

  it("knows nothing of a node that nobody registered", async () => {
    const state = new UnifiedPipelineState();
    expect(state.getNodeStatus("ghost")).to.equal(undefined);
    expect(state.getNodeFailureCount("ghost")).to.equal(0);
    expect(state.getNodeDependencies("ghost")).to.deep.equal([]);
    expect(state.canExecute("ghost")).to.equal(false);
    expect(await codes(() => state.setNodeStatus("ghost", "running"))).to.deep.equal([
      'USAGE_UNKNOWN_NODE node "ghost" is not registered',
    ]);
  });

  it("refuses arguments that are none", async () => {
    const state = new UnifiedPipelineState();
    state.registerNodeWithDependencies("n", ["m"]);
    const refused = [
      () => new UnifiedPipelineState({ circuitBreakerThreshold: 0 }),
      () => state.registerNodeWithDependencies("", []),
      () => state.registerNodeWithDependencies("x", "y" as unknown as string[]),
      () => state.setNodeStatus("n", "success" as PipelineNodeStatus),
    ];
    for (const work of refused) expect((await codes(work))[0]).to.match(/^USAGE_INVALID_ARGUMENT /);
    expect((await codes(() => state.registerNodeWithDependencies("n", ["n"])))[0]).to.match(
      /^GRAPH_SELF_DEPENDENCY /,
    );
    expect((await codes(() => state.registerNodeWithDependencies("n", ["k"])))[0]).to.match(
      /^USAGE_NODE_REGISTERED /,
    );
    expect(await codes(() => state.registerNodeWithDependencies("n", ["m"]))).to.deep.equal([]);
  });
});
