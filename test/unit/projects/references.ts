import type { Malformed } from "./malformed.ts";

export const references: readonly Malformed[] = [
  {
    name: "a dependency that does not exist",
    files: { "config/nodes.yaml": "abc:\n  sql: select 1\nb:\n  sql: select 1\n  dependencies: [abd]\n" },
    exit: 5,
    errors: [
      [
        "GRAPH_MISSING_NODE config/nodes.yaml:5:18",
        'node "b" depends on "abd", which does not exist',
        'Did you mean "abc"?',
      ],
    ],
  },
  {
    name: "a dependency that resembles nothing",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\nb:\n  sql: select 1\n  dependencies: [elsewhere]\n" },
    exit: 5,
    errors: [
      [
        "GRAPH_MISSING_NODE config/nodes.yaml:5:18",
        'node "b" depends on "elsewhere", which does not exist',
        'Define "elsewhere" under nodes, or remove it here.',
      ],
    ],
  },
  {
    name: "a pipeline's node that does not exist",
    files: {
      "config/nodes.yaml": "extract:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [extrct]\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_MISSING_NODE config/pipelines.yaml:2:11",
        'pipeline "p" names the node "extrct", which does not exist',
        'Did you mean "extract"?',
      ],
    ],
  },
  {
    name: "a dependency outside the pipeline",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\nb:\n  sql: select 1\n  dependencies: [a]\n",
      "config/pipelines.yaml": "p:\n  nodes: [b]\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_MISSING_NODE config/nodes.yaml:5:18",
        'node "b" depends on "a", which is not in pipeline "p"',
        'Add "a" to the nodes of pipeline "p", or remove the dependency.',
      ],
    ],
  },
  {
    name: "an input that nobody makes",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  input: nowhere\n" },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_DATASET config/nodes.yaml:3:10",
        'node "a" reads "nowhere", which no node writes and no dataset declares',
        "Declare it in datasets.yaml.",
      ],
    ],
  },
  {
    name: "a misspelt input",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: events\nb:\n  sql: select 1\n  input: event\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_DATASET config/nodes.yaml:6:10",
        'node "b" reads "event", which no node writes and no dataset declares',
        'Did you mean "events"? Else declare it in datasets.yaml.',
      ],
    ],
  },
  {
    name: "a query that reads what is no input",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: events\nb:\n  sql: select * from events\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_SQL_INPUT config/nodes.yaml:5:8",
        'node "b" reads "events" without naming it as an input',
        'Add "events" to the node\'s `input`, so that the node waits for it.',
      ],
    ],
  },
  {
    name: "a query file that is not there",
    files: { "config/nodes.yaml": "a:\n  sql: sql/a.sql\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_FILE_MISSING config/nodes.yaml:2:8",
        "sql/a.sql does not exist",
        "Create the file or correct its name.",
      ],
    ],
  },
  {
    name: "a query file that is empty",
    files: { "config/nodes.yaml": "a:\n  sql: sql/a.sql\n", "sql/a.sql": "\n" },
    exit: 2,
    errors: [["CONFIG_FILE_EMPTY config/nodes.yaml:2:8", "sql/a.sql is empty", "Write the query."]],
  },
  {
    name: "a query file outside the project",
    files: { "config/nodes.yaml": "a:\n  sql: ../a.sql\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_SQL_FILE config/nodes.yaml:2:8",
        "nodes.a: ../a.sql is outside the project",
        "Name a .sql file inside the project, relative to its folder.",
      ],
    ],
  },
  {
    name: "a query file that is a folder",
    files: { "config/nodes.yaml": "a:\n  sql: sql/a.sql\n", "sql/a.sql/x": "" },
    exit: 2,
    errors: [
      [
        "CONFIG_FILE_UNREADABLE config/nodes.yaml:2:8",
        "sql/a.sql cannot be read: it is a folder",
        "Make it a file that this user may read.",
      ],
    ],
  },
  {
    name: "a query file that is not UTF-8",
    files: { "config/nodes.yaml": "a:\n  sql: a.sql\n", "a.sql": Buffer.from("select 'café'", "latin1") },
    exit: 2,
    errors: [
      ["CONFIG_FILE_ENCODING config/nodes.yaml:2:8", "a.sql is not UTF-8 text", "Save the file as UTF-8."],
    ],
  },
  {
    name: "a function's module that is not there",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_MODULE_NOT_FOUND config/nodes.yaml:2:13",
        '"etl.run": there is neither src/etl.ts nor lib/etl.ts',
        "Create src/etl.ts and export `run` from it.",
      ],
    ],
  },
  {
    name: "a misspelt module",
    files: { "config/nodes.yaml": "a:\n  function: elt.run\n", "src/etl.ts": "export function run() {}\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_MODULE_NOT_FOUND config/nodes.yaml:2:13",
        '"elt.run": there is neither src/elt.ts nor lib/elt.ts',
        'Did you mean "etl.run"?',
      ],
    ],
  },
  {
    name: "a node twice in a pipeline",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/pipelines.yaml": "p:\n  nodes: [a, a]\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/pipelines.yaml:2:14",
        'pipelines.p.nodes[1] must be different from the others, but is "a" again',
        "Remove the repetition.",
      ],
    ],
  },
  {
    name: "a dependency with options",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\nb:\n  sql: select 1\n  dependencies:\n    - a: {wait: true}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:6:10",
        "nodes.b.dependencies[0].a must be an empty map, but is a map",
        "Write just `a`, or `a: {}`.",
      ],
    ],
  },
  {
    name: "a number as a dependency",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  dependencies: [7]\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:18",
        "nodes.a.dependencies[0] must be a node's name, but is 7",
        "Write a node's name.",
      ],
    ],
  },
  {
    name: "a feature without a column",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  features: [customer]\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:14",
        'nodes.a.features[0] must be a dataset and its column, such as customer.orders_30d, but is "customer"',
        "Write a dataset and its column, such as customer.orders_30d.",
      ],
    ],
  },
  {
    name: "a feature of a dataset that does not exist",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  features: [customer.orders]\n" },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_DATASET config/nodes.yaml:3:14",
        'node "a" wants the feature "customer.orders", but no dataset is called "customer"',
        "Declare it in datasets.yaml, with entity_keys.",
      ],
    ],
  },
  {
    name: "a feature of a dataset without keys",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  features: [customer.orders]\n",
      "config/datasets.yaml": "customer:\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FEATURES config/nodes.yaml:3:14",
        'node "a" wants the feature "customer.orders", but "customer" has no entity_keys',
        "Name the columns that identify an entity with `entity_keys` of",
      ],
    ],
  },
  {
    name: "a misspelt data source",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  input: x\n",
      "config/datasets.yaml": "x:\n  source: crn\n",
      "config/global_settings.yaml": "data_sources: {crm: sources.crm}\n",
      "src/sources.ts": "export function crm() {}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_SOURCE config/datasets.yaml:2:11",
        'dataset "x" names the data source "crn", which does not exist',
        'Did you mean "crm"?',
      ],
    ],
  },
  {
    name: "a data source without its function",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  input: x\n",
      "config/datasets.yaml": "x:\n  source: crm\n",
      "config/global_settings.yaml": "data_sources: {crm: sources.crm}\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_MODULE_NOT_FOUND config/datasets.yaml:2:11",
        '"sources.crm": there is neither src/sources.ts nor lib/sources.ts',
        "Create src/sources.ts and export `crm` from it.",
      ],
    ],
  },
  {
    name: "as_of without features",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  as_of: day\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_FEATURES config/nodes.yaml:3:3",
        "nodes.a has as_of but no features",
        "Name them with `features`, or remove `as_of`.",
      ],
    ],
  },
  {
    name: "an input without a dataset",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  input:\n    - window: all\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_KEY config/nodes.yaml:4:7",
        'nodes.a.input[0] needs "dataset"',
        "Add `dataset`: a dataset's name, such as bronze.events.",
      ],
    ],
  },
  {
    name: "a misspelt file beside a good one",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/dataset.yaml": "x:\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_FILE config/dataset.yaml:1:1",
        "config/dataset.yaml would not be read",
        'Did you mean "datasets.yaml"? Move what it holds there, or move it out of the folder.',
      ],
    ],
  },
  {
    name: "pipelines without nodes",
    files: { "config/pipelines.yaml": "p:\n  nodes: [a]\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_FILE_MISSING config/nodes.yaml:1:1",
        "the project has no nodes: config/nodes.yaml does not exist",
        "Create it, or add a `nodes` section to config.yaml.",
      ],
    ],
  },
];
