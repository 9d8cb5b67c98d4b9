import { expect } from "chai";
import fc from "fast-check";
import { formatCycle, type Graph, orderGraph } from "../../../src/planning/order.ts";

/** Random graphs; `acyclic` ones only point backwards, and are then declared in a shuffled order. */
function graphs(acyclic: boolean): fc.Arbitrary<Graph> {
  return fc
    .integer({ min: 1, max: 30 })
    .chain((size) =>
      fc.tuple(
        fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 80 }),
        fc.shuffledSubarray([...Array(size).keys()], { minLength: size }),
      ),
    )
    .map(([edges, declared]) => {
      const kept = edges.filter(([from, to]) => (acyclic ? to < from : to !== from));
      return new Map(
        declared.map((at) => [`n${at}`, kept.filter(([from]) => from === at).map(([, to]) => `n${to}`)]),
      );
    });
}

describe("orderGraph", () => {
  it("puts every dependency first and every node once, the same each time", () => {
    fc.assert(
      fc.property(graphs(true), (graph) => {
        const { order, cycles } = orderGraph(graph);
        expect(cycles).to.deep.equal([]);
        expect([...order].sort()).to.deep.equal([...graph.keys()].sort());
        const rank = new Map(order.map((name, index) => [name, index]));
        for (const [name, dependencies] of graph) {
          for (const dependency of dependencies) {
            expect(rank.get(dependency)).to.be.lessThan(rank.get(name) ?? -1);
          }
        }
        expect(orderGraph(graph).order).to.deep.equal(order);
      }),
    );
  });

  it("finds a cycle exactly when there is one, and each is a real path that visits no node twice", () => {
    fc.assert(
      fc.property(graphs(false), (graph) => {
        const { cycles } = orderGraph(graph);
        expect(cycles.length > 0).to.equal(hasCycle(graph));
        expect(new Set(cycles.flat()).size).to.equal(cycles.flat().length);
        for (const cycle of cycles) {
          for (const [index, name] of cycle.entries()) {
            const after = cycle[(index + 1) % cycle.length] ?? "";
            expect(graph.get(after)).to.include(name);
          }
        }
      }),
    );
  });

  it("keeps the declared order where dependencies leave it free", () => {
    const graph = new Map([
      ["c", []],
      ["a", ["b"]],
      ["b", []],
      ["d", ["c"]],
    ]);
    expect(orderGraph(graph).order).to.deep.equal(["c", "b", "a", "d"]);
  });

  it("orders a chain of 100,000 nodes, declared in the hard direction, and finds a cycle of as many", () => {
    const size = 100_000;
    const chain = Array.from({ length: size }, (_, i): [string, string[]] => [
      `n${i}`,
      i + 1 < size ? [`n${i + 1}`] : [],
    ]);
    const { order } = orderGraph(new Map(chain));
    expect(order[0]).to.equal(`n${size - 1}`);
    expect(order).to.have.length(size);
    const ring = new Map([...chain.slice(0, -1), [`n${size - 1}`, ["n0"]]] as [string, string[]][]);
    expect(orderGraph(ring).cycles.map((cycle) => cycle.length)).to.deep.equal([size]);
  });

  it("writes a cycle of two and of more", () => {
    expect(formatCycle(["a", "b"])).to.equal("a <-> b");
    expect(formatCycle(["a", "b", "c"])).to.equal("a -> b -> c -> a");
  });
});

/** By removing what nothing is missing for, again and again: slow, and plainly right. */
function hasCycle(graph: Graph): boolean {
  const left = new Map(graph);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [name, dependencies] of left) {
      if (!dependencies.some((dependency) => left.has(dependency))) left.delete(name);
    }
  }
  return left.size > 0;
}
