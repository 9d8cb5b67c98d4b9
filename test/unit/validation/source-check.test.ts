import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { checkPlan } from "../../../src/validation/check.ts";
import { withFolder } from "../config/project-folder.ts";

const faults = async (files: Readonly<Record<string, string>>, registered: readonly string[] = []) =>
  await withFolder(files, async (root) => {
    const project = await loadProject(root);
    const errors = await checkPlan(project, planRun(project, "p"), () => registered);
    return errors.map(({ code, message, hint }) => `${code} ${message} ${hint}`);
  });

describe("data sources of a plan", () => {
  const files = {
    "config/pipelines.yaml": "p: { nodes: [n] }",
    "config/nodes.yaml": "n: { sql: select 1, input: contacts, output: copy }",
    "config/global_settings.yaml": "data_sources: { crm: sources.crm }",
    "src/sources.mjs": "export const crm = ({ session }) => session.range(1);",
  };
  const named = (source: string) => ({ ...files, "config/datasets.yaml": `contacts: { source: ${source} }` });

  it("are those of the settings and those that code registered", async () => {
    expect(await faults(named("crm"))).to.deep.equal([]);
    expect(await faults(named("erp"), ["erp"])).to.deep.equal([]);
    const [unknown] = await faults(named("crn"), ["erp"]);
    expect(unknown).to.contain('VALIDATION_UNKNOWN_SOURCE dataset "contacts" names the data source "crn"');
    expect(unknown).to.contain('Did you mean "crm"?');
  });

  it("must be functions that can be loaded, and are not written", async () => {
    const [missing] = await faults({ ...named("crm"), "src/sources.mjs": "export const other = 1;" });
    expect(missing).to.contain("IMPORT_MISSING_EXPORT");
    const written = { ...named("crm"), "config/nodes.yaml": "n: { sql: select 1, output: contacts }" };
    expect((await faults(written))[0]).to.contain("VALIDATION_SOURCE_WRITTEN");
  });
});

describe("features of a plan", () => {
  const files = (node: string, more = "") => ({
    "config/pipelines.yaml": "p: { nodes: [n, made] }",
    "config/nodes.yaml": `n: { sql: select 1, input: orders, output: out, ${node} }\nmade: { sql: select 1, output: customer }`,
    "config/datasets.yaml": `orders: { table: o }\ncustomer: { entity_keys: [id], schema: { id: int, at: timestamp, orders_30d: int } }\n${more}`,
  });

  it("make the node wait for who writes them", async () => {
    const order = await withFolder(files("features: [customer.orders_30d]"), async (root) => {
      const plan = planRun(await loadProject(root), "p");
      expect([...plan.datasets.keys()]).to.include("customer");
      return plan.nodes.map(({ name }) => name);
    });
    expect(order).to.deep.equal(["made", "n"]);
  });

  it("exist, have one name each, and a time where one is asked for", async () => {
    expect(await faults(files("features: [customer.orders_30d]"))).to.deep.equal([]);
    expect((await faults(files("features: [customer.orders_30]")))[0]).to.contain(
      'Did you mean "orders_30d"?',
    );
    expect((await faults(files("features: [customer.orders_30d], as_of: at")))[0]).to.contain(
      'as_of needs a timestamp_column of "customer"',
    );
    const twice = files("features: [customer.orders_30d, other.ORDERS_30D]", "other: { entity_keys: [id] }");
    expect((await faults(twice))[0]).to.contain("two columns of one name");
  });
});
