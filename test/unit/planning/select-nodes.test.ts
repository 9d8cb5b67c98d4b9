import { expect } from "chai";
import fc from "fast-check";
import { planRun } from "../../../src/planning/run-plan.ts";
import { errorsOf } from "../config/project-folder.ts";
import { node, project, reads } from "./plan-of.ts";

/** a -> b -> c -> d, and b -> e; f stands alone. */
const sample = project([
  node("a", { outputs: ["bronze.a"], tags: ["nightly"], code: { kind: "function", ref: "etl.raw.load" } }),
  node("b", { inputs: reads("bronze.a"), outputs: ["silver.b"], tags: ["nightly", "slow"] }),
  node("c", { inputs: reads("silver.b"), outputs: ["gold.c"] }),
  node("d", { dependencies: ["c"], code: { kind: "sql", text: "select 1", file: "./sql/gold/d.sql" } }),
  node("e", { inputs: reads("silver.b"), outputs: ["gold.e"] }),
  node("f", { code: { kind: "sql", text: "select 1" }, tags: ["slow"] }),
  node("mart.orders", {}),
  node("mart.customers", {}),
]);

function names(select: string[], exclude: string[] = []): string {
  return planRun(sample, "p", { select, exclude })
    .nodes.map(({ name }) => name)
    .join(" ");
}

async function failure(select: string[], exclude: string[] = []): Promise<string[]> {
  const errors = await errorsOf(async () => planRun(sample, "p", { select, exclude }));
  return errors.map((error) => `${error.code}: ${error.message} | ${error.hint ?? ""}`);
}

