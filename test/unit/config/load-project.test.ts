// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { load, withFolder } from "./project-folder.ts";

describe("loadProject", () => {
  it("fills in every default", async () => {
    const { settings, pipelines, datasets } = await load(
      "a:\n  function: etl.extract_raw\n  output: [bronze.events]\n",
    );
    expect(settings).to.deep.equal({
      logLevel: "info",
      maxParallelNodes: 4,
      defaultFormat: "delta",
      spark: { remote: "embedded", conf: {} },
      execution: {
        failFast: false,
        retries: { max: 2, initialDelayMs: 1_000, maxDelayMs: 60_000, multiplier: 2, jitter: "full" },
      },
      security: { allowedModules: [] },
      hyperparams: {},
      mlops: {},
      written: {},
    });
    expect([...pipelines.keys()]).to.deep.equal(["default"]);
    expect(pipelines.get("default")?.nodes).to.deep.equal(["a"]);
    expect(datasets.get("bronze.events")).to.deep.equal({
      name: "bronze.events",
      location: { kind: "table", table: "bronze.events" },
      format: "delta",
      mode: "overwrite",
      partitionBy: [],
      mergeKeys: [],
      options: {},
      isOutput: true,
    });
  });

  it("reads sections bare, below their name, and from one config.yaml at either place", async () => {
    const wrapped = "nodes:\n  a: {function: m.a}\n";
    for (const files of [
      { "config/nodes.yaml": "a: {function: m.a}\n" },
      { "config/nodes.yml": wrapped },
      { "config.yaml": wrapped },
      { "config/config.yaml": wrapped },
      { "config.yaml": "pipelines:\n  p: {nodes: [a]}\n", "config/nodes.yaml": wrapped },
    ]) {
      const project = await load(files);
      expect(project.nodes.get("a")?.code).to.deep.equal({ kind: "function", ref: "m.a" });
    }
  });

  it("keeps nodes in the order of the file, also those named like numbers", async () => {
    const { nodes } = await load(
      "b: {function: m.a}\n2002: {function: m.a}\n2001: {function: m.a}\na: {function: m.a}\n",
    );
    expect([...nodes.keys()]).to.deep.equal(["b", "2002", "2001", "a"]);
  });

  it("reads the five ways of naming dependencies alike", async () => {
    const ways = {
      extract: ["extract"],
      "{extract: {}}": ["extract"],
      "[extract, transform]": ["extract", "transform"],
      "[{extract: {}}, {transform: {}}]": ["extract", "transform"],
      "[extract, {transform: {}}]": ["extract", "transform"],
      "[{extract: {}}, transform]": ["extract", "transform"],
      "{extract: }": ["extract"],
      "[extract, extract]": ["extract"],
    };
    for (const [written, expected] of Object.entries(ways)) {
      const { nodes } = await load(`a:\n  function: m.a\n  dependencies: ${written}\n`);
      expect(nodes.get("a")?.dependencies, written).to.deep.equal(expected);
    }
  });

  it("remembers where inputs, outputs and dependencies stand", async () => {
    const yaml =
      "a:\n  function: m.a\n  input: x\n  output:\n    - y\n  dependencies:\n    - b: {}\n    - c\n";
    const node = (await load(yaml)).nodes.get("a");
    const place = (position?: { line: number; column: number }) => `${position?.line}:${position?.column}`;
    expect(place(node?.position)).to.equal("1:1");
    expect(place(node?.positions?.code)).to.equal("2:13");
    expect(node?.inputs.map((input) => place(input.position))).to.deep.equal(["3:10"]);
    expect(node?.positions?.outputs.map(place)).to.deep.equal(["5:7"]);
    expect(node?.positions?.dependencies.map(place)).to.deep.equal(["7:7", "8:7"]);
  });

  it("takes windows of inputs from the input, else from the node", async () => {
    const { nodes } = await load(
      "a: {function: m.a, input: [x, {dataset: y, window: all}]}\nb: {function: m.a, window: all, input: [x, {dataset: y, window: run}]}\n",
    );
    const windows = (name: string) =>
      nodes.get(name)?.inputs.map(({ dataset, window }) => `${dataset} ${window}`);
    expect(windows("a")).to.deep.equal(["x run", "y all"]);
    expect(windows("b")).to.deep.equal(["x all", "y run"]);
  });

  it("resolves dataset paths against the project; absolute paths and URIs pass", async () => {
    const files = {
      "config/nodes.yaml": "a: {function: m.a}\n",
      "config/datasets.yaml":
        "r: {path: data/x.csv, format: CSV, options: {header: true, scale: 0.10, sep: ';'}}\na: {path: /x/y}\nu: {path: 's3a://b/k'}\nt: {table: main.b.c, window_column: day, partition_by: day}\nm:\n",
    };
    await withFolder(files, async (root) => {
      const { datasets } = await loadProject(root, { variables: {} });
      const locations = [...datasets.values()].map(({ location }) => location);
      expect(locations).to.deep.equal([
        { kind: "path", path: `${root}/data/x.csv` },
        { kind: "path", path: "/x/y" },
        { kind: "path", path: "s3a://b/k" },
        { kind: "table", table: "main.b.c" },
        { kind: "table", table: "m" },
      ]);
      expect(datasets.get("r")?.format).to.equal("csv");
      expect(datasets.get("r")?.options).to.deep.equal({ header: "true", scale: "0.10", sep: ";" });
      expect(datasets.get("t")?.mode).to.equal("replace_window");
      expect(datasets.get("t")?.partitionBy).to.deep.equal(["day"]);
    });
  });

  it("reads sql as text, or as a file when it is a single word that ends in .sql", async () => {
    const { nodes } = await load({
      "config/nodes.yaml": "a: {sql: queries/a.sql}\nb: {sql: 'select * from a.sql'}\n",
      "queries/a.sql": "select '${NOT_A_VARIABLE}'\n",
    });
    expect(nodes.get("a")?.code).to.deep.equal({
      kind: "sql",
      text: "select '${NOT_A_VARIABLE}'\n",
      file: "queries/a.sql",
    });
    expect(nodes.get("b")?.code).to.deep.equal({ kind: "sql", text: "select * from a.sql" });
  });

  it("lets the settings win over SPARK_REMOTE, and that over the embedded server", async () => {
    const nodes = { "config/nodes.yaml": "a: {function: m.a}\n" };
    const own = { ...nodes, "config/global_settings.yaml": "spark: {remote: 'sc://a:1'}\n" };
    const remote = async (files: Record<string, string>, variables: Record<string, string>) =>
      (await load(files, variables)).settings.spark.remote;
    expect(await remote(nodes, {})).to.equal("embedded");
    expect(await remote(nodes, { SPARK_REMOTE: "" })).to.equal("embedded");
    expect(await remote(nodes, { SPARK_REMOTE: "sc://b:2" })).to.equal("sc://b:2");
    expect(await remote(own, { SPARK_REMOTE: "sc://b:2" })).to.equal("sc://a:1");
    for (const url of ["databricks://prod", "https://w.cloud.databricks.com"]) {
      expect(await remote(nodes, { SPARK_REMOTE: url })).to.equal(url);
      const written = { ...nodes, "config/global_settings.yaml": `spark: {remote: "${url}"}\n` };
      expect(await remote(written, {})).to.equal(url);
    }
  });

  it("expands anchors, aliases and merge keys", async () => {
    const { nodes } = await load(
      "a: &a\n  function: m.a\n  tags: [x]\nb:\n  <<: *a\n  tags: &t [y]\nc: {<<: [*a], metrics: *t}\n",
    );
    expect(nodes.get("b")?.code).to.deep.equal({ kind: "function", ref: "m.a" });
    expect(nodes.get("b")?.tags).to.deep.equal(["y"]);
    expect(nodes.get("c")?.tags).to.deep.equal(["x"]);
    expect(nodes.get("c")?.metrics).to.deep.equal(["y"]);
  });

  it("reads what the document prints: hyperparams, metrics, levels in capitals, mlops as it is", async () => {
    const { nodes, settings } = await load({
      "config/global_settings.yaml": "log_level: DEBUG\nmlops: {backend: local, x: {y: [1]}}\n",
      "config/nodes.yaml":
        'train_model:\n  function: "ml.train_xgboost"\n  description: d\n  output: ["model"]\n  hyperparams:\n    learning_rate: 0.01\n    max_depth: 6\n    deep: {on: true, none: null}\n  metrics: [accuracy, auc]\n',
    });
    const node = nodes.get("train_model");
    expect(node?.hyperparams).to.deep.equal({
      learning_rate: 0.01,
      max_depth: 6,
      deep: { on: true, none: null },
    });
    expect(node?.metrics).to.deep.equal(["accuracy", "auc"]);
    expect(settings.logLevel).to.equal("debug");
    expect(settings.mlops).to.deep.equal({ backend: "local", x: { y: [1] } });
  });

  it("reads a file with a byte order mark and Windows line ends, its places right", async () => {
    const { nodes } = await load("\ufeffa:\r\n  function: m.a\r\n  output: x\r\n");
    expect(nodes.get("a")?.positions?.outputs).to.have.length(1);
    expect(nodes.get("a")?.positions?.outputs[0]).to.include({ line: 3, column: 11 });
  });

  it("leaves prototypes alone", async () => {
    const { nodes } = await load(
      "constructor: {function: m.a, hyperparams: {constructor: {prototype: {polluted: 1}}}}\n",
    );
    expect(nodes.get("constructor")?.code.kind).to.equal("function");
    expect(Reflect.get({}, "polluted")).to.equal(undefined);
  });

  it("reads 10,000 nodes in time linear in their number", async function () {
    this.timeout(20_000);
    const text = Array.from(
      { length: 10_000 },
      (_, i) => `n${i}: {function: m.a, input: d${i}, output: d${i + 1}}\n`,
    );
    const { nodes } = await load({ "config/nodes.yaml": text.join(""), "config/datasets.yaml": "d0:\n" });
    expect(nodes.size).to.equal(10_000);
  });
});
