import { expect } from "chai";
import { afterFailure, afterSuccess, circuitAt } from "../../../src/execution/circuit.ts";
import type { Circuit } from "../../../src/state/circuit-store.ts";
import { closedCircuit } from "../../../src/state/circuit-store.ts";

const config = { threshold: 3, timeoutMs: 1_000 };
const failure = (node: string) => ({ node, error: { code: "NODE_THREW", message: "no", causes: [] } });
const failing = (circuit: Circuit, ...nodes: string[]) =>
  nodes.reduce((at, node, index) => afterFailure(at, failure(node), config, 100 + index), circuit);

describe("circuit", () => {
  it("opens at the threshold and says when, until when and after whom", () => {
    const two = failing(closedCircuit, "a", "b");
    expect(two).to.include({ state: "closed", failures: 2 });
    expect(failing(two, "c")).to.deep.equal({
      state: "open",
      failures: 3,
      openedAt: 100,
      openUntil: 1_100,
      lastFailure: failure("c"),
    });
  });

  it("counts failures in a row only", () => {
    expect(afterSuccess(failing(closedCircuit, "a", "b"))).to.equal(closedCircuit);
    expect(failing(afterSuccess(failing(closedCircuit, "a", "b")), "c").state).to.equal("closed");
  });

  it("stays open whatever happens, until its time has passed", () => {
    const open = failing(closedCircuit, "a", "b", "c");
    expect(afterSuccess(open)).to.equal(open);
    expect(failing(open, "d")).to.equal(open);
    expect(circuitAt(open, 1_101)).to.equal(open);
    expect(circuitAt(open, 1_102).state).to.equal("half_open");
  });

  it("lets the first that ends decide once it is half open", () => {
    const half = circuitAt(failing(closedCircuit, "a", "b", "c"), 2_000);
    expect(afterSuccess(half)).to.equal(closedCircuit);
    expect(failing(half, "d")).to.deep.include({ state: "open", failures: 4, openUntil: 1_100 });
  });

  it("is the same object when nothing changed", () => {
    expect(afterSuccess(closedCircuit)).to.equal(closedCircuit);
    expect(circuitAt(closedCircuit, 5)).to.equal(closedCircuit);
  });
});
