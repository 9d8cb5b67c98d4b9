import { expect } from "chai";
import type { DatasetConfig, NodeConfig } from "../../../src/config/project.ts";
import { changedParts, fingerprints } from "../../../src/execution/resume/fingerprint.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { dataset, node, project } from "../planning/plan-of.ts";

const sql = { kind: "sql", text: "select 1", position: { file: "nodes.yaml", line: 2, column: 3 } } as const;

function fingerprint(of: Partial<NodeConfig>, stored: Partial<DatasetConfig> = {}, crm = "crm.read") {
  const one = node("n", { code: sql, inputs: [{ dataset: "i", window: "run" }], outputs: ["d"], ...of });
  const datasets = [dataset("d", stored), dataset("i", { source: "crm" })];
  const planned = project([one], datasets, {}, { dataSources: { crm } });
  const found = fingerprints({ ...planned, root: import.meta.dirname }, planRun(planned, "p")).get("n");
  if (found === undefined) throw new Error("the node has no fingerprint");
  return found;
}

const before = fingerprint({ hyperparams: { code: "DE", in: { tags: "x", position: { a: 1 } }, n: 5n } });
const changed = (of: Partial<NodeConfig>, stored?: Partial<DatasetConfig>) =>
  changedParts(
    before,
    fingerprint({ hyperparams: { in: { position: { a: 1 }, tags: "x" }, n: 5n, code: "DE" }, ...of }, stored),
  );

describe("the fingerprint of a node", () => {
  it("does not depend on order, place, description, tags, retries or timeout", () => {
    const elsewhere = { file: "other.yaml", line: 9, column: 9 };
    expect(
      changed(
        { description: "new", tags: ["t"], retries: { max: 9 }, timeoutMs: 9, position: elsewhere },
        { description: "new", position: elsewhere, positions: { mode: elsewhere } },
      ),
    ).to.deep.equal([]);
  });

  for (const hyperparams of [
    { code: "NL", in: { tags: "x", position: { a: 1 } }, n: 5n },
    { code: "DE", in: { tags: "y", position: { a: 1 } }, n: 5n },
    { code: "DE", in: { tags: "x", position: { a: 2 } }, n: 5n },
    { code: "DE", in: { tags: "x", position: { a: 1 } }, n: "5n" },
  ]) {
    it(`depends on all hyperparams, whatever they are called: ${JSON.stringify(hyperparams, (_, value) => (typeof value === "bigint" ? Number(value) : value))}`, () => {
      expect(changed({ hyperparams })).to.deep.equal(["parameters"]);
    });
  }

  it("depends on the code of the data sources that it reads", () => {
    const other = fingerprint({}, {}, "crm.other");
    expect(changedParts(fingerprint({}), other)).to.deep.equal(["code"]);
  });

  it("depends on all options of its datasets", () => {
    expect(changed({}, { options: { code: "1" } })).to.deep.equal(["config"]);
  });
});
