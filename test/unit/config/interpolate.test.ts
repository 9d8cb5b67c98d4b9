// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import fc from "fast-check";
import {
  type Interpolation,
  interpolate as interpolateIn,
  referenceOffset,
} from "../../../src/config/interpolate.ts";
import { load } from "./project-folder.ts";

const noSecrets = () => ({ why: "no secrets", hint: "" });

function interpolate(text: string, variables: Readonly<Record<string, string>>): Interpolation {
  return interpolateIn(text, { variables, secret: noSecrets });
}

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
    const { faults } = interpolate("$${x} ${A} ${2} ${B:-x} ${ ${secret:env:S} ${secret:evn:S}", {});
    expect(faults.map(({ ordinal, kind, message }) => [ordinal, kind, message])).to.deep.equal([
      [1, "missing", "the variable A is not set"],
      [2, "malformed", "${2} is not a variable"],
      [4, "malformed", "${ ${secret:env:S} is not a variable"],
      [5, "malformed", "${secret:evn:S} is not a secret"],
    ]);
    expect(interpolate("secret:vault:x", {}).faults[0]?.message).to.equal("secret:vault:x is not a secret");
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
        fc.pre(!text.startsWith("secret:"));
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
          'a: {function: "${M}.a", description: "${N}", hyperparams: {n: "${N}", m: "${EIGHT}", s: "v${N}", t: "${YES}", long: "${LONG}", fine: "${FINE}"}}\n',
        "config/datasets.yaml": 'd: {path: "${DIR:-/tmp}/x", options: {n: "${N}"}}\n',
      },
      {
        N: "08",
        EIGHT: "8",
        YES: "true",
        M: "m",
        LONG: "12345678901234567890",
        FINE: "0.12345678901234567890",
      },
    );
    expect(settings.maxParallelNodes).to.equal(8);
    expect(settings.execution.failFast).to.equal(true);
    expect(settings.execution.retries.max).to.equal(8);
    expect(nodes.get("a")?.code).to.deep.equal({ kind: "function", ref: "m.a" });
    expect(nodes.get("a")?.description).to.equal("08");
    expect(nodes.get("a")?.hyperparams).to.deep.equal({
      n: "08",
      m: 8,
      s: "v08",
      t: true,
      long: "12345678901234567890",
      fine: "0.12345678901234567890",
    });
    expect(datasets.get("d")?.options).to.deep.equal({ n: "08" });
    expect(datasets.get("d")?.location).to.deep.equal({ kind: "path", path: "/tmp/x" });
  });
});
