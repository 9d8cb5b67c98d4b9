import { expect } from "chai";
import { cli, scratchProject } from "./command-line.ts";

const flights = ["--project", "examples/flights"];
const noSpark = { env: { SPARK_REMOTE: "sc://localhost:1" } };

describe("cli: commands that never ask Spark", () => {
  it("list", async () => {
    const { code, stdout, stderr } = await cli(["list", ...flights], noSpark);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.equal(
      [
        "PIPELINE   NODES  WINDOW                    DESCRIPTION",
        "daily_etl      5  2001-01-01 to 2001-01-31  US flights of 2001, from files to delays per airport and a ranking of routes",
        "",
      ].join("\n"),
    );
  });

  it("validate", async () => {
    const { code, stdout, stderr } = await cli(["validate", ...flights], noSpark);
    expect({ code, stdout, stderr }).to.deep.equal({
      code: 0,
      stdout: "✓ daily_etl is valid (nodes: 5)\n",
      stderr: "",
    });
  });

  it("graph as text", async () => {
    const { code, stdout } = await cli(["graph", "daily_etl", ...flights], noSpark);
    expect(code).to.equal(0);
    expect(stdout).to.equal(`daily_etl (2001-01-01 to 2001-01-31)
├─ extract_flights → bronze.flights
│  └─ clean_flights → silver.flights (also after load_airports)
│     ├─ daily_airport_delays → gold.daily_airport_delays
│     └─ route_ranking → gold.route_ranking
└─ load_airports → bronze.airports
`);
  });

  it("graph as Mermaid, options in any position", async () => {
    const { code, stdout } = await cli(
      [...flights, "--log-level", "warn", "graph", "--format", "mermaid", "daily_etl"],
      noSpark,
    );
    expect(code).to.equal(0);
    expect(stdout).to.equal(`flowchart LR
  n0["extract_flights"]
  n1["load_airports"]
  n2["clean_flights"]
  n3["daily_airport_delays"]
  n4["route_ranking"]
  n0 -->|"bronze.flights"| n2
  n1 -->|"bronze.airports"| n2
  n2 -->|"silver.flights"| n3
  n2 -->|"silver.flights"| n4
`);
  });

  it("the project is the nearest folder above, or --project", async () => {
    const folder = scratchProject({
      "config.yaml": "nodes:\n  a:\n    sql: select 1\n",
      "deep/er/x.txt": "",
    });
    const fromBelow = await cli(["list"], { ...noSpark, cwd: `${folder}/deep/er` });
    const named = await cli(["list", "--project", folder], noSpark);
    expect(fromBelow.stdout).to.include("default").and.to.equal(named.stdout);
    const none = await cli(["list"], { ...noSpark, cwd: "/" });
    expect(none).to.include({ code: 2, stdout: "" });
    expect(none.stderr).to.match(
      /^error\[USAGE_PROJECT_NOT_FOUND\] no project here: .*\n {2}hint: .*--project DIR/,
    );
  });

  it("plan prints what it knows, and then what a run would refuse", async () => {
    const folder = scratchProject({
      "config.yaml": "nodes:\n  a:\n    sql: select :dya as d\n  b:\n    function: no.module\n",
    });
    const { code, stdout, stderr } = await cli(["plan", "default", "--project", folder], noSpark);
    expect(code).to.equal(3);
    expect(stdout).to.match(/\ba\b/).and.match(/\bb\b/);
    // The function of `b` is not looked for: that is `validate`.
    expect(stderr)
      .to.match(/^error\[VALIDATION_SQL_PARAMETER\] node "a" uses :dya/m)
      .and.not.include("no.module");
  });

  it("help and version", async () => {
    const help = await cli(["--help"]);
    expect(help).to.include({ code: 0, stderr: "" });
    for (const command of ["run", "list", "validate", "graph", "sql", "spark"]) {
      expect(help.stdout).to.match(new RegExp(`^ {2}${command}\\b`, "m"));
    }
    expect(help.stdout).to.include("Examples:\n  sparkwright run daily_etl\n");
    expect((await cli(["--version"])).stdout).to.match(/^\d+\.\d+\.\d+\n$/);
    expect((await cli(["help", "sql"])).stdout).to.include("--format");
  });

  const mistakes: [string, string[], string, string][] = [
    ["an unknown command", ["lst"], "USAGE_UNKNOWN_COMMAND", "list"],
    ["an unknown option", ["list", "--projct", "x"], "USAGE_UNKNOWN_OPTION", "--project"],
    ["a missing argument", ["run"], "USAGE_MISSING_ARGUMENT", "--help"],
    ["a surplus argument", ["list", "x", ...flights], "USAGE_EXCESS_ARGUMENTS", "--help"],
    ["an option's value", ["graph", "x", "--format", "dot"], "USAGE_INVALID_ARGUMENT", "--help"],
    ["a number", ["run", "x", "--max-parallel-nodes", "0"], "USAGE_INVALID_ARGUMENT", "--help"],
    ["an unknown pipeline", ["run", "daily_elt", ...flights], "USAGE_UNKNOWN_PIPELINE", '"daily_etl"'],
    [
      "a day that is none",
      ["run", "daily_etl", "--start-date", "2001-02-30", ...flights],
      "USAGE_",
      "YYYY-MM-DD",
    ],
  ];
  for (const [name, args, code, hint] of mistakes) {
    it(`${name}: exit 2, with what to do`, async () => {
      const result = await cli(args, noSpark);
      expect(result).to.include({ code: 2, stdout: "" });
      expect(result.stderr).to.match(new RegExp(`^error\\[${code}`));
      expect(result.stderr).to.include(hint);
      expect(result.stderr).to.not.match(/^\s+at /m);
    });
  }
});
