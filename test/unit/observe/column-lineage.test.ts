import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { columnLineage, type InputField } from "../../../src/observe/lineage/column-lineage.ts";

/** What Spark 4.2 printed for `explain(extended)`, without the parts that nobody reads. */
const captured = new Map(
  readFileSync(join(import.meta.dirname, "captured-plans.txt"), "utf8")
    .split(/^#### /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf("\n")), text.slice(text.indexOf("\n") + 1)]),
);
const catalog = { remote: "embedded", conf: {}, namespace: "shop" };

const shown = (fields: readonly InputField[]) =>
  fields
    .map(({ name, field, transformations }) => {
      const kinds = transformations.map(({ subtype, masking }) => `${subtype}${masking ? "*" : ""}`);
      return `${name.replace(/^(lin\.|\/data\/)/, "")}.${field} ${kinds.join("+")}`;
    })
    .join(", ");

function lineageOf(text: string, columns: readonly string[]): Record<string, string> | undefined {
  const lineage = columnLineage(text, columns, { inputs: [], catalog });
  if (lineage === undefined) return undefined;
  const fields = Object.entries(lineage.fields).map(([name, inputs]) => [name, shown(inputs)]);
  return { ...Object.fromEntries(fields), "*": shown(lineage.dataset) };
}

/** Lineage by column, `*` for what decides about rows; `!` marks influence as INDIRECT only by its kind. */
const expected: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  join_group: {
    day: "t.day IDENTITY",
    grp: "u.grp IDENTITY",
    n: "",
    total: "t.v AGGREGATION",
    m: "t.name AGGREGATION",
    "*": "t.id JOIN, u.id JOIN, t.v FILTER+SORT, t.day GROUP_BY, u.grp GROUP_BY",
  },
  cte: { name: "t.name IDENTITY", n: "", "*": "t.id GROUP_BY+JOIN" },
  window: {
    id: "u.id IDENTITY",
    rn: "u.grp WINDOW, u.w WINDOW",
    prev: "u.w TRANSFORMATION, u.grp WINDOW, u.id WINDOW",
    w: "u.w IDENTITY",
    "*": "",
  },
  twow: { id: "u.id IDENTITY", w: "u.w IDENTITY", share: "u.w AGGREGATION, u.grp WINDOW", "*": "" },
  qualify: { id: "u.id IDENTITY", w: "u.w IDENTITY", "*": "u.grp FILTER, u.w FILTER" },
  union: { id: "t.id IDENTITY, u.id TRANSFORMATION", name: "t.name IDENTITY, u.grp IDENTITY", "*": "" },
  union_distinct: { id: "t.id IDENTITY, u.id IDENTITY", name: "t.name IDENTITY, u.grp IDENTITY", "*": "" },
  except: { id: "t.id IDENTITY", name: "t.name IDENTITY", "*": "u.id FILTER, u.grp FILTER" },
  intersect: { id: "t.id IDENTITY", name: "t.name IDENTITY", "*": "u.id FILTER, u.grp FILTER" },
  generate: { id: "t.id IDENTITY", tag: "t.tags TRANSFORMATION", pos: "t.tags TRANSFORMATION", "*": "" },
  explode_outer: { id: "t.id IDENTITY", tag: "t.tags TRANSFORMATION", "*": "" },
  json: { j: "t.name TRANSFORMATION", c0: "t.name TRANSFORMATION", c1: "t.name TRANSFORMATION", "*": "" },
  expand: {
    day: "t.day IDENTITY",
    name: "t.name IDENTITY",
    s: "t.v AGGREGATION",
    g: "",
    "*": "t.day GROUP_BY, t.name GROUP_BY",
  },
  unpivot: {
    id: "u.id IDENTITY",
    col: "",
    val: "u.w IDENTITY, u.id TRANSFORMATION",
    "*": "u.w FILTER, u.id FILTER",
  },
  pivot: {
    day: "t.day IDENTITY",
    a: "t.name AGGREGATION, t.v AGGREGATION",
    b: "t.name AGGREGATION, t.v AGGREGATION",
    "*": "t.day GROUP_BY, t.name GROUP_BY",
  },
  scalar: { id: "t.id IDENTITY", mx: "u.w AGGREGATION", "*": "" },
  correlated: { id: "t.id IDENTITY", mx: "u.w AGGREGATION, u.id FILTER, t.id FILTER", "*": "" },
  exists: { id: "t.id IDENTITY", "*": "u.id FILTER, t.id FILTER, u.grp FILTER" },
  lateral: { id: "t.id IDENTITY", mw: "u.w AGGREGATION", "*": "u.id FILTER, t.id FILTER" },
  case: {
    c: "t.v CONDITIONAL, t.name TRANSFORMATION",
    i: "t.id CONDITIONAL, t.v TRANSFORMATION",
    co: "t.name TRANSFORMATION",
    cs: "t.id TRANSFORMATION",
    x: "t.s TRANSFORMATION",
    s: "t.s IDENTITY",
    "*": "",
  },
  lambda: { tt: "t.tags TRANSFORMATION, t.name TRANSFORMATION", ff: "t.tags TRANSFORMATION", "*": "" },
  struct: {
    st: "t.id TRANSFORMATION, t.name TRANSFORMATION",
    mp: "t.v TRANSFORMATION",
    arr: "t.id TRANSFORMATION",
    "*": "",
  },
  view: { up: "t.name TRANSFORMATION", id: "t.id TRANSFORMATION", "*": "t.v FILTER" },
  hash: { h: "t.name TRANSFORMATION*", c: "t.id AGGREGATION*", "*": "t.name GROUP_BY" },
  groupexpr: {
    n: "t.name TRANSFORMATION",
    c: "t.v CONDITIONAL",
    ids: "t.id AGGREGATION",
    mix: "t.name TRANSFORMATION+AGGREGATION",
    "*": "t.name GROUP_BY",
  },
  tsw: { win: "t.day TRANSFORMATION+CONDITIONAL", c: "", "*": "t.day FILTER+GROUP_BY" },
  values: { id: "", name: "", "*": "" },
  lateralalias: { a: "t.v TRANSFORMATION", b: "t.v TRANSFORMATION", "*": "" },
  nested: { id: "t.id IDENTITY", "*": "t.name FILTER, t.day FILTER" },
  selfjoin: { id: "t.id IDENTITY", name: "t.name IDENTITY", "*": "t.id JOIN" },
  cross: { id: "t.id IDENTITY", grp: "u.grp IDENTITY", "*": "" },
  semi: {
    ...Object.fromEntries(
      ["id", "name", "day", "v", "tags", "s"].map((name) => [name, `t.${name} IDENTITY`]),
    ),
    "*": "t.id JOIN, u.id JOIN",
  },
  full: {
    id: "t.id TRANSFORMATION, u.id TRANSFORMATION",
    ...Object.fromEntries(["name", "day", "v", "tags", "s"].map((name) => [name, `t.${name} IDENTITY`])),
    grp: "u.grp IDENTITY",
    w: "u.w IDENTITY",
    "*": "t.id JOIN, u.id JOIN",
  },
  dedupe: {
    ...Object.fromEntries(
      ["id", "name", "day", "v", "tags", "s"].map((name) => [name, `t.${name} IDENTITY`]),
    ),
    "*": "t.id GROUP_BY",
  },
  limit: { id: "t.id IDENTITY", "*": "t.name SORT" },
  parquet: {
    id: "pq.id IDENTITY",
    txt: "pq.txt IDENTITY",
    day: "pq.day IDENTITY",
    d2: "pq.day TRANSFORMATION",
    "*": "pq.day FILTER",
  },
  csvjoin: {
    id: "csv.id TRANSFORMATION",
    txt: "csv.txt IDENTITY",
    other: "pq.txt IDENTITY",
    "*": "csv.id JOIN, pq.id JOIN",
  },
  delta: { txt: "delta.txt IDENTITY", n: "", p: "delta.id AGGREGATION", "*": "delta.txt GROUP_BY" },
  deltacount: { n: "", "*": "" },
  cached: { id: "pq.id IDENTITY", txt: "pq.txt IDENTITY", "*": "pq.id FILTER" },
  bound: { txt: "pq.txt IDENTITY", n: "", "*": "pq.id FILTER, pq.txt GROUP_BY" },
  sqlparquet: { id: "pq.id IDENTITY", "*": "" },
  repart: { "*": "" },
  range: { "*": "" },
};

