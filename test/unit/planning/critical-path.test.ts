import { expect } from "chai";
import fc from "fast-check";
import { criticalPath } from "../../../src/planning/critical-path.ts";

interface TestNode {
  readonly name: string;
  readonly dependsOn: readonly { readonly node: string }[];
}

/** In a topological order: edges only point backwards. */
const graphs: fc.Arbitrary<readonly TestNode[]> = fc
  .array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 16 })
  .map((rows) =>
    rows.map((row, index) => ({
      name: `n${index}`,
      dependsOn: row.filter((to) => to < index).map((to) => ({ node: `n${to}` })),
    })),
  );

/** By walking every path: exponential, and plainly right. */
function longest(name: string, nodes: readonly TestNode[], weightOf: (node: string) => number): number {
  const next = nodes.filter(({ dependsOn }) => dependsOn.some(({ node }) => node === name));
  return weightOf(name) + Math.max(0, ...next.map((node) => longest(node.name, nodes, weightOf)));
}

describe("criticalPath", () => {
  it("is the longest of all paths to the end", () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat(100), { minLength: 16, maxLength: 16 }), (nodes, weights) => {
        const weightOf = (name: string) => weights[Number(name.slice(1))] ?? 0;
        const found = criticalPath(nodes, weightOf);
        expect([...found.keys()].sort()).to.deep.equal(nodes.map(({ name }) => name).sort());
        for (const { name } of nodes) expect(found.get(name)).to.equal(longest(name, nodes, weightOf));
      }),
    );
  });

  it("counts a node of unknown weight as 1", () => {
    const nodes = [
      { name: "a", dependsOn: [] },
      { name: "b", dependsOn: [{ node: "a" }] },
      { name: "c", dependsOn: [{ node: "a" }] },
    ];
    expect([...criticalPath(nodes)]).to.deep.equal([
      ["c", 1],
      ["b", 1],
      ["a", 2],
    ]);
    expect(criticalPath(nodes, (name) => (name === "b" ? 500 : undefined)).get("a")).to.equal(501);
  });

  it("walks a chain of 100,000 nodes", () => {
    const size = 100_000;
    const nodes = Array.from({ length: size }, (_, i) => ({
      name: `n${i}`,
      dependsOn: i === 0 ? [] : [{ node: `n${i - 1}` }],
    }));
    expect(criticalPath(nodes).get("n0")).to.equal(size);
  });
});
