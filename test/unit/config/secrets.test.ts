// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { errorsOf, type Files, placeOf, withFolder } from "./project-folder.ts";

const variables = { PASSWORD: "hunter2", TOKEN: "t0k en/+", PIN: "0042", EMPTY: "" };
const secrets = ["hunter2", "t0k en/+", "line one\nline two"];

const files: Files = {
  "config/global_settings.yaml": `spark:
  remote: sc://h:1/;token=\${secret:env:PASSWORD}
  conf: {spark.x: secret:env:PASSWORD}
hyperparams: {pin: secret:env:PIN}
observe:
  lineage: {url: "https://x", api_key: secret:env:TOKEN}
  webhooks: [{url: "https://h/\${secret:env:PASSWORD}", headers: {Authorization: "Bearer \${secret:env:TOKEN}"}}]
`,
  "config/nodes.yaml": "a: {function: m.a}\n",
  "config/datasets.yaml": "d: {format: jdbc, options: {url: jdbc:x, password: secret:file:secrets/db}}\n",
  "secrets/db": "line one\nline two\n",
};

describe("secrets", () => {
  it("are looked up in variables and files wherever a text is wanted, and remembered", () =>
    withFolder(files, async (root) => {
      const project = await loadProject(root, { variables });
      const { spark, observe, hyperparams } = project.settings;
      expect(spark).to.deep.equal({ remote: "sc://h:1/;token=hunter2", conf: { "spark.x": "hunter2" } });
      expect(hyperparams).to.deep.equal({ pin: "0042" });
      expect(observe?.lineage?.apiKey).to.equal("t0k en/+");
      expect(observe?.webhooks).to.deep.equal([
        { url: "https://h/hunter2", on: ["failure"], headers: { Authorization: "Bearer t0k en/+" } },
      ]);
      expect(project.datasets.get("d")?.options["password"]).to.equal("line one\nline two");
      expect(project.secrets).to.have.members([...secrets, "0042"]);
    }));

  it("that are missing, empty or written wrongly are errors at their place", () =>
    withFolder(
      {
        ...files,
        "config/nodes.yaml": `a:
  function: m.a
  description: "x \${secret:env:NOBODY}"
  sql: secret:file:nowhere
  timeout: secret:env:EMPTY
  tags: [secret:vault:x, "\${secret:env}"]
`,
        "secrets/db": "\n",
      },
      async (root) => {
        const errors = await errorsOf(() => loadProject(root, { variables }));
        expect(errors.map((error) => [placeOf(error, root), error.message.replace(root, "")])).to.deep.equal([
          ["CONFIG_MISSING_SECRET config/datasets.yaml:1:52", "the secret's file /secrets/db is empty"],
          ["CONFIG_MISSING_SECRET config/nodes.yaml:3:19", "the variable NOBODY of a secret is not set"],
          ["CONFIG_MISSING_SECRET config/nodes.yaml:4:8", "the secret's file /nowhere does not exist"],
          ["CONFIG_MISSING_SECRET config/nodes.yaml:5:12", "the variable EMPTY of a secret is empty"],
          ["CONFIG_BAD_INTERPOLATION config/nodes.yaml:6:10", "secret:vault:x is not a secret"],
          ["CONFIG_BAD_INTERPOLATION config/nodes.yaml:6:27", "${secret:env} is not a secret"],
        ]);
        expect(errors.map((error) => error.hint ?? "").every((hint) => hint.length > 0)).to.equal(true);
      },
    ));

  it("are in no error, wherever they stand", async () => {
    const s = "secret:env:PASSWORD";
    const broken: Readonly<Record<string, string>> = {
      "config/global_settings.yaml": `log_level: ${s}
max_parallel_nodes: ${s}
start_date: ${s}
default_format: ${s}
spark: {remote: "http://\${${s}}", conf: [${s}]}
execution: {timeout: ${s}, fail_fast: ${s}, retries: ${s}}
security: {allowed_modules: [${s}, {a: ${s}}]}
hyperparams: ${s}
observe: {lineage: {file: ${s}, url: ${s}}, webhooks: [{url: ${s}, on: ${s}}]}
`,
      "config/nodes.yaml": `a:
  function: ${s}
  sql: ${s}
b:
  sql: "\${${s}}.sql"
  input: [{dataset: ${s}, window: ${s}}, "\${${s}}/x"]
  output: [${s}, ${s}, "\${${s}} x"]
  dependencies: [{x: ${s}}, "\${${s}} x"]
  features: [${s}]
c: ${s}
`,
      "config/datasets.yaml": `d: {table: ${s}, path: ${s}, mode: ${s}, format: kafka}
e: {partition_by: [${s}, ${s}], schema: [{name: ${s}, type: x}, {name: ${s}, type: y}]}
f: {checks: [{range: {column: a, min: 9, max: 1}, name: ${s}}, {expression: a, name: ${s}, severity: ${s}}]}
g: {checks: [{unique: a, name: ${s}}, {expression: a, name: ${s}}]}
`,
      "config/pipelines.yaml": `p: {nodes: [${s}, ${s}], type: ${s}, start_date: ${s}}\n`,
      "config/ml_info.yaml": `metrics: {a: ${s}}\nmlops: ${s}\n`,
    };
    await withFolder({ ...files, ...broken }, async (root) => {
      const errors = await errorsOf(() => loadProject(root, { variables }));
      expect(errors.length).to.be.greaterThan(25);
      for (const { message, hint, details, stack } of errors) {
        expect(JSON.stringify([message, hint, details, stack])).not.to.include("hunter2");
      }
    });
  });
});
