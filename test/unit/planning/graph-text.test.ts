import { expect } from "chai";
import { graphMermaid } from "../../../src/planning/graph-mermaid.ts";
import { graphText } from "../../../src/planning/graph-text.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { node, project, reads } from "./plan-of.ts";

const plan = planRun(
  project([
    node("extract", { outputs: ["bronze.flights"] }),
    node("load", { outputs: ["bronze.airports"] }),
    node("clean", { inputs: reads("bronze.flights", "bronze.airports"), outputs: ["silver.flights"] }),
    node("delays", { inputs: reads("silver.flights"), outputs: ["gold.delays"] }),
    node("report", { dependencies: ["clean"] }),
  ]),
  "p",
  { startDate: "2001-01-01", endDate: "2001-01-31" },
);

describe("the drawn graph", () => {
  it("is a tree in text, with each node once", () => {
    expect(graphText(plan)).to.equal(
      [
        "p (2001-01-01 to 2001-01-31)",
        "├─ extract → bronze.flights",
        "│  └─ clean → silver.flights (also after load)",
        "│     ├─ delays → gold.delays",
        "│     └─ report",
        "└─ load → bronze.airports",
      ].join("\n"),
    );
  });

  it("is a flowchart in Mermaid, labelled with the datasets", () => {
    expect(graphMermaid(plan)).to.equal(
      [
        "flowchart LR",
        '  n0["extract"]',
        '  n1["load"]',
        '  n2["clean"]',
        '  n3["delays"]',
        '  n4["report"]',
        '  n0 -->|"bronze.flights"| n2',
        '  n1 -->|"bronze.airports"| n2',
        '  n2 -->|"silver.flights"| n3',
        "  n2 --> n4",
      ].join("\n"),
    );
  });
});
