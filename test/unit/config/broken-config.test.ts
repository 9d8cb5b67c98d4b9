// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { errorsOf, type Files, placeOf, withFolder } from "./project-folder.ts";

/** What is wrong, the files, and of each error its code and place, a part of its message and a part of its fix. */
type Case = readonly [string, string | Files, ...(readonly [place: string, message: string, hint: string])[]];

const nodes = "config/nodes.yaml";
const settings = "config/global_settings.yaml";
const pipelines = "config/pipelines.yaml";
const datasets = "config/datasets.yaml";
const good = "a:\n  function: m.a\n";
const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]", ..."bcdefghi"].map((name, index, all) =>
  index === 0
    ? name
    : `${name}: &${name} [${Array(9)
        .fill(`*${all[index - 1]?.[0]}`)
        .join(",")}]`,
);

const cases: readonly Case[] = [
  [
    "a tab",
    "a:\n\tfunction: m.a\n",
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:2:1", "Tabs are not allowed", "spaces"],
  ],
  [
    "an unclosed quote",
    'a:\n  function: "m.a\n',
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:2:13", "never closed", "missing"],
  ],
  [
    "bad indentation",
    "a:\n  function: m.a\n tags: x\n",
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:3:1", "same column", "Line this up"],
  ],
  [
    "an unclosed bracket",
    "a:\n  input: [x, y\n  function: m.a\n",
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:3:3", "end with a ]", "close the bracket"],
  ],
  [
    "a colon in plain text",
    "a:\n  description: so: it is\n",
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:2:16", "Nested mappings", "Quote"],
  ],
  [
    "braces in a flow map",
    "a:\n  retries: {max: ${N}}\n  function: m.a\n",
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:2:19", "Unexpected", "quote"],
  ],
  [
    "a reserved character",
    "a:\n  function: @m\n",
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:2:13", "reserved character @", "Quote"],
  ],
  [
    "two documents",
    `${good}---\nb: 1\n`,
    ["CONFIG_YAML_SYNTAX config/nodes.yaml:3:1", "multiple documents", "one document"],
  ],
  ["a tag", "a: !!python/object x\n", ["CONFIG_YAML_SYNTAX config/nodes.yaml:1:4", "tag", "Remove the tag"]],
  [
    "a duplicate key",
    "a:\n  function: m.a\n  function: m.b\n",
    [
      "CONFIG_DUPLICATE_KEY config/nodes.yaml:3:3",
      '"function" is written twice; the first is on line 2',
      "Keep one",
    ],
  ],
  [
    "a duplicate node",
    `${good}a:\n  function: m.b\n`,
    ["CONFIG_DUPLICATE_KEY config/nodes.yaml:3:1", '"a" is written twice', "Keep one"],
  ],
  [
    "an unknown anchor",
    "a:\n  function: *nope\n",
    ["CONFIG_YAML_ALIAS config/nodes.yaml:2:13", '"nope" is not defined above', "Define"],
  ],
  [
    "an anchor in itself",
    "a: &x\n  hyperparams: {y: *x}\n",
    ["CONFIG_YAML_ALIAS config/nodes.yaml:2:20", "contains itself", "Remove the alias"],
  ],
  [
    "an alias bomb",
    bomb.join("\n"),
    ["CONFIG_YAML_ALIAS config/nodes.yaml:6:8", "expand to too many values", "fewer"],
  ],
  [
    "bottomless nesting",
    `a: ${"[".repeat(200)}${"]".repeat(200)}`,
    ["CONFIG_YAML_DEPTH config/nodes.yaml:1:104", "100 levels", "Flatten"],
  ],
  [
    "a stack of brackets",
    `a: ${"[".repeat(5_000)}`,
    ["CONFIG_YAML_DEPTH config/nodes.yaml:1:1", "too deeply", ""],
  ],
  [
    "__proto__ as node",
    "__proto__:\n  function: m.a\n",
    ["CONFIG_YAML_KEY config/nodes.yaml:1:1", "__proto__", "another name"],
  ],
  [
    "__proto__ in hyperparams",
    "a:\n  function: m.a\n  hyperparams:\n    __proto__: {x: 1}\n",
    ["CONFIG_YAML_KEY config/nodes.yaml:4:5", "__proto__", "another name"],
  ],
  [
    "a map as key",
    "? {x: 1}\n: {function: m.a}\n",
    ["CONFIG_YAML_KEY config/nodes.yaml:1:3", "plain text", "before the colon"],
  ],
  [
    "an empty file",
    { [nodes]: "# nothing\n" },
    ["CONFIG_FILE_EMPTY config/nodes.yaml:1:1", "is empty", "remove the file"],
  ],
  [
    "no configuration",
    { "readme.md": "x" },
    ["CONFIG_FILE_MISSING config/nodes.yaml:1:1", "holds no configuration", "--project"],
  ],
  [
    "no nodes",
    { [pipelines]: "a: {nodes: [x]}" },
    ["CONFIG_FILE_MISSING config/nodes.yaml:1:1", "no nodes", "nodes"],
  ],
  [
    "a folder for a file",
    { [`${nodes}/x`]: "" },
    ["CONFIG_FILE_UNREADABLE config/nodes.yaml:1:1", "it is a folder", "may read"],
  ],
  [
    "Latin-1",
    { [nodes]: Buffer.from("a:\n  description: caf\xe9\n", "latin1") },
    ["CONFIG_FILE_ENCODING config/nodes.yaml:2:19", "not UTF-8", "as UTF-8"],
  ],
  [
    "UTF-16",
    { [nodes]: Buffer.from(`\ufeff${good}`, "utf16le") },
    ["CONFIG_FILE_ENCODING config/nodes.yaml:1:1", "not UTF-8", "as UTF-8"],
  ],
  [
    "a list for the nodes",
    "- a\n- b\n",
    ["CONFIG_WRONG_TYPE config/nodes.yaml:1:1", "must be a map of names, but is a list", "`name:`"],
  ],
  [
    "a text for a node",
    "a: m.a\n",
    [
      "CONFIG_WRONG_TYPE config/nodes.yaml:1:4",
      'nodes.a must be a map with a function or sql, but is "m.a"',
      "map",
    ],
  ],
  [
    "a node of nothing",
    "a:\n",
    [
      "CONFIG_WRONG_TYPE config/nodes.yaml:1:1",
      "nodes.a must be a map with a function or sql, but is empty",
      "map",
    ],
  ],
  [
    "an unknown key",
    "a:\n  function: m.a\n  outputs: x\n",
    [
      "CONFIG_UNKNOWN_KEY config/nodes.yaml:3:3",
      'unknown key "outputs" in nodes.a',
      'Did you mean "output"? Allowed: description, function',
    ],
  ],
  [
    "another system's key",
    "a:\n  function: m.a\n  depends_on: [b]\n",
    ["CONFIG_UNKNOWN_KEY config/nodes.yaml:3:3", '"depends_on"', 'Did you mean "dependencies"?'],
  ],
  [
    "an unknown section",
    { "config.yaml": "node:\n  a: {function: m.a}\n" },
    ["CONFIG_UNKNOWN_KEY config.yaml:1:1", 'unknown section "node"', 'Did you mean "nodes"?'],
  ],
  [
    "a section twice",
    { "config.yaml": `nodes:\n  a: {function: m.a}\n`, [nodes]: good },
    ["CONFIG_DUPLICATE_SECTION config/nodes.yaml:1:1", "config.yaml:1", "one file"],
  ],
  [
    "an unknown nested key",
    { [nodes]: good, [settings]: "spark:\n  remot: embedded\n" },
    ["CONFIG_UNKNOWN_KEY config/global_settings.yaml:2:3", "global_settings.spark", 'Did you mean "remote"?'],
  ],
  [
    "a word that is none of them",
    { [nodes]: good, [settings]: "log_level: verbos\n" },
    [
      "CONFIG_INVALID_VALUE config/global_settings.yaml:1:12",
      'one of debug, info, warn, error, but is "verbos"',
      "one of",
    ],
  ],
  [
    "a misspelt mode",
    { [nodes]: good, [datasets]: "x:\n  mode: overwite\n" },
    ["CONFIG_INVALID_VALUE config/datasets.yaml:2:9", "datasets.x.mode", 'Did you mean "overwrite"?'],
  ],
  [
    "no such day",
    { [nodes]: good, [settings]: "start_date: 2001-02-30\n" },
    ["CONFIG_INVALID_DATE config/global_settings.yaml:1:13", '"2001-02-30"', "calendar day"],
  ],
  [
    "another order of days",
    { [nodes]: good, [settings]: "start_date: 31/01/2001\n" },
    ["CONFIG_INVALID_DATE config/global_settings.yaml:1:13", '"31/01/2001"', "YYYY-MM-DD"],
  ],
  [
    "start after end",
    { [nodes]: good, [settings]: "end_date: 2001-01-01\nstart_date: 2001-01-02\n" },
    [
      "CONFIG_INVALID_WINDOW config/global_settings.yaml:2:13",
      "2001-01-02 is after end_date 2001-01-01",
      "Exchange",
    ],
  ],
  [
    "negative parallelism",
    { [nodes]: good, [settings]: "max_parallel_nodes: -3\n" },
    [
      "CONFIG_INVALID_VALUE config/global_settings.yaml:1:21",
      "must be a whole number from 1 to 1024, but is -3",
      "from 1",
    ],
  ],
  [
    "half a node at once",
    { [nodes]: good, [settings]: "max_parallel_nodes: 1.5\n" },
    ["CONFIG_WRONG_TYPE config/global_settings.yaml:1:21", "but is 1.5", "whole number"],
  ],
  [
    "yes for true",
    { [nodes]: good, [settings]: "execution:\n  fail_fast: yes\n" },
    ["CONFIG_WRONG_TYPE config/global_settings.yaml:2:14", 'true or false, but is "yes"', "true or false"],
  ],
  [
    "a wrong URL",
    { [nodes]: good, [settings]: "spark: {remote: 'http://x;token=secret'}\n" },
    ["CONFIG_INVALID_VALUE config/global_settings.yaml:1:17", "sc://host:port", "embedded"],
  ],
  [
    "a number for a duration",
    "a:\n  function: m.a\n  timeout: 10\n",
    ["CONFIG_WRONG_TYPE config/nodes.yaml:3:12", "but is 10", "10m"],
  ],
  [
    "a duration past all timers",
    "a:\n  function: m.a\n  timeout: 40d\n",
    ["CONFIG_INVALID_VALUE config/nodes.yaml:3:12", 'but is "40d"', "24d"],
  ],
  [
    "nothing to run",
    "a:\n  output: x\n",
    ["CONFIG_NODE_CODE config/nodes.yaml:1:1", "nothing to run", "exactly one"],
  ],
  [
    "function and sql",
    "a:\n  function: m.a\n  sql: select 1\n",
    ["CONFIG_NODE_CODE config/nodes.yaml:3:3", "both", "exactly one"],
  ],
  [
    "a missing .sql file",
    "a:\n  sql: queries/a.sql\n",
    ["CONFIG_FILE_MISSING config/nodes.yaml:2:8", "queries/a.sql does not exist", "Create"],
  ],
  [
    "a missing .sql file with blanks in its path",
    "a:\n  sql: meine abfragen/größe 1.sql\n",
    ["CONFIG_FILE_MISSING config/nodes.yaml:2:8", "meine abfragen/größe 1.sql does not exist", "Create"],
  ],
  [
    "an empty .sql file",
    { [nodes]: "a:\n  sql: a.sql\n", "a.sql": " \n" },
    ["CONFIG_FILE_EMPTY config/nodes.yaml:2:8", "a.sql is empty", "query"],
  ],
  [
    "a .sql file elsewhere",
    "a:\n  sql: ../a.sql\n",
    ["CONFIG_SQL_FILE config/nodes.yaml:2:8", "outside the project", "inside"],
  ],
  [
    "options of a dependency",
    "a:\n  function: m.a\n  dependencies:\n    - b: {x: 1}\n",
    ["CONFIG_INVALID_VALUE config/nodes.yaml:4:10", "nodes.a.dependencies[0].b", "`b: {}`"],
  ],
  [
    "a number as dependency",
    "a:\n  function: m.a\n  dependencies: [b, 7]\n",
    [
      "CONFIG_INVALID_VALUE config/nodes.yaml:3:21",
      "dependencies[1] must be a node's name, but is 7",
      "node's name",
    ],
  ],
  [
    "an output twice",
    "a:\n  function: m.a\n  output: [x, y, x]\n",
    ["CONFIG_INVALID_VALUE config/nodes.yaml:3:18", 'but is "x" again', "repetition"],
  ],
  [
    "an output that is no table",
    "a:\n  function: m.a\n  output: a-b\n",
    ["CONFIG_INVALID_NAME config/nodes.yaml:3:11", "cannot be a table's name", "datasets.yaml"],
  ],
  [
    "a name with a slash",
    "a/b:\n  function: m.a\n",
    ["CONFIG_INVALID_NAME config/nodes.yaml:1:1", '"a/b"', "letters"],
  ],
  [
    "a misspelt window",
    "a:\n  function: m.a\n  input: {dataset: x, window: al}\n",
    ["CONFIG_INVALID_VALUE config/nodes.yaml:3:31", "nodes.a.input.window", 'Did you mean "all"?'],
  ],
  [
    "a missing dataset name",
    "a:\n  function: m.a\n  input:\n    - window: all\n",
    ["CONFIG_MISSING_KEY config/nodes.yaml:4:7", 'nodes.a.input[0] needs "dataset"', "Add `dataset`"],
  ],
  [
    "no nodes in a pipeline",
    { [nodes]: good, [pipelines]: "p:\n  description: x\n" },
    ["CONFIG_MISSING_KEY config/pipelines.yaml:1:1", 'pipelines.p needs "nodes"', "Add `nodes`"],
  ],
  [
    "an empty pipeline",
    { [nodes]: good, [pipelines]: "p:\n  nodes: []\n" },
    ["CONFIG_INVALID_VALUE config/pipelines.yaml:2:10", "at least one", "list"],
  ],
  [
    "a window nobody can replace",
    { [nodes]: good, [datasets]: "x:\n  mode: replace_window\n" },
    ["CONFIG_DATASET config/datasets.yaml:2:3", "no window_column", "window_column"],
  ],
  [
    "a merge without keys",
    { [nodes]: good, [datasets]: "x:\n  mode: merge\n" },
    ["CONFIG_DATASET config/datasets.yaml:2:3", "no merge_keys", "merge_keys"],
  ],
  [
    "keys without a merge",
    { [nodes]: good, [datasets]: "x:\n  merge_keys: id\n" },
    ["CONFIG_DATASET config/datasets.yaml:2:3", "not merged", "mode: merge"],
  ],
  [
    "table and path",
    { [nodes]: good, [datasets]: "x:\n  table: x\n  path: y\n" },
    ["CONFIG_DATASET config/datasets.yaml:3:3", "both a table and a path", "Keep"],
  ],
  [
    "an execution setting beside the others",
    { [nodes]: good, [pipelines]: "p:\n  nodes: [a]\n  retries: 3\n" },
    ["CONFIG_UNKNOWN_KEY config/pipelines.yaml:3:3", '"retries"', "Write it below `execution`"],
  ],
  [
    "a type that is no pipeline's",
    { [nodes]: good, [pipelines]: "p:\n  nodes: [a]\n  type: streeming\n" },
    [
      "CONFIG_INVALID_VALUE config/pipelines.yaml:3:9",
      "one of batch, streaming, hybrid",
      'Did you mean "streaming"?',
    ],
  ],
  [
    "two triggers",
    "a:\n  function: m.a\n  streaming:\n    trigger: {processing_time: 1s, continuous: 1s}\n",
    ["CONFIG_INVALID_VALUE config/nodes.yaml:4:14", "nodes.a.streaming.trigger", "{processing_time: 10s}"],
  ],
  [
    "a trigger nobody knows",
    "a:\n  function: m.a\n  streaming: {trigger: available}\n",
    ["CONFIG_INVALID_VALUE config/nodes.yaml:3:24", "available_now, once", "Use one"],
  ],
  [
    "a watermark without delay",
    "a:\n  function: m.a\n  streaming:\n    watermark: {column: at}\n",
    ["CONFIG_MISSING_KEY config/nodes.yaml:4:5", 'streaming.watermark needs "delay"', "30s"],
  ],
  [
    "a feature without a source",
    "a:\n  function: m.a\n  features: [x.y, orders]\n",
    [
      "CONFIG_INVALID_VALUE config/nodes.yaml:3:19",
      "features[1] must be a dataset and its column",
      "orders_30d",
    ],
  ],
  [
    "as_of without features",
    "a:\n  function: m.a\n  as_of: at\n",
    ["CONFIG_FEATURES config/nodes.yaml:3:3", "no features", "features"],
  ],
  [
    "a column twice",
    {
      [nodes]: good,
      [datasets]: "x:\n  schema:\n    - {name: id, type: int}\n    - {name: ID, type: int}\n",
    },
    ["CONFIG_INVALID_VALUE config/datasets.yaml:4:7", '"ID" is there twice', "repetition"],
  ],
  [
    "a column without a type",
    { [nodes]: good, [datasets]: "x:\n  schema:\n    id: {nullable: false}\n    b: 3\n" },
    ["CONFIG_MISSING_KEY config/datasets.yaml:3:5", 'datasets.x.schema.id needs "type"', "bigint"],
    ["CONFIG_WRONG_TYPE config/datasets.yaml:4:8", "datasets.x.schema.b", "bigint"],
  ],
  [
    "types that Spark does not have",
    {
      [nodes]: good,
      [datasets]:
        "x:\n  schema:\n    a: strng\n    b: {type: array<bigin>}\n    c: datetime\n    d: 'STRUCT<x: int>'\n",
    },
    [
      "CONFIG_INVALID_VALUE config/datasets.yaml:3:8",
      "must be a type such as bigint",
      'Did you mean "string"?',
    ],
    ["CONFIG_INVALID_VALUE config/datasets.yaml:4:15", 'but is "array<bigin>"', 'Did you mean "bigint"?'],
    ["CONFIG_INVALID_VALUE config/datasets.yaml:5:8", 'but is "datetime"', "Write one such as string"],
  ],
  [
    "a check that stands alone and two in one",
    { [nodes]: good, [datasets]: "x:\n  checks:\n    notnull: id\ny: {checks: {not_null: a, unique: b}}\n" },
    ["CONFIG_UNKNOWN_KEY config/datasets.yaml:3:5", 'unknown key "notnull" in datasets.x.checks', "not_null"],
    ["CONFIG_INVALID_VALUE config/datasets.yaml:4:13", "but has not_null and unique", "`- not_null: [id]`"],
  ],
  [
    "rules of checks",
    {
      [nodes]: good,
      [datasets]: `x:
  checks:
    - not_null: [a]
      unique: [b]
    - severity: warn
    - notnull: a
    - range: {column: a}
    - range: {column: a, min: 3, max: 1}
    - {expression: a, name: b}
    - {expression: b, name: b, severity: fatal}
`,
    },
    ["CONFIG_INVALID_VALUE config/datasets.yaml:3:7", "but has not_null and unique", "item of its own"],
    ["CONFIG_INVALID_VALUE config/datasets.yaml:5:7", "but has none", "item of its own"],
    ["CONFIG_UNKNOWN_KEY config/datasets.yaml:6:7", '"notnull"', 'Did you mean "not_null"?'],
    ["CONFIG_INVALID_VALUE config/datasets.yaml:7:14", "min, max or both", "min"],
    ["CONFIG_INVALID_VALUE config/datasets.yaml:8:14", "min 3 is above max 1", "Exchange"],
    ["CONFIG_INVALID_VALUE config/datasets.yaml:10:42", "one of error, warn", 'Did you mean "error"?'],
  ],
  [
    "a rule's name twice",
    {
      [nodes]: good,
      [datasets]: "x:\n  checks:\n    - {expression: a, name: b}\n    - {expression: b, name: b}\n",
    },
    ["CONFIG_INVALID_VALUE config/datasets.yaml:4:29", 'but is "b" again', "Rename"],
  ],
  [
    "conditions without a merge",
    { [nodes]: good, [datasets]: "x:\n  merge_delete_condition: source.gone\n" },
    ["CONFIG_DATASET config/datasets.yaml:2:3", "not merged", "mode: merge"],
  ],
  [
    "a time without keys",
    { [nodes]: good, [datasets]: "x:\n  timestamp_column: at\n" },
    ["CONFIG_DATASET config/datasets.yaml:2:3", "no entity_keys", "entity_keys"],
  ],
  [
    "kafka without options",
    { [nodes]: good, [datasets]: "x:\n  format: kafka\n" },
    ["CONFIG_DATASET config/datasets.yaml:2:3", "found by its options", "kafka.bootstrap.servers"],
  ],
  [
    "lineage to two places",
    { [nodes]: good, [settings]: "observe: {lineage: {file: a, url: 'http://b'}}\n" },
    ["CONFIG_INVALID_VALUE config/global_settings.yaml:1:20", "either a file or a url", "Keep one"],
  ],
  [
    "a webhook without http",
    { [nodes]: good, [settings]: "observe:\n  webhooks: [{url: hooks.example/x, on: failur}]\n" },
    [
      "CONFIG_INVALID_VALUE config/global_settings.yaml:2:20",
      "observe.webhooks[0].url must be a URL",
      "https://",
    ],
    ["CONFIG_INVALID_VALUE config/global_settings.yaml:2:41", "one of failure", 'Did you mean "failure"?'],
  ],
  [
    "a key of another file's hyperparameters",
    { [nodes]: good, "config/ml_info.yaml": "hyperparams: {a: 1}\n" },
    [
      "CONFIG_UNKNOWN_KEY config/ml_info.yaml:1:1",
      '"hyperparams" in ml_info',
      'Did you mean "hyperparameters"?',
    ],
  ],
  [
    "a list for options",
    { [nodes]: good, [datasets]: "x:\n  options: [header]\n" },
    ["CONFIG_WRONG_TYPE config/datasets.yaml:2:12", "datasets.x.options", "map"],
  ],
  [
    "a variable nobody set",
    { [nodes]: good, [datasets]: "x:\n  path: /data/${DATA_DIR}/${YEAR:-2001}\n" },
    ["CONFIG_MISSING_VARIABLE config/datasets.yaml:2:15", "DATA_DIR is not set", "${DATA_DIR:-value}"],
  ],
  [
    "no variable's name",
    { [nodes]: good, [datasets]: "x:\n  path: a/$${b}/${1x}\n" },
    ["CONFIG_BAD_INTERPOLATION config/datasets.yaml:2:17", "${1x} is not a variable", "$${"],
  ],
  [
    "a variable in a default",
    { [nodes]: good, [datasets]: "x:\n  path: ${A:-${B}}\n" },
    ["CONFIG_BAD_INTERPOLATION config/datasets.yaml:2:9", "${A:-${B}", "${NAME:-default}"],
  ],
  [
    "too many digits",
    "a:\n  function: m.a\n  hyperparams:\n    id: 123456789012345678901234567890\n",
    [
      "CONFIG_INVALID_VALUE config/nodes.yaml:4:9",
      "at most 15 digits, but is 123456789012345678901234567890",
      "Quote",
    ],
  ],
  [
    "a fraction with too many digits",
    "a:\n  function: m.a\n  hyperparams:\n    lr: [0.1, 0.12345678901234567890]\n",
    [
      "CONFIG_INVALID_VALUE config/nodes.yaml:4:15",
      "nodes.a.hyperparams.lr[1] must be a number of at most 15 digits, but 0.12345678901234567890 would become 0.12345678901234568",
      "Quote it, to keep every digit as text.",
    ],
  ],
  [
    "settings with too many digits",
    {
      [nodes]: good,
      [settings]:
        "max_parallel_nodes: 2.00000000000000000001\nexecution: {retries: {multiplier: 1.99999999999999999999}}\n",
    },
    [
      "CONFIG_INVALID_VALUE config/global_settings.yaml:1:21",
      "at most 15 digits, but 2.00000000000000000001 would become 2",
      "Write fewer digits.",
    ],
    ["CONFIG_INVALID_VALUE config/global_settings.yaml:2:35", "would become 2", "Write fewer digits."],
  ],
  [
    "several files at once",
    {
      [nodes]: "a:\n  function: m.a\n  outptu: x\nb: {}\n",
      [settings]: "max_parallel_nodes: 0\n",
      [pipelines]: "p: [\n",
    },
    ["CONFIG_INVALID_VALUE config/global_settings.yaml:1:21", "but is 0", ""],
    ["CONFIG_UNKNOWN_KEY config/nodes.yaml:3:3", "outptu", "output"],
    ["CONFIG_NODE_CODE config/nodes.yaml:4:1", "nothing to run", ""],
    ["CONFIG_YAML_SYNTAX config/pipelines.yaml:2:1", "", ""],
  ],
];