describe("selecting nodes", () => {
  const cases: readonly (readonly [string[], string[], string])[] = [
    [["c"], [], "c"],
    [["+c"], [], "a b c"],
    [["c+"], [], "c d"],
    [["+c+"], [], "a b c d"],
    [["1+c"], [], "b c"],
    [["0+c"], [], "c"],
    [["a+1"], [], "a b"],
    [["a+2"], [], "a b c e"],
    [["1+b+1"], [], "a b c e"],
    [["@e"], [], "a b e"],
    [["@b"], [], "a b c d e"],
    [["a d"], [], "a d"],
    [["a", "d"], [], "a d"],
    [["+c,b+"], [], "b c"],
    [["+d,tag:nightly"], [], "a b"],
    [["tag:nightly+"], [], "a b c d e"],
    [["tag:n*"], [], "a b"],
    [["tag:nightly,tag:slow"], [], "b"],
    [["tag:nightly tag:slow"], [], "a b f"],
    [[], ["tag:slow"], "a c d e mart.orders mart.customers"],
    [["a+"], ["c+"], "a b e"],
    [["+d"], ["b", "d"], "a c"],
    [["mart.*"], [], "mart.orders mart.customers"],
    [["mart"], [], "mart.orders mart.customers"],
    [["[ab]"], [], "a b"],
    [["[!ab]"], ["f"], "c d e"],
    [["?"], ["[!b]"], "b"],
    [["fqn:c"], [], "c"],
    [["path:sql"], [], "d"],
    [["path:sql/"], [], "d"],
    [["sql/gold"], [], "d"],
    [["path:sql/*"], [], "d"],
    [["path:sql/*/d.sql"], [], "d"],
    [["path:**/d.sql"], [], "d"],
    [["path:src/etl/*"], [], "a"],
    [["path:src/etl/raw.ts"], [], "a"],
    [["path:./src/etl"], [], "a"],
    [["d.sql"], [], "d"],
    [["file:d"], [], "d"],
    [["output:silver.b"], [], "b"],
    [["output:gold.*"], [], "c e"],
    [["input:silver.b"], [], "c e"],
    [["+output:gold.c"], [], "a b c"],
  ];
  for (const [select, exclude, expected] of cases) {
    it(`${JSON.stringify(select)} without ${JSON.stringify(exclude)} is ${expected}`, () => {
      expect(names(select, exclude).split(" ").sort()).to.deep.equal(expected.split(" ").sort());
    });
  }

  it("restricts dependencies to what runs and records what does not, and why", () => {
    const plan = planRun(sample, "p", { select: ["+d", "f"], exclude: ["b"] });
    expect(plan.nodes.map(({ name, dependsOn }) => [name, dependsOn])).to.deep.equal([
      ["a", []],
      ["c", []],
      ["d", [{ node: "c", reason: "explicit" }]],
      ["f", []],
    ]);
    expect([...(plan.selection?.selectedBy ?? [])].filter(([name]) => name !== "b")).to.deep.equal([
      ["d", "+d"],
      ["c", "+d"],
      ["a", "+d"],
      ["f", "f"],
    ]);
    expect(plan.selection?.leftOut).to.deep.equal([
      { node: "b", reason: "excluded", selector: "b" },
      { node: "e", reason: "not_selected" },
      { node: "mart.orders", reason: "not_selected" },
      { node: "mart.customers", reason: "not_selected" },
    ]);
    expect([...plan.datasets.keys()].sort()).to.deep.equal(["bronze.a", "gold.c", "silver.b"]);
  });

  it("keeps the inputs of a node whose upstream is left out", () => {
    const upstream = project([
      node("a", { outputs: ["x"] }),
      node("b", { dependencies: ["a"], outputs: ["y"] }),
    ]);
    const [b] = planRun(upstream, "p", { select: ["b"] }).nodes;
    expect(b?.config.inputs.map(({ dataset }) => dataset)).to.deep.equal(["x"]);
    expect(b?.dependsOn).to.deep.equal([]);
  });

  it("is not there when nothing was asked for", () => {
    expect(planRun(sample, "p").selection).to.equal(undefined);
    expect(planRun(sample, "p", { select: [], exclude: [] }).nodes).to.have.length(8);
  });

  it("asks for no window when the node that needs one is left out", () => {
    const windowed = project([node("a", { outputs: ["x"] }), node("b")]);
    const datasets = new Map(windowed.datasets);
    const x = datasets.get("x");
    if (x !== undefined) datasets.set("x", { ...x, mode: "replace_window", windowColumn: "day" });
    const plan = planRun({ ...windowed, datasets }, "p", { exclude: ["a"] });
    expect(plan.nodes.map(({ name }) => name)).to.deep.equal(["b"]);
  });

  it("refuses what no node is called, what is malformed, and what selects nothing", async () => {
    expect(await failure(["mart.order"])).to.deep.equal([
      'USAGE_UNKNOWN_NODE: pipeline "p" has no node "mart.order" | Did you mean "mart.orders"? Nodes: a, b, c, d, e, f, mart.orders, mart.customers.',
    ]);
    expect(await failure([], ["zzz"])).to.match(/^USAGE_UNKNOWN_NODE/);
    expect(await failure(["tag:hourly"])).to.deep.equal([
      'USAGE_EMPTY_SELECTION: no node of "p" is left to run: --select tag:hourly matches none of them | Name other nodes, tags or paths. sparkwright graph p shows its nodes.',
    ]);
    expect(await failure(["[z-a]"])).to.match(/^USAGE_EMPTY_SELECTION/);
    expect(await failure(["a,b"])).to.match(/^USAGE_EMPTY_SELECTION/);
    expect(await failure(["a"], ["a+"])).to.deep.equal([
      'USAGE_EMPTY_SELECTION: no node of "p" is left to run: --exclude a+ leaves none of them | Exclude less. sparkwright graph p shows its nodes.',
    ]);
    expect(await failure(["@a+"])).to.match(/^USAGE_SELECTOR: --select: "@a\+" has both @ and a \+/);
    expect(await failure(["tags:x"])).to.match(/Did you mean "tag:"/);
    expect(await failure(["a,"])).to.match(/^USAGE_SELECTOR: --select: "" in "a," names nothing/);
    expect(await failure(["+"])).to.match(/^USAGE_SELECTOR: --select: "\+" names nothing/);
    expect(await failure(["  "])).to.match(/^USAGE_SELECTOR: --select is empty/);
  });

  it("tells of a selector that no node matches, where others do", () => {
    const plan = planRun(sample, "p", { select: ["a", "tag:hourly"], exclude: ["path:old"] });
    expect(plan.selection?.matchedNothing).to.deep.equal(["tag:hourly", "path:old"]);
  });

  it("selects in 100,000 nodes", function () {
    this.timeout(10_000);
    const size = 100_000;
    const chain = project(
      Array.from({ length: size }, (_, i) => node(`n${i}`, i === 0 ? {} : { dependencies: [`n${i - 1}`] })),
    );
    expect(planRun(chain, "p", { select: ["@n0"], exclude: ["n99990+"] }).nodes).to.have.length(99_990);
  });
});

