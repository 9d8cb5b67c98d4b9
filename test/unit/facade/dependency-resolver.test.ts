import { expect } from "chai";
import fc from "fast-check";
import { DependencyResolver } from "../../../src/facade/dependency-resolver.ts";
import { errorsOf, load } from "../config/project-folder.ts";

const codes = async (work: () => unknown) =>
  (await errorsOf(async () => work())).map(({ code, message }) => `${code} ${message}`);

describe("DependencyResolver, as the document prints it", () => {
  it("buildDependencyGraph maps each node to those that depend on it", () => {
    const dag = DependencyResolver.buildDependencyGraph({
      pipelineNodes: ["extract", "transform", "load"],
      nodeConfigs: {
        extract: { output: ["raw"] },
        transform: { dependencies: ["extract"], output: ["clean"] },
        load: { dependencies: ["transform"], output: ["final"] },
      },
    });
    expect(dag).to.deep.equal(
      new Map([
        ["extract", new Set(["transform"])],
        ["transform", new Set(["load"])],
        ["load", new Set()],
      ]),
    );
    expect(DependencyResolver.topologicalSort(dag)).to.deep.equal(["extract", "transform", "load"]);
  });

  it("topologicalSort orders a graph that was written down", () => {
    const dag = { extract: ["transform"], transform: ["model"], model: [] };
    expect(DependencyResolver.topologicalSort(dag)).to.deep.equal(["extract", "transform", "model"]);
  });

  it("a circular dependency is a clear error", async () => {
    const cycle = { node1: new Set(["node2"]), node2: new Set(["node1"]) };
    expect(await codes(() => DependencyResolver.topologicalSort(cycle))).to.deep.equal([
      "GRAPH_CYCLE Circular dependency detected: node1 <-> node2",
    ]);
    const three = { a: ["b"], b: ["c"], c: ["a", "downstream"], downstream: [] };
    expect(await codes(() => DependencyResolver.topologicalSort(three))).to.deep.equal([
      "GRAPH_CYCLE Circular dependency detected: a -> b -> c -> a",
    ]);
  });

  it("getNodeDependencies", () => {
    expect(DependencyResolver.getNodeDependencies({ dependencies: ["extract", "transform"] })).to.deep.equal([
      "extract",
      "transform",
    ]);
    expect(DependencyResolver.getNodeDependencies({ output: ["raw"] })).to.deep.equal([]);
  });

  const formats = [
    ["extract", ["extract"]],
    [{ extract: {} }, ["extract"]],
    [
      ["extract", "transform"],
      ["extract", "transform"],
    ],
    [
      [{ extract: {} }, { transform: {} }],
      ["extract", "transform"],
    ],
    [
      ["extract", { transform: {} }],
      ["extract", "transform"],
    ],
    [
      [{ extract: {} }, "transform"],
      ["extract", "transform"],
    ],
    [["extract"], ["extract"]],
  ] as const;
  for (const [written, normalized] of formats) {
    it(`normalizeDependencies ${JSON.stringify(written)}`, () => {
      expect(DependencyResolver.normalizeDependencies(written)).to.deep.equal(normalized);
    });
  }
});

describe("DependencyResolver", () => {
  it("derives dependencies from inputs, and takes the nodes of a loaded project", async () => {
    const { nodes } = await load(
      "extract: { function: m.a, output: bronze.events }\ntransform: { function: m.b, input: bronze.events }\n",
    );
    const dag = DependencyResolver.buildDependencyGraph({
      pipelineNodes: ["transform", "extract"],
      nodeConfigs: nodes,
    });
    expect(dag.get("extract")).to.deep.equal(new Set(["transform"]));
    expect(DependencyResolver.topologicalSort(dag)).to.deep.equal(["extract", "transform"]);
    const transform = nodes.get("transform");
    expect(transform && DependencyResolver.getNodeDependencies(transform)).to.deep.equal([]);
  });

  it("reads of nodes what makes up a graph, and refuses what is no graph", async () => {
    const build = (
      nodeConfigs: Parameters<typeof DependencyResolver.buildDependencyGraph>[0]["nodeConfigs"],
    ) => codes(() => DependencyResolver.buildDependencyGraph({ pipelineNodes: ["a", "b"], nodeConfigs }));
    expect(await build({ a: { hyperparams: { x: 1 }, output: "x" }, b: { anything: 1, input: ["x", "y"] } }))
      .to.be.empty;
    expect(await build({ a: {} })).to.deep.equal(['GRAPH_MISSING_NODE the node "b" has no configuration']);
    expect(await build({ a: { dependencies: "a" }, b: {} })).to.deep.equal([
      'GRAPH_SELF_DEPENDENCY node "a" depends on itself',
    ]);
    expect(await build({ a: { output: "x" }, b: { output: "x" } })).to.deep.equal([
      'GRAPH_DUPLICATE_PRODUCER "x" is written by "a" and "b"',
    ]);
    const [missing = ""] = await build({ a: { dependencies: "c" }, b: {} });
    expect(missing).to.match(/^GRAPH_MISSING_NODE node "a" depends on "c"/);
  });

  it("refuses dependencies of no known form, and says which", async () => {
    expect(await codes(() => DependencyResolver.normalizeDependencies(null))).to.be.empty;
    const [number = ""] = await codes(() => DependencyResolver.normalizeDependencies(3 as unknown as string));
    expect(number).to.match(/^CONFIG_\w+ nodes\.node\.dependencies must be a node's name, but is 3$/);
    const [options = ""] = await codes(() =>
      DependencyResolver.normalizeDependencies({ a: { strict: true } }),
    );
    expect(options).to.match(/^CONFIG_\w+ nodes\.node\.dependencies\.a must be an empty map, but is a map$/);
  });

  it("refuses a graph with a name that is no key, or with text for a set", async () => {
    expect(await codes(() => DependencyResolver.topologicalSort({ a: ["b"] }))).to.deep.equal([
      'GRAPH_MISSING_NODE "b" depends on "a", but is no node of the graph',
    ]);
    expect(await codes(() => DependencyResolver.topologicalSort({ ab: "ab" }))).to.deep.equal([
      'USAGE_INVALID_ARGUMENT dag.ab must be a set of names, but is "ab"',
    ]);
  });

  it("sorts every acyclic graph so that nothing comes before what it depends on", () => {
    const graphs = fc.integer({ min: 1, max: 30 }).chain((size) =>
      fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1))).map((pairs) => {
        const dag = new Map(Array.from({ length: size }, (_, index) => [`n${index}`, new Set<string>()]));
        for (const [a, b] of pairs) if (a < b) dag.get(`n${b}`)?.add(`n${a}`);
        return dag;
      }),
    );
    fc.assert(
      fc.property(graphs, (dag) => {
        const order = DependencyResolver.topologicalSort(dag);
        expect([...order].sort()).to.deep.equal([...dag.keys()].sort());
        const rank = new Map(order.map((node, index) => [node, index]));
        for (const [node, dependants] of dag) {
          for (const dependant of dependants) {
            expect(rank.get(dependant)).to.be.greaterThan(rank.get(node) ?? Number.NaN);
          }
        }
      }),
    );
  });
});
