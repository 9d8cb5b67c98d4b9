// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import fc from "fast-check";
import { loadProject } from "../../../src/config/load-project.ts";
import { parseConnectionString } from "../../../src/connect/connection-string.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { checkSecrets } from "../../../src/validation/secret-check.ts";
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
          // A duration cannot be read without it; the others are texts, and asked for when they are used.
          ["CONFIG_MISSING_SECRET config/nodes.yaml:5:12", "the variable EMPTY of a secret is empty"],
          ["CONFIG_BAD_INTERPOLATION config/nodes.yaml:6:10", "secret:vault:x is not a secret"],
          ["CONFIG_BAD_INTERPOLATION config/nodes.yaml:6:27", "${secret:env} is not a secret"],
        ]);
        expect(errors.map((error) => error.hint ?? "").every((hint) => hint.length > 0)).to.equal(true);
      },
    ));

  it("that are not set stop nothing that does not use them", () =>
    withFolder(
      {
        "config/global_settings.yaml": `spark: {remote: "sc://h/;token=\${secret:env:T}"}
observe: {webhooks: [{url: secret:env:HOOK}]}
`,
        "config/nodes.yaml": `a: {sql: select 1, input: d, output: x.a}
b: {sql: select 1, output: x.b, hyperparams: {key: secret:env:KEY}}
`,
        "config/pipelines.yaml": "p: {nodes: [a], description: secret:env:WHY}\nq: {nodes: [b]}\n",
        "config/datasets.yaml": "d: {format: jdbc, options: {url: jdbc:x, password: secret:file:nowhere}}\n",
      },
      async (root) => {
        const project = await loadProject(root, { variables: {} });
        expect(
          project.missingSecrets?.map(({ path, error }) => [path.join("."), placeOf(error, root)]),
        ).to.deep.equal([
          ["global_settings.spark.remote", "CONFIG_MISSING_SECRET config/global_settings.yaml:1:32"],
          [
            "global_settings.observe.webhooks.0.url",
            "CONFIG_MISSING_SECRET config/global_settings.yaml:2:28",
          ],
          ["pipelines.p.description", "CONFIG_MISSING_SECRET config/pipelines.yaml:1:30"],
          ["nodes.b.hyperparams.key", "CONFIG_MISSING_SECRET config/nodes.yaml:2:52"],
          ["datasets.d.options.password", "CONFIG_MISSING_SECRET config/datasets.yaml:1:52"],
        ]);
        const missing = (pipeline: string) =>
          checkSecrets(project, planRun(project, pipeline)).map(({ message }) => message.split(" ").at(2));
        expect(missing("p")).to.deep.equal(["T", "HOOK", "WHY", "file"]);
        expect(missing("q")).to.deep.equal(["T", "HOOK", "KEY"]);
      },
    ));

  it("arrive in the parameters of a URL as they are, whatever characters they have", () => {
    return fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("\0")),
        (T) =>
          withFolder(
            {
              "config/global_settings.yaml": `spark: {remote: "sc://\${H}:\${P}/;user_id=a%20b;token=x\${secret:env:T}"}\n`,
              "config/nodes.yaml": "a: {sql: select 1}\n",
            },
            async (root) => {
              const { settings } = await loadProject(root, { variables: { T, H: "h", P: "1" } });
              const { host, port, token, userId } = parseConnectionString(settings.spark.remote);
              expect([host, port, token, userId]).to.deep.equal(["h", 1, `x${T}`, "a b"]);
            },
          ),
      ),
      { numRuns: 30 },
    );
  });

  it("or variables that hold a whole URL are one", () =>
    withFolder(
      {
        "config/global_settings.yaml": "spark: {remote: secret:env:URL}\n",
        "config/nodes.yaml": "a: {sql: select 1}\n",
      },
      async (root) => {
        const URL = "sc://h:1/;token=p%41ss;x-a=1";
        expect((await loadProject(root, { variables: { URL } })).settings.spark.remote).to.equal(URL);
      },
    ));

  it("of one to three characters are told apart, for they are masked only where they stand alone", () =>
    withFolder(
      { "config/nodes.yaml": "a: {sql: select 1, hyperparams: {p: secret:env:PIN, q: secret:env:LONG}}\n" },
      async (root) => {
        const project = await loadProject(root, { variables: { PIN: "1", LONG: "1234" } });
        expect(project.shortSecrets).to.deep.equal(["the variable PIN"]);
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
