import { expect } from "chai";
import fc from "fast-check";
import type { NodeState } from "../../../src/state/node-state.ts";
import { isTerminal, predecessors, transition } from "../../../src/state/node-state.ts";

const states: readonly NodeState[] = [
  "pending",
  "ready",
  "running",
  "retrying",
  "success",
  "failed",
  "skipped",
  "cancelled",
];

describe("node states", () => {
  it("never leave a terminal state and never return to pending", () => {
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.constantFrom(...states), (from, to) => {
        const legal = predecessors(to).includes(from);
        if (isTerminal(from) || to === "pending" || from === to) expect(legal).to.equal(false);
        if (legal) expect(transition("n", from, to)).to.equal(to);
        else expect(() => transition("n", from, to)).to.throw(`node 'n' is ${from} and cannot become ${to}`);
      }),
    );
  });

  it("reach success only through running", () => {
    expect(predecessors("success")).to.deep.equal(["running"]);
    expect(predecessors("running")).to.deep.equal(["ready", "retrying"]);
  });
});
