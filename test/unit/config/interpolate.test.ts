// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import fc from "fast-check";
import { interpolate, referenceOffset } from "../../../src/config/interpolate.ts";
import { load } from "./project-folder.ts";

describe("interpolation", () => {
  it("replaces variables, takes defaults for what is unset or empty, and leaves $${ as ${", () => {
    const variables = { A: "1", EMPTY: "" };
    const cases: Record<string, string> = {
      "${A}": "1",
      "x${A}y${A}": "x1y1",
      "${EMPTY}": "",
      "${EMPTY:-d}": "d",
      "${B:-}": "",
      "${B:-a b/c:d}": "a b/c:d",
      "$${A}": "${A}",
      "$A $ {A} $": "$A $ {A} $",
      "$$${A}": "$${A}",
    };
    for (const [text, expected] of Object.entries(cases)) {
      expect(interpolate(text, variables), text).to.deep.include({ text: expected, faults: [] });
    }
  });

  it("names missing variables and malformed references, with their ordinal", () => {
    expect(interpolate("$${x} ${A} ${2} ${B:-x} ${", {}).faults).to.deep.equal([
      { ordinal: 1, kind: "missing", name: "A" },
      { ordinal: 2, kind: "malformed", name: "${2}" },
      { ordinal: 4, kind: "malformed", name: "${" },
    ]);
    expect(referenceOffset("'$${x} ${A} ${2}'", 2)).to.equal(12);
  });

  it("does not look into what a variable holds, nor find inherited names", () => {
    expect(interpolate("${A}", { A: "${A}" }).text).to.equal("${A}");
    expect(interpolate("${toString}", {}).faults).to.have.length(1);
  });

  it("leaves text without ${ as it is, and gives back what was escaped", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replaceAll("${", "$${");
        expect(interpolate(escaped, {}).text).to.equal(text);
      }),
    );
  });

  it("becomes a number or a boolean where the schema wants one, and stays text where it wants text", async () => {
    const { settings, nodes, datasets } = await load(
      {
        "config/global_settings.yaml":
          'max_parallel_nodes: ${N}\nexecution: {fail_fast: "${YES}", retries: "${N}"}\n',
        "config/nodes.yaml":
          'a: {function: "${M}.a", description: "${N}", hyperparams: {n: "${N}", s: "v${N}", t: "${YES}"}}\n',
        "config/datasets.yaml": 'd: {path: "${DIR:-/tmp}/x", options: {n: "${N}"}}\n',
      },
      { N: "08", YES: "true", M: "m" },
    );
    expect(settings.maxParallelNodes).to.equal(8);
    expect(settings.execution.failFast).to.equal(true);
    expect(settings.execution.retries.max).to.equal(8);
    expect(nodes.get("a")?.code).to.deep.equal({ kind: "function", ref: "m.a" });
    expect(nodes.get("a")?.description).to.equal("08");
    expect(nodes.get("a")?.hyperparams).to.deep.equal({ n: 8, s: "v08", t: true });
    expect(datasets.get("d")?.options).to.deep.equal({ n: "08" });
    expect(datasets.get("d")?.location).to.deep.equal({ kind: "path", path: "/tmp/x" });
  });
});
