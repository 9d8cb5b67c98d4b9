import { expect } from "chai";
import { cli, scratchProject } from "./command-line.ts";

interface Broken {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly exit: number;
  readonly code: string;
  readonly place: string;
  readonly hint: RegExp;
}

const etl = "export function run() {}\n";

const projects: readonly Broken[] = [
  {
    name: "a tab",
    files: { "config/nodes.yaml": "a:\n\tsql: select 1\n" },
    exit: 2,
    code: "CONFIG_YAML_SYNTAX",
    place: "config/nodes.yaml:2:1",
    hint: /spaces/,
  },
  {
    name: "a misspelt key",
    files: { "config/nodes.yaml": "a:\n  functoin: etl.run\n", "src/etl.ts": etl },
    exit: 2,
    code: "CONFIG_UNKNOWN_KEY",
    place: "config/nodes.yaml:2:3",
    hint: /Did you mean "function"/,
  },
  {
    name: "a value of the wrong type",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "max_parallel_nodes: many\n",
    },
    exit: 2,
    code: "CONFIG_WRONG_TYPE",
    place: "config/global_settings.yaml:1:21",
    hint: /whole number/,
  },
  {
    name: "a cycle",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  dependencies: [b]\nb:\n  sql: select 1\n  dependencies: [a]\n",
    },
    exit: 5,
    code: "GRAPH_CYCLE",
    place: "config/nodes.yaml:",
    hint: /Remove one/,
  },
  {
    name: "a missing node",
    files: { "config/nodes.yaml": "abc:\n  sql: select 1\nb:\n  sql: select 1\n  dependencies: [abd]\n" },
    exit: 5,
    code: "GRAPH_MISSING_NODE",
    place: "config/nodes.yaml:5:18",
    hint: /"abc"/,
  },
  {
    name: "two producers of one dataset",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\nb:\n  sql: select 1\n  output: x\n" },
    exit: 5,
    code: "GRAPH_DUPLICATE_PRODUCER",
    place: "config/nodes.yaml:",
    hint: /./,
  },
  {
    name: "an input that nobody makes",
    files: { "config/nodes.yaml": "a:\n  sql: select 1 from x\n  input: nowhere\n" },
    exit: 3,
    code: "VALIDATION_",
    place: "config/nodes.yaml:3:10",
    hint: /./,
  },
  {
    name: "a function that is not there",
    files: { "config/nodes.yaml": "a:\n  function: etl.rum\n", "src/etl.ts": etl },
    exit: 6,
    code: "IMPORT_MISSING_EXPORT",
    place: "src/etl.ts:1:1",
    hint: /"run"/,
  },
  {
    name: "a module outside the project",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n", "src/etl.ts": 'import "../../other.ts";\n' },
    exit: 6,
    code: "IMPORT_",
    place: "src/etl.ts:1:",
    hint: /./,
  },
];

describe("cli: broken projects", () => {
  for (const { name, files, exit, code, place, hint } of projects) {
    it(`${name}: exit ${exit}, the place and the fix`, async () => {
      const folder = scratchProject(files);
      for (const args of [["validate"], ["run", "default"]]) {
        const result = await cli(args, { cwd: folder, env: { SPARK_REMOTE: "sc://localhost:1" } });
        expect(result.stderr).to.include(`error[${code}`);
        expect(result.stderr).to.include(`--> ${place}`);
        expect(/hint: (.*)/.exec(result.stderr)?.[1]).to.match(hint);
        expect(result.stderr).to.not.match(/^\s+at /m);
        expect(result.stdout).to.equal("");
        expect(result.code).to.equal(exit);
      }
    });
  }

  it("all errors come in one pass, with their count; stack traces only at debug", async () => {
    const folder = scratchProject({
      "config/nodes.yaml": "a:\n  sqll: select 1\nb:\n  sql: 1\n  retries: x\n",
    });
    const plain = await cli(["validate"], { cwd: folder });
    expect(plain.stderr.match(/^error\[/gm)).to.have.length.greaterThan(1);
    expect(plain.stderr).to.match(/\n\d errors\n$/);
    const debug = await cli(["validate", "--log-level", "debug"], { cwd: folder });
    expect(debug.stderr).to.match(/^\s+at /m);
  });
});
