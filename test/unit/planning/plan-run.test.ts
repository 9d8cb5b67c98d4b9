import { expect } from "chai";
import { planRun } from "../../../src/planning/run-plan.ts";
import { errorsOf, load, placeOf } from "../config/project-folder.ts";
import { dataset, node, project, reads } from "./plan-of.ts";

const errors = (work: () => unknown) => errorsOf(async () => work());

async function codes(work: () => unknown): Promise<string[]> {
  return (await errors(work)).map((error) => error.code);
}

describe("planRun", () => {
  it("waits for what is named and for the producers of inputs, and says why", () => {
    const plan = planRun(
      project([
        node("load", { inputs: reads("silver.x", "bronze.x"), dependencies: ["extract"] }),
        node("clean", { inputs: reads("bronze.x"), outputs: ["silver.x"] }),
        node("extract", { outputs: ["bronze.x"] }),
      ]),
      "p",
    );
    expect(plan.nodes.map(({ name }) => name)).to.deep.equal(["extract", "clean", "load"]);
    expect(plan.nodes.map(({ dependsOn }) => dependsOn)).to.deep.equal([
      [],
      [{ node: "extract", reason: "input", dataset: "bronze.x" }],
      [
        { node: "extract", reason: "explicit" },
        { node: "clean", reason: "input", dataset: "silver.x" },
      ],
    ]);
    expect([...plan.datasets.keys()].sort()).to.deep.equal(["bronze.x", "silver.x"]);
  });

  it("merges limits per key: node over settings over defaults", async () => {
    const plan = planRun(
      await load({
        "config/global_settings.yaml": "execution: {retries: {max: 5, jitter: none}, timeout: 1h30m}\n",
        "config/nodes.yaml":
          "a: {function: m.a, retries: 0}\nb: {function: m.a, retries: {initial_delay: 2m}, timeout: 90s}\n",
      }),
      "default",
    );
    const base = { max: 5, initialDelayMs: 1_000, maxDelayMs: 60_000, multiplier: 2, jitter: "none" };
    const [a, b] = plan.nodes;
    expect(a?.retries).to.deep.equal({ ...base, max: 0 });
    expect(a?.timeoutMs).to.equal(5_400_000);
    expect(b?.retries).to.deep.equal({ ...base, initialDelayMs: 120_000, maxDelayMs: 120_000 });
    expect(b?.timeoutMs).to.equal(90_000);
  });

  it("reads the outputs of its dependencies, in order, when a node names no input", () => {
    const plan = planRun(
      project([
        node("a", { outputs: ["x", "y"] }),
        node("b", { outputs: ["z"] }),
        node("c", { dependencies: ["b", "a"], window: "all" }),
      ]),
      "p",
    );
    const inputs = plan.nodes.at(-1)?.config.inputs.map((input) => `${input.dataset} ${input.window}`);
    expect(inputs).to.deep.equal(["z all", "x all", "y all"]);
  });

  it("reports cycles as the path, through named and implicit dependencies alike", async () => {
    const three = project([
      node("a", { dependencies: ["c"], outputs: ["x"] }),
      node("b", { inputs: reads("x"), outputs: ["y"] }),
      node("c", { inputs: reads("y") }),
      node("downstream", { dependencies: ["a"] }),
    ]);
    const [cycle] = await errors(() => planRun(three, "p"));
    expect(cycle?.code).to.equal("GRAPH_CYCLE");
    expect(cycle?.message).to.equal("Circular dependency detected: a -> b -> c -> a");
    expect(cycle?.hint).to.equal('Remove one of these dependencies; here "a" waits for "c".');
    const two = project([node("n1", { dependencies: ["n2"] }), node("n2", { dependencies: ["n1"] })]);
    expect((await errors(() => planRun(two, "p")))[0]?.message).to.equal(
      "Circular dependency detected: n1 <-> n2",
    );
  });

  it("finds every fault of a pipeline in one pass, each at its place", async () => {
    const broken = await load({
      "config/pipelines.yaml": "p:\n  nodes: [a, b, c, d, exract]\nq: {nodes: [e]}\n",
      "config/nodes.yaml": [
        "a: {function: m.a, output: bronze.x, dependencies: [nobody, e]}",
        "b: {function: m.b, output: bronze.x, input: bronze.y}",
        "c: {function: m.c, output: s.c, input: [bronze.xx, s.c], dependencies: c}",
        "d: {function: m.d, input: elsewhere}",
        "e: {function: m.e, output: elsewhere}",
        "extract: {function: m.f}",
      ].join("\n"),
    });
    const found = await errors(() => planRun(broken, "p"));
    expect(found.map((error) => placeOf(error, "").replace(/ .*config\//, " "))).to.have.members([
      "GRAPH_MISSING_NODE nodes.yaml:1:53",
      "GRAPH_MISSING_NODE nodes.yaml:1:61",
      "GRAPH_DUPLICATE_PRODUCER nodes.yaml:2:28",
      "VALIDATION_UNKNOWN_DATASET nodes.yaml:2:45",
      "VALIDATION_UNKNOWN_DATASET nodes.yaml:3:41",
      "GRAPH_SELF_DEPENDENCY nodes.yaml:3:52",
      "GRAPH_SELF_DEPENDENCY nodes.yaml:3:72",
      "GRAPH_MISSING_NODE pipelines.yaml:2:23",
    ]);
    const hints = found.map((error) => error.hint);
    expect(hints).to.include('Did you mean "extract"?');
    expect(hints).to.include('Did you mean "bronze.x"? Else declare it in datasets.yaml.');
    expect(hints).to.include('Add "e" to the nodes of pipeline "p", or remove the dependency.');
  });

  it("names the pipelines there are when there is no such one", async () => {
    const [error] = await errors(() => planRun(project([node("a")]), "pp"));
    expect(error?.code).to.equal("USAGE_UNKNOWN_PIPELINE");
    expect(error?.hint).to.equal('Did you mean "p"? Pipelines: p.');
  });

  it("takes each end of the window and the parallelism from options, else pipeline, else settings", () => {
    const settings = { startDate: "2001-01-01", endDate: "2001-12-31", maxParallelNodes: 2 };
    const one = project([node("a")], [], { startDate: "2001-02-01", maxParallelNodes: 3 }, settings);
    expect(planRun(one, "p").window).to.deep.equal({ startDate: "2001-02-01", endDate: "2001-12-31" });
    expect(planRun(one, "p").maxParallelNodes).to.equal(3);
    const asked = planRun(one, "p", { startDate: "2001-03-01", endDate: "2001-03-01", maxParallelNodes: 9 });
    expect(asked.window).to.deep.equal({ startDate: "2001-03-01", endDate: "2001-03-01" });
    expect(asked.maxParallelNodes).to.equal(9);
    expect(planRun(project([node("a")]), "p").window).to.equal(undefined);
  });

  it("refuses windows that are none", async () => {
    const plain = project([node("a")]);
    const dated = project([node("a")], [], { startDate: "2001-01-10", endDate: "2001-01-20" });
    const days = (startDate: string, endDate: string) =>
      codes(() => planRun(plain, "p", { startDate, endDate }));
    expect(await days("2001-02-29", "2001-03-01")).to.deep.equal(["USAGE_INVALID_DATE"]);
    expect(await days("yesterday", "2001-3-1")).to.deep.equal(["USAGE_INVALID_DATE", "USAGE_INVALID_DATE"]);
    expect(await days("2001-02-02", "2001-02-01")).to.deep.equal(["USAGE_INVALID_WINDOW"]);
    expect(await days("2000-02-29", "2000-02-29")).to.deep.equal([]);
    expect(await codes(() => planRun(plain, "p", { startDate: "2001-01-01" }))).to.deep.equal([
      "USAGE_INCOMPLETE_WINDOW",
    ]);
    expect(await codes(() => planRun(dated, "p", { startDate: "2001-01-21" }))).to.deep.equal([
      "USAGE_INVALID_WINDOW",
    ]);
    const half = project([node("a")], [], { endDate: "2001-01-20" });
    expect(await codes(() => planRun(half, "p"))).to.deep.equal(["VALIDATION_INCOMPLETE_WINDOW"]);
    expect(await codes(() => planRun(plain, "p", { maxParallelNodes: 0 }))).to.deep.equal([
      "USAGE_INVALID_PARALLELISM",
    ]);
  });

  it("asks for a window where one is needed, for reading or for writing", async () => {
    const windowed = dataset("w", { windowColumn: "day", mode: "replace_window" });
    const writes = project([node("a", { outputs: ["w"] })], [windowed]);
    const readsIt = project([node("a", { inputs: reads("w") })], [windowed]);
    const readsAll = project([node("a", { inputs: [{ dataset: "w", window: "all" }] })], [windowed]);
    expect(await codes(() => planRun(writes, "p"))).to.deep.equal(["VALIDATION_MISSING_WINDOW"]);
    expect(await codes(() => planRun(readsIt, "p"))).to.deep.equal(["VALIDATION_MISSING_WINDOW"]);
    expect(await codes(() => planRun(readsAll, "p"))).to.deep.equal([]);
    const window = { startDate: "2001-01-01", endDate: "2001-01-31" };
    expect(await codes(() => planRun(writes, "p", window))).to.deep.equal([]);
  });

  it("merges hyperparams per key: options over node over pipeline over settings", () => {
    const one = project(
      [node("a", { hyperparams: { lr: 0.2, deep: { x: 2 } } })],
      [],
      { hyperparams: { lr: 0.1, depth: 6, deep: { x: 1, y: 1 } } },
      { hyperparams: { seed: 1, depth: 5 } },
    );
    expect(planRun(one, "p", { hyperparams: { depth: 9 } }).nodes[0]?.config.hyperparams).to.deep.equal({
      seed: 1,
      depth: 9,
      deep: { x: 2, y: 1 },
      lr: 0.2,
    });
  });

  it("plans 10,000 nodes with two edges each, and reports as many faults, without waiting", () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      node(`n${i}`, { outputs: [`d${i}`], inputs: i > 1 ? reads(`d${i - 1}`, `d${i - 2}`) : [] }),
    );
    expect(planRun(project(many), "p").nodes).to.have.length(10_000);
    const lost = many.map((one) => node(one.name, { dependencies: [`${one.name}x`] }));
    expect(() => planRun(project(lost), "p"))
      .to.throw()
      .with.property("errors")
      .with.length(10_000);
  });
});
