// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "chai";
import { parse } from "yaml";
import { runCommandLine } from "../../../src/cli/program.ts";
import { Output } from "../../../src/cli/terminal/output.ts";
import { configSchema } from "../../../src/config/json-schema.ts";
import { type SchemaName, schemaNames } from "../../../src/config/section-names.ts";
import { dependencyFormats, snippets } from "./document-snippets.ts";

const examples = fileURLToPath(new URL("../../../examples/", import.meta.url));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: true, strictRequired: false });
const validators = new Map<SchemaName, ValidateFunction>();

/** What the schema of a file says against a text; `[]` when nothing. */
function faults(name: SchemaName, yaml: string): string[] {
  const validate = validators.get(name) ?? ajv.compile(configSchema(name));
  validators.set(name, validate);
  return validate(parse(yaml))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("the JSON Schemas of the configuration", () => {
  it("accept the examples", () => {
    let read = 0;
    for (const example of readdirSync(examples)) {
      for (const name of schemaNames) {
        const file = readdirSync(join(examples, example, "config")).find((entry) => entry === `${name}.yaml`);
        if (file === undefined) continue;
        read++;
        const yaml = readFileSync(join(examples, example, "config", file), "utf8");
        expect(faults(name, yaml), `${example}/${file}`).to.deep.equal([]);
      }
    }
    expect(read).to.be.at.least(4);
  });

  it("accept every snippet of the document", () => {
    for (const { name, file, yaml } of snippets) expect(faults(file, yaml), name).to.deep.equal([]);
    for (const [yaml] of dependencyFormats) {
      expect(faults("nodes", `a:\n  function: m.a\n${yaml.replace(/^(?=.)/gm, "  ")}`), yaml).to.deep.equal(
        [],
      );
    }
  });

  it("accept all that may be written", () => {
    const accepted: readonly (readonly [SchemaName, string])[] = [
      [
        "global_settings",
        `log_level: DEBUG
max_parallel_nodes: \${N:-4}
start_date: 2001-01-01
end_date: \${END}
spark: {remote: "sc://h:1/;token=\${secret:env:T}", conf: {a: 1, b: true, c: secret:file:x}}
execution: {retries: {max: 3, initial_delay: 1.5s}, run_timeout: 1h30m, fail_fast: "\${FAST}"}
security: {allowed_modules: zod}
observe: {lineage: {file: x}, webhooks: {url: https://x, on: failure}}
`,
      ],
      ["pipelines", "p: {nodes: a, type: hybrid, execution: {retries: 3, timeout: 10m}}\n"],
      [
        "nodes",
        "a: {sql: select 1, input: [x, {dataset: y, window: all}], retries: 2, streaming: {trigger: {processing_time: 1s}}, features: a.b}\nb: {function: m.a, streaming: {trigger: available_now}}\nc: {function: m.c, input: {dataset: x}}\n",
      ],
      [
        "datasets",
        `d:
e: {schema: {id: bigint, v: {type: string, nullable: false}}}
f: {schema: [{name: id, type: bigint}], partition_by: day, merge_keys: [a, b]}
h: {checks: {not_null: id}}
g: {checks: [{not_null: id, severity: warn}, {accepted_values: {column: a, values: [1, x, true]}}, {range: {column: a, min: 0.1}}]}
`,
      ],
      ["datasets", "datasets:\n  d:\nnodes:\n  a: {function: m.a}\n"],
    ];
    for (const [name, yaml] of accepted) expect(faults(name, yaml), yaml).to.deep.equal([]);
  });

  it("refuse unknown keys, wrong types and wrong words, and say where", () => {
    const refused: readonly (readonly [SchemaName, string, string])[] = [
      ["config", "node: {}\n", " must NOT have additional properties"],
      ["global_settings", "log_lvl: info\n", " must NOT have additional properties"],
      ["global_settings", "log_level: verbose\n", "/log_level must be equal to one of the allowed values"],
      ["global_settings", "max_parallel_nodes: 0\n", "/max_parallel_nodes must be >= 1"],
      ["global_settings", "start_date: 31/01/2001\n", "/start_date must match pattern"],
      ["global_settings", "spark: {remote: 'http://x'}\n", "/spark/remote must match pattern"],
      [
        "global_settings",
        "execution: {retries: {maximum: 3}}\n",
        "/execution/retries must NOT have additional",
      ],
      ["pipelines", "p: {}\n", "/p must have required property 'nodes'"],
      ["pipelines", "p: {nodes: [a], retries: 3}\n", "/p must NOT have additional properties"],
      ["nodes", "a: {function: m.a, outputs: x}\n", "/a must NOT have additional properties"],
      ["nodes", "nodes:\n  a: {function: m.a, outputs: x}\n", "/nodes/a must NOT have additional properties"],
      ["nodes", "a: {function: m.a, timeout: 10}\n", "/a/timeout must be string"],
      ["nodes", "a b: {function: m.a}\n", " property name must be valid"],
      [
        "nodes",
        "a: {function: m.a, dependencies: {b: {x: 1}}}\n",
        "/a/dependencies/b must NOT have more than 0",
      ],
      ["datasets", "d: {mode: upsert}\n", "/d/mode must be equal to one of the allowed values"],
      ["datasets", "d: {schema: {id: {typ: x}}}\n", "/d/schema/id must NOT have additional properties"],
      ["datasets", "d: {checks: [{notnull: a}]}\n", "/d/checks/0 must NOT have additional properties"],
      ["ml_info", "hyperparams: {}\n", " must NOT have additional properties"],
    ];
    for (const [name, yaml, expected] of refused) {
      expect(faults(name, yaml).join("\n"), yaml).to.include(expected);
    }
  });

  it("are printed and written by the command", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sparkwright-schema-"));
    try {
      const run = async (...argv: string[]) => {
        const chunks: string[] = [];
        const out = new PassThrough().on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
        const terminal = { out: outputOf(out), err: outputOf(new PassThrough()), cwd: folder };
        await runCommandLine(argv, terminal);
        await terminal.out.flush();
        return chunks.join("");
      };
      expect(JSON.parse(await run("schema", "nodes"))).to.deep.equal(configSchema("nodes"));
      expect(JSON.parse(await run("schema"))).to.deep.equal(configSchema("config"));
      await run("schema", "--write");
      await run("schema", "--write", "elsewhere");
      for (const name of schemaNames) {
        for (const below of [".sparkwright/schemas", "elsewhere"]) {
          const written = JSON.parse(readFileSync(join(folder, below, `${name}.json`), "utf8"));
          expect(written).to.deep.equal(configSchema(name));
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function outputOf(stream: PassThrough): Output {
  return new Output(stream as unknown as NodeJS.WriteStream);
}
