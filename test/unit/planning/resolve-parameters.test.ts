import { expect } from "chai";
import fc from "fast-check";
import { deepMerge } from "../../../src/config/deep-merge.ts";
import type { Layer, ResolvedValue } from "../../../src/planning/origin.ts";
import { resolveParameters } from "../../../src/planning/resolve-parameters.ts";

type Values = Readonly<Record<string, unknown>>;

const { values } = fc.letrec<{ values: Values; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom("text", null, true),
    fc.array(fc.nat(3), { maxLength: 2 }),
    tie("values"),
  ),
  values: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
}));

const names: readonly Layer[] = ["default", "global_settings", "ml_info", "pipeline", "node", "explicit"];

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function put(found: Values, { path, value }: ResolvedValue): Values {
  return deepMerge(found, path.reduceRight<unknown>((below, key) => ({ [key]: below }), value) as Values);
}

function at(root: unknown, path: readonly string[]): unknown {
  return path.reduce((below: unknown, key) => (isMap(below) ? below[key] : undefined), root);
}

describe("resolveParameters", () => {
  it("has the leaves of the merged layers, each from the strongest layer that says it", () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), (all) => {
        const layers = all.map((one, index) => ({ layer: names[index] ?? "default", values: one }));
        const leaves = resolveParameters(layers);
        expect(leaves.reduce(put, {})).to.deep.equal(deepMerge(...all));
        for (const { path, value, origin } of leaves) {
          const from = layers.findIndex(({ layer }) => layer === origin.layer);
          expect(at(all[from], path)).to.deep.equal(value);
          for (const stronger of all.slice(from + 1)) expect(at(stronger, path)).to.equal(undefined);
        }
        expect(new Set(leaves.map(({ path }) => path.join("."))).size).to.equal(leaves.length);
      }),
      { numRuns: 500 },
    );
  });
});