interface Term {
  readonly at: boolean;
  readonly parents: number | undefined;
  readonly children: number | undefined;
  readonly what: string;
}

const depths = fc.option(fc.constantFrom(Number.POSITIVE_INFINITY, 0, 1, 2), { nil: undefined });
const terms: fc.Arbitrary<Term> = fc
  .record({
    at: fc.boolean(),
    parents: depths,
    children: depths,
    what: fc.oneof(
      fc.nat(9).map((at) => `n${at}`),
      fc.constantFrom("tag:x", "tag:y", "n*", "tag:*"),
    ),
  })
  .map((term) => (term.at ? { ...term, children: undefined } : term));
const unions = fc.array(fc.array(terms, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

function written({ at, parents, children, what }: Term): string {
  const edges = (depth: number) => (depth === Number.POSITIVE_INFINITY ? "" : String(depth));
  const before = parents === undefined ? "" : `${edges(parents)}+`;
  return `${at ? "@" : ""}${before}${what}${children === undefined ? "" : `+${edges(children)}`}`;
}

/** The distances between all pairs, by relaxing every edge again and again: slow, and plainly right. */
function distances(size: number, edges: readonly (readonly [number, number])[]): number[][] {
  const far = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)),
  );
  const at = (i: number, j: number) => far[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let round = 0; round < size; round++) {
    for (const [from, to] of edges) {
      for (let j = 0; j < size; j++) {
        const row = far[j];
        if (row !== undefined) row[to] = Math.min(at(j, to), at(j, from) + 1);
      }
    }
  }
  return far;
}

describe("a random selection of a random graph", () => {
  it("is what a naive reading of the grammar takes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 14 }),
        fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 30 }),
        fc.array(fc.subarray(["x", "y"]), { minLength: 14, maxLength: 14 }),
        unions,
        fc.option(unions, { nil: undefined }),
        (size, pairs, tags, select, exclude) => {
          const edges = pairs.filter(([from, to]) => from < to && to < size);
          const nodes = Array.from({ length: size }, (_, i) => `n${i}`);
          const built = project(
            nodes.map((name, i) =>
              node(name, {
                tags: tags[i] ?? [],
                dependencies: [...new Set(edges.filter(([, to]) => to === i).map(([from]) => `n${from}`))],
              }),
            ),
          );
          const far = distances(size, edges);
          const distance = (from: number, to: number) => far[from]?.[to] ?? Number.POSITIVE_INFINITY;
          const reaches = (from: number, to: number) => Number.isFinite(distance(from, to));
          const matches = (what: string, i: number) =>
            what === "n*" ||
            what === `n${i}` ||
            (what === "tag:*" ? tags[i]?.length !== 0 : tags[i]?.includes(what.replace("tag:", "")) === true);
          const takes = ({ at, parents, children, what }: Term, i: number) =>
            nodes.some((_, j) => {
              if (!matches(what, j)) return false;
              if (i === j) return true;
              const above = reaches(i, j) && distance(i, j) <= (parents ?? 0);
              const below = reaches(j, i) && distance(j, i) <= (children ?? 0);
              return above || below || (at && nodes.some((_, k) => reaches(j, k) && reaches(i, k)));
            });
          const within = (all: typeof select, i: number) =>
            all.some((intersection) => intersection.every((term) => takes(term, i)));
          const expected = nodes.filter(
            (_, i) => within(select, i) && !(exclude !== undefined && within(exclude, i)),
          );
          const text = (all: typeof select) => all.map((terms) => terms.map(written).join(","));
          const options = {
            select: text(select),
            ...(exclude !== undefined && { exclude: [text(exclude).join(" ")] }),
          };
          if (expected.length === 0) {
            expect(() => planRun(built, "p", options)).to.throw(/is left to run/);
            return;
          }
          const plan = planRun(built, "p", options);
          expect(plan.nodes.map(({ name }) => name).sort()).to.deep.equal([...expected].sort());
          const chosen = new Set(expected);
          for (const { name, config, dependsOn } of plan.nodes) {
            expect(dependsOn.map((one) => one.node)).to.deep.equal(
              config.dependencies.filter((dependency) => chosen.has(dependency)),
              name,
            );
          }
          const left = plan.selection?.leftOut.map((one) => one.node) ?? [];
          expect([...left, ...expected].sort()).to.deep.equal([...nodes].sort());
        },
      ),
      { numRuns: 300 },
    );
  });
});