describe("column lineage of a plan that Spark explained", () => {
  for (const [name, fields] of Object.entries(expected)) {
    it(`is exact for ${name}`, () => {
      const text = captured.get(name);
      if (text === undefined) throw new Error(`no plan ${name} was captured`);
      const header = text.split("\n")[1] ?? "";
      const columns = [...header.matchAll(/(?:^|, )(\w+): (?=[a-z])/g)].map(([, column]) => column ?? "");
      expect(lineageOf(text, columns)).to.deep.equal(fields);
    });
  }

  it("is asserted for every captured plan", () => {
    expect(Object.keys(expected).toSorted()).to.deep.equal([...captured.keys()].toSorted());
  });

  const plan = (tree: string) =>
    `== Analyzed Logical Plan ==\nx\n${tree}\n\n== Optimized Logical Plan ==\n\n== Physical Plan ==\n`;
  const relation = "Relation spark_catalog.lin.t[a#1,b#2L] parquet";

  it("tells INDIRECT from DIRECT", () => {
    const text = plan(`Filter (b#2L > 1)\n+- Project [a#1, b#2L]\n   +- ${relation}`);
    const lineage = columnLineage(text, ["a", "b"], { inputs: [], catalog });
    const input = { namespace: "shop", name: "lin.t" };
    expect(lineage?.inputs).to.deep.equal([input]);
    expect(lineage?.fields["a"]).to.deep.equal([
      {
        ...input,
        field: "a",
        transformations: [{ type: "DIRECT", subtype: "IDENTITY", description: "", masking: false }],
      },
    ]);
    expect(lineage?.dataset).to.deep.equal([
      {
        ...input,
        field: "b",
        transformations: [{ type: "INDIRECT", subtype: "FILTER", description: "", masking: false }],
      },
    ]);
  });

  it("says nothing where literals pretend to be columns", () => {
    const misleading = [
      "Project [concat(a#1, , , b#2) AS z#5, () AS c#3, b#2L AS d#4L]",
      "Project [concat(a#1, )) AS c#3, b#2L AS d#4L]",
    ];
    for (const project of misleading) {
      expect(lineageOf(plan(`${project}\n+- ${relation}`), ["c", "d"])).to.equal(undefined);
    }
    const issue = plan(`Project [concat(issue #9, a#1) AS c#3, b#2L AS d#4L]\n+- ${relation}`);
    expect(lineageOf(issue, ["c", "d"])).to.deep.equal({ d: "t.b IDENTITY", "*": "" });
    const same = plan(`Project [concat(issue #1, b#2L) AS c#3, b#2L AS d#4L]\n+- ${relation}`);
    expect(lineageOf(same, ["c", "d"])).to.deep.equal({ d: "t.b IDENTITY", "*": "" });
  });

  it("reads on behind a literal with a line feed, and keeps the tree", () => {
    const text = plan(`Project [concat(a#1, one\ntwo) AS c#3]\n+- ${relation}`);
    expect(lineageOf(text, ["c"])).to.deep.equal({ c: "t.a TRANSFORMATION", "*": "" });
  });

  it("says nothing of nodes that it does not know, and of everything above them", () => {
    const text = plan(
      `Project [a#1, y#7]\n+- Join Inner, (a#1 = y#7)\n   :- ${relation}\n   +- MapInPandas f(b#3)#4, [y#7]\n      +- Relation spark_catalog.lin.u[b#3] parquet`,
    );
    expect(lineageOf(text, ["a", "y"])).to.deep.equal({ a: "t.a IDENTITY", "*": "" });
  });

  it("says nothing of files whose place is not known, of other names, and of other texts", () => {
    const files = plan("Relation [a#1] parquet");
    expect(lineageOf(files, ["a"])).to.deep.equal({ "*": "" });
    expect(lineageOf(plan(relation), ["a", "other"])).to.deep.equal({ a: "t.a IDENTITY", "*": "" });
    expect(lineageOf(plan(relation), ["a"])).to.equal(undefined);
    expect(lineageOf("nonsense", ["a"])).to.equal(undefined);
    expect(lineageOf(plan("Project [a#1, ... 5 more fields]\n+- Relation t[a#1] csv"), ["a", "b"])).to.equal(
      undefined,
    );
  });
});
