// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import type { Project } from "../../../src/config/project.ts";
import { errorsOf, type Files, placeOf, withFolder } from "./project-folder.ts";

const files: Files = {
  "config/global_settings.yaml": `log_level: info
max_parallel_nodes: 2
spark:
  remote: \${PROD_REMOTE}
  conf: {a: 1, b: 2}
hyperparams: {deep: {x: 1, y: 2}, list: [1, 2]}
`,
  "config/nodes.yaml": "a: {function: m.a, tags: [x, y]}\n",
  "config/datasets.yaml": "d:\n  path: /prod/d\n  format: parquet\n",
  "config/environments/dev/global_settings.yaml": `max_parallel_nodes: 1
spark:
  remote: embedded
  conf: {b: 3, c: 4}
hyperparams: {deep: {y: 3}, list: [3]}
`,
  "config/environments/dev/datasets.yaml": "datasets:\n  d: {path: dev/d}\n  e: {format: csv}\n",
  "config/environments/dev/nodes.yaml": "a: {tags: [z]}\n",
  "config/environments/prod/config.yaml": "global_settings: {log_level: warn}\n",
  "config/environments/README.md": "x",
};

const withEnvironment = (
  environment: string | undefined,
  variables: Readonly<Record<string, string>>,
  use: (project: Project, root: string) => void,
  more: Files = {},
) =>
  withFolder({ ...files, ...more }, async (root) => {
    use(await loadProject(root, { environment, variables }), root);
  });

