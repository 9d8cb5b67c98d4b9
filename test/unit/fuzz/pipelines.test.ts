import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { throwIfAny } from "../../../src/core/error-list.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { checkWritten } from "../../../src/validation/check.ts";
import { generate } from "../../fuzz/pipelines/generate.ts";
import { modelWrite } from "../../fuzz/pipelines/model-write.ts";
import { firstCode, projectFiles } from "../../fuzz/pipelines/project.ts";
import type { Cell, Dataset, Scenario } from "../../fuzz/pipelines/scenario.ts";
import { smaller } from "../../fuzz/pipelines/shrink.ts";
import { inputSeed } from "../../fuzz/random.ts";

const columns = [
  { name: "id", type: "bigint" },
  { name: "day", type: "date" },
];
const table = (...rows: (readonly Cell[])[]) => ({ columns, rows });
const dataset = (some: Partial<Dataset>): Dataset => ({
  name: "d",
  format: "delta",
  place: "table",
  mode: "overwrite",
  ...some,
});
const context = {
  window: ["2024-02-29", "2024-02-29"] as const,
  zone: "UTC",
  done: false,
};

async function validate(scenario: Scenario): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    for (const [file, text] of Object.entries(projectFiles(scenario, firstCode(scenario)))) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text.replaceAll("$DB", "db"));
    }
    const project = await loadProject(root, { variables: {} });
    const plan = planRun(project, "p", { startDate: "2024-02-28", endDate: "2024-03-01" });
    throwIfAny([...checkWritten(project, plan)]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe("the pipelines fuzzer", () => {
  it("makes the same input of the same seed, and others of others", () => {
    const of = (seed: number) => JSON.stringify(generate(inputSeed(seed, 3)));
    expect(of(1)).to.equal(of(1));
    expect(of(1)).to.not.equal(of(2));
  });

  it("makes projects that are valid, and smaller ones of them", async () => {
    for (let i = 0; i < 25; i += 1) {
      const scenario = generate(inputSeed(5, i));
      await validate(scenario);
      for (const one of smaller(scenario)) {
        expect(JSON.stringify(one).length).to.be.at.most(JSON.stringify(scenario).length);
      }
    }
  });

  it("knows what a merge leaves, NULL keys and duplicates included", () => {
    const merge = dataset({ mode: "merge", mergeKeys: ["id"] });
    const stored = table([null, "2024-01-01"], ["1", "2024-01-01"]);
    const written = modelWrite(merge, table([null, "2024-02-02"], ["2", null]), stored, context);
    expect(written.stored?.rows).to.deep.equal([
      [null, "2024-02-02"],
      ["1", "2024-01-01"],
      ["2", null],
    ]);
    expect(written.rows).to.equal(2);
    expect(modelWrite(merge, table(["1", null], ["1", null]), stored, context).refused).to.deep.equal([
      "DATASET_DUPLICATE_KEYS",
    ]);
  });

  it("knows what a replaced window leaves, and what lies outside of it", () => {
    const replace = dataset({ mode: "replace_window", windowColumn: "day" });
    const stored = table(["1", "2024-02-28"], ["2", "2024-02-29"]);
    expect(modelWrite(replace, table(["3", "2024-02-29"]), stored, context).stored?.rows).to.deep.equal([
      ["1", "2024-02-28"],
      ["3", "2024-02-29"],
    ]);
    expect(modelWrite(replace, table(["3", "2024-03-01"]), stored, context).refused).to.deep.equal([
      "DATASET_OUTSIDE_WINDOW",
    ]);
  });

  it("knows which columns may change, also in structs", () => {
    const stored = { columns: [{ name: "s", type: "struct<a:int>" }], rows: [[["1"]]] };
    const given = { columns: [{ name: "S", type: "struct<b:string,a:int>" }], rows: [[["x", "2"]]] };
    const append = dataset({ mode: "append" });
    expect(modelWrite(append, given, stored, context).refused).to.deep.equal(["DATASET_SCHEMA"]);
    const added = modelWrite({ ...append, evolution: "add" }, given, stored, context);
    expect(added.stored?.columns).to.deep.equal([{ name: "s", type: "struct<a:int,b:string>" }]);
    expect(added.stored?.rows).to.deep.equal([[["1", null]], [["2", "x"]]]);
  });
});
