import { expect } from "chai";
import { maskOf } from "../../../src/cli/plan/mask-secrets.ts";
import { planDocument } from "../../../src/cli/plan/plan-document.ts";
import { planText } from "../../../src/cli/plan/plan-text.ts";
import { explainPlan } from "../../../src/planning/explain-plan.ts";
import { type PlanOptions, planRun } from "../../../src/planning/run-plan.ts";
import { load } from "../config/project-folder.ts";

const files = {
  "config/global_settings.yaml":
    "hyperparams: {token: s3cret-token, url: 'https://x/?t=s3cret-token', pin: 4711}\n",
  "config/datasets.yaml": `silver.b: {mode: replace_window, window_column: day}
source.s: {path: /data/s3cret-token, format: parquet}
`,
  "config/nodes.yaml": `a:
  function: etl.a
  input: [source.s]
  output: [bronze.a]
b:
  function: etl.b
  input: [bronze.a]
  dependencies: [c]
  output: [silver.b]
  timeout: 1h30m
  hyperparams: {depth: 6}
c:
  sql: |
    select 1
    as one
d:
  function: etl.d
  input: [silver.b]
  tags: [slow]
`,
};

async function shown(options: PlanOptions, columns = 80): Promise<string[]> {
  const project = await load(files);
  const plan = planRun(project, "default", options);
  const mask = maskOf(["s3cret-token", "4711"]);
  const document = planDocument(plan, explainPlan(project, plan, options), mask);
  expect(JSON.stringify(document)).not.to.match(/s3cret|4711/);
  const lines = planText(document, (_style, text) => text, columns);
  return lines.map((line) => line.replaceAll(/\/\S*\/config\//g, "config/"));
}

const window = { startDate: "2001-01-01", endDate: "2001-01-31" };

describe("the text of a plan", () => {
  it("shows nodes in order, reasons, values with their places, and no secret", async () => {
    const lines = await shown({ ...window, exclude: ["tag:slow"], select: ["+d", "tag:none"] }, 200);
    expect(lines).to.deep.equal([
      "default: 3 of 4 nodes",
      "",
      "SETTINGS",
      "  start_date             2001-01-01  given now",
      "  end_date               2001-01-31  given now",
      "  max_parallel_nodes     4           default",
      "  fail_fast              false       default",
      "  retries.max            2           default",
      "  retries.initial_delay  1s          default",
      "  retries.max_delay      1m          default",
      "  retries.multiplier     2           default",
      "  retries.jitter         full        default",
      "",
      "HYPERPARAMS OF ALL NODES",
      "  token  ***                 config/global_settings.yaml:1:22",
      '  url    "https://x/?t=***"  config/global_settings.yaml:1:41',
      "  pin    ***                 config/global_settings.yaml:1:75",
      "",
      "NODES",
      "  1. a  etl.a",
      "     chosen  by +d",
      "     reads   source.s  whole, as stored",
      "     writes  bronze.a  delta, overwrite",
      "  2. c  select 1 …",
      "     chosen  by +d",
      "  3. b  etl.b",
      "     chosen  by +d",
      "     after   c         declared",
      "             a         reads bronze.a",
      "     reads   bronze.a  whole",
      "     writes  silver.b  delta, replace_window by day",
      "     timeout  1h30m  config/nodes.yaml:10:12",
      "     depth  6  config/nodes.yaml:11:24",
      "",
      "LEFT OUT",
      "  excluded by tag:slow:",
      "    d",
      "",
      "warning: no node matches tag:none",
    ]);
  });

  it("fits into 80 columns and into 40", async () => {
    for (const columns of [80, 40]) {
      for (const line of await shown(window, columns)) {
        // Places are never cut; they get a line of their own.
        if (!/\.yaml:\d+:\d+$/.test(line)) expect(line.length).to.be.at.most(columns);
      }
    }
  });
});