describe("environments", () => {
  it("merges the files of one over the others, per key; lists and texts are replaced", () =>
    withEnvironment("dev", {}, (project, root) => {
      expect(project.environment).to.equal("dev");
      expect(project.settings).to.deep.include({
        logLevel: "info",
        maxParallelNodes: 1,
        spark: { remote: "embedded", conf: { a: "1", b: "3", c: "4" } },
        hyperparams: { deep: { x: 1, y: 3 }, list: [3] },
      });
      expect(project.nodes.get("a")).to.deep.include({
        code: { kind: "function", ref: "m.a" },
        tags: ["z"],
      });
      expect(project.datasets.get("d")).to.deep.include({
        location: { kind: "path", path: `${root}/dev/d` },
        format: "parquet",
      });
      expect([...project.datasets.keys()]).to.deep.equal(["d", "e"]);
    }));

  it("removes what an environment leaves empty, and keeps what is empty of its own", () =>
    withEnvironment(
      "dev",
      {},
      ({ datasets, nodes, settings }, root) => {
        expect(datasets.get("d")).to.deep.include({ location: { kind: "path", path: `${root}/dev/d` } });
        expect(datasets.get("e")).to.deep.include({ location: { kind: "table", table: "e" } });
        expect(datasets.has("gone")).to.equal(false);
        expect(nodes.get("a")).to.deep.include({ code: { kind: "sql", text: "select 1" }, tags: [] });
        expect(nodes.get("b")?.dependencies).to.deep.equal(["a"]);
        expect(settings.hyperparams).to.deep.equal({ deep: { x: 1 }, list: [1, 2], own: null });
      },
      {
        "config/datasets.yaml": "d: {table: prod.d}\ngone: {path: /gone}\n",
        "config/nodes.yaml": "a: {function: m.a, tags: [x]}\nb: {function: m.b}\n",
        "config/environments/dev/datasets.yaml": "d: {table: null, path: dev/d}\ne:\ngone: ~\n",
        "config/environments/dev/nodes.yaml":
          "a: {function: null, sql: select 1, tags: null}\nb:\n  dependencies: {a: null}\n",
        "config/environments/dev/global_settings.yaml":
          "spark: {remote: embedded}\nhyperparams: {deep: {y: null}, own: null}\n",
      },
    ));

  it("names what its keys were merged with when the two exclude each other", () =>
    withFolder(
      {
        "config/datasets.yaml": "d: {table: prod.d}\ne: {path: /e}\n",
        "config/nodes.yaml":
          "a: {function: m.a}\nb: {sql: select 1}\nc:\n  sql: select 1\n  streaming: {trigger: {continuous: 1s}}\n",
        "config/global_settings.yaml": "observe: {lineage: {file: f}}\n",
        "config/environments/dev/datasets.yaml": "d:\n  path: dev/d\ne: {table: t}\nf: {table: u, path: p}\n",
        "config/environments/dev/nodes.yaml":
          "a: {sql: select 1}\nb: {function: m.b}\nc: {streaming: {trigger: {processing_time: 1s}}}\n",
        "config/environments/dev/global_settings.yaml": "observe: {lineage: {url: 'http://u'}}\n",
      },
      async (root) => {
        const errors = await errorsOf(() => loadProject(root, { environment: "dev", variables: {} }));
        const inDev = "config/environments/dev";
        expect(errors.map((error) => placeOf(error, root))).to.deep.equal([
          `CONFIG_DATASET ${inDev}/datasets.yaml:2:3`,
          `CONFIG_DATASET ${inDev}/datasets.yaml:3:5`,
          `CONFIG_DATASET ${inDev}/datasets.yaml:4:15`,
          `CONFIG_INVALID_VALUE ${inDev}/global_settings.yaml:1:21`,
          `CONFIG_NODE_CODE ${inDev}/nodes.yaml:1:5`,
          `CONFIG_NODE_CODE ${inDev}/nodes.yaml:2:5`,
          `CONFIG_INVALID_VALUE ${inDev}/nodes.yaml:3:27`,
        ]);
        expect(errors.map(({ hint }) => hint?.replace(`${root}/`, ""))).to.deep.equal([
          "The `table` of config/datasets.yaml:1 is merged with this: to remove it, write `table: null` here.",
          "The `path` of config/datasets.yaml:2 is merged with this: to remove it, write `path: null` here.",
          "Keep the one where the data is.",
          "The `file` of config/global_settings.yaml:1 is merged with this: to remove it, write `file: null` here.",
          "The `function` of config/nodes.yaml:1 is merged with this: to remove it, write `function: null` here.",
          "The `sql` of config/nodes.yaml:2 is merged with this: to remove it, write `sql: null` here.",
          "The `continuous` of config/nodes.yaml:5 is merged with this: to remove it, write `continuous: null` here.",
        ]);
      },
    ));

  it("asks only for the variables of what is left after the merge", async () => {
    await withEnvironment("dev", {}, ({ settings }) => expect(settings.spark.remote).to.equal("embedded"));
    await withEnvironment("prod", { PROD_REMOTE: "sc://p:1" }, ({ settings }) => {
      expect(settings.spark.remote).to.equal("sc://p:1");
      expect(settings.logLevel).to.equal("warn");
    });
    await withFolder(files, async (root) => {
      const errors = await errorsOf(() => loadProject(root, { environment: "prod", variables: {} }));
      expect(errors.map((error) => placeOf(error, root))).to.deep.equal([
        "CONFIG_MISSING_VARIABLE config/global_settings.yaml:4:11",
      ]);
    });
  });

  it("takes SPARKWRIGHT_ENV when none is asked for; empty is none", async () => {
    const remote = { PROD_REMOTE: "sc://p:1" };
    await withEnvironment(undefined, { SPARKWRIGHT_ENV: "dev" }, ({ environment }) =>
      expect(environment).to.equal("dev"),
    );
    await withEnvironment("prod", { SPARKWRIGHT_ENV: "dev", ...remote }, ({ environment }) =>
      expect(environment).to.equal("prod"),
    );
    await withEnvironment(undefined, { SPARKWRIGHT_ENV: "", ...remote }, (project) => {
      expect(project).not.to.have.property("environment");
      expect(project.settings.maxParallelNodes).to.equal(2);
    });
  });

  it("places an error in the file that the value came from", () =>
    withFolder(
      {
        ...files,
        "config/environments/dev/nodes.yaml": "a:\n  tags: 7\n  outptu: x\n",
        "config/environments/dev/pipelines.yaml": "p: {nodes: []}\n",
        "config/environments/dev/datasets.yaml": "d: {mode: merge}\ne: {window_column: 3}\n",
        "config/datasets.yaml": "d:\n  merge_update_condition: 3\n",
      },
      async (root) => {
        const errors = await errorsOf(() => loadProject(root, { environment: "dev", variables: {} }));
        expect(errors.map((error) => placeOf(error, root))).to.deep.equal([
          "CONFIG_WRONG_TYPE config/datasets.yaml:2:27",
          "CONFIG_WRONG_TYPE config/environments/dev/datasets.yaml:2:20",
          "CONFIG_WRONG_TYPE config/environments/dev/nodes.yaml:2:9",
          "CONFIG_UNKNOWN_KEY config/environments/dev/nodes.yaml:3:3",
          "CONFIG_INVALID_VALUE config/environments/dev/pipelines.yaml:1:12",
        ]);
      },
    ));

  it("names the known ones when there is none of that name", () =>
    withFolder(files, async (root) => {
      for (const [name, hint] of [
        ["dve", 'Did you mean "dev"? Environments: dev, prod.'],
        ["staging", "Environments: dev, prod."],
        ["../..", "Environments: dev, prod."],
        ["README.md", "Environments: dev, prod."],
      ] as const) {
        const [error] = await errorsOf(() => loadProject(root, { environment: name, variables: {} }));
        expect(error && placeOf(error, root)).to.equal("CONFIG_UNKNOWN_ENVIRONMENT");
        expect(error?.message).to.equal(`there is no environment "${name}"`);
        expect(error?.hint).to.equal(hint);
      }
      const variables = { SPARKWRIGHT_ENV: "dve" };
      const [error] = await errorsOf(() => loadProject(root, { variables }));
      expect(error?.message).to.equal('there is no environment "dve", which SPARKWRIGHT_ENV asks for');
    }));

  it("refuses an environment without files, and files that would not be read", () =>
    withFolder(
      {
        ...files,
        "config/environments/empty/notes.txt": "",
        "config/environments/odd/node.yaml": "a: {}\n",
        "config/environments/odd/nodes.yaml": "a: {description: d}\n",
        "config/environments/odd/dataset.yaml": "a: {}\n",
        "config/pipeline.yml": "p: {nodes: [a]}\n",
      },
      async (root) => {
        const variables = { PROD_REMOTE: "embedded" };
        const places = async (environment: string) =>
          (await errorsOf(() => loadProject(root, { environment, variables }))).map((error) =>
            placeOf(error, root),
          );
        expect(await places("empty")).to.deep.equal([
          "CONFIG_FILE_MISSING config/environments/empty/global_settings.yaml:1:1",
          "CONFIG_UNKNOWN_FILE config/pipeline.yml:1:1",
        ]);
        expect(await places("odd")).to.deep.equal([
          "CONFIG_UNKNOWN_FILE config/environments/odd/dataset.yaml:1:1",
          "CONFIG_UNKNOWN_FILE config/environments/odd/node.yaml:1:1",
          "CONFIG_UNKNOWN_FILE config/pipeline.yml:1:1",
        ]);
      },
    ));
});