describe("a broken configuration", () => {
  for (const [name, files, ...expected] of cases) {
    it(`${name}: names the place and the fix`, async () => {
      const all = typeof files === "string" ? { [nodes]: files } : files;
      await withFolder(all, async (root) => {
        const errors = await errorsOf(() => loadProject(root, { variables: {} }));
        expect(errors.map((error) => placeOf(error, root))).to.deep.equal(expected.map(([place]) => place));
        for (const [index, [, message, hint]] of expected.entries()) {
          expect(errors[index]?.message).to.include(message);
          expect(errors[index]?.hint ?? "").to.include(hint);
        }
      });
    });
  }

  it("says that the project folder does not exist", async () => {
    const [error] = await errorsOf(() => loadProject("/nowhere/at/all"));
    expect(error?.code).to.equal("CONFIG_PROJECT_MISSING");
    expect(error?.hint).to.include("--project");
  });

  it("does not show a URL that may hold a token", async () => {
    const files = { [nodes]: good, [settings]: "spark: {remote: 'http://x;token=hunter2'}\n" };
    await withFolder(files, async (root) => {
      const [error] = await errorsOf(() => loadProject(root, { variables: {} }));
      expect(error?.code).to.equal("CONFIG_INVALID_VALUE");
      expect(JSON.stringify([error?.message, error?.hint, error?.details])).not.to.include("hunter2");
    });
  });

  it("shows the variable and what it is, unless that is a secret", async () => {
    const yaml = "max_parallel_nodes: ${N}\nlog_level: ${LEVEL}\n";
    const shown = async (settingsYaml: string, variables: Readonly<Record<string, string>>) =>
      await withFolder({ [nodes]: good, [settings]: settingsYaml }, async (root) =>
        (await errorsOf(() => loadProject(root, { variables }))).map(({ message, hint, details }) => {
          expect(details["value"] ?? "***").to.be.oneOf([message.split("but is ").at(-1), "***"]);
          return `${message.split("but is ").at(-1)}: ${hint}`;
        }),
      );
    expect(await shown(yaml, { N: "abc", LEVEL: "infos" })).to.deep.equal([
      '"${N}" (which is "abc"): Write a whole number from 1 to 1024.',
      '"${LEVEL}" (which is "infos"): Did you mean "info"?',
    ]);
    expect(await shown(yaml, { N: "x".repeat(81), LEVEL: "" })).to.deep.equal([
      '"${N}" (which is 81 characters long): Write a whole number from 1 to 1024.',
      '"${LEVEL}" (which is empty): Use one of them.',
    ]);
    const secret =
      "hyperparams: {a: secret:env:S}\nmax_parallel_nodes: ${secret:env:S}\nlog_level: a${LEVEL}\n";
    expect(await shown(secret, { S: 'info"s', LEVEL: 'info"s' })).to.deep.equal([
      '"${secret:env:S}": Write a whole number from 1 to 1024.',
      '"a${LEVEL}" (which is "a***"): Use one of them.',
    ]);
  });

  it("does not ask for quotes around a variable that is empty", async () => {
    await withFolder({ [nodes]: "a: {function: m.a, description: '${X}'}\n" }, async (root) => {
      const [error] = await errorsOf(() => loadProject(root, { variables: { X: "" } }));
      expect(error?.message).to.equal('nodes.a.description must be text, but is "${X}" (which is empty)');
      expect(error?.hint).to.equal("Write text.");
    });
  });
});
