import type { Malformed } from "./malformed.ts";

export const schema: readonly Malformed[] = [
  {
    name: "a misspelt key of a node",
    files: { "config/nodes.yaml": "a:\n  functoin: etl.run\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/nodes.yaml:2:3",
        'unknown key "functoin" in nodes.a',
        'Did you mean "function"? Allowed: description, function, sql, input,',
      ],
    ],
  },
  {
    name: "a misspelt key of a dataset",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/datasets.yaml": "x:\n  formt: csv\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/datasets.yaml:2:3",
        'unknown key "formt" in datasets.x',
        'Did you mean "format"? Allowed: description, format, table, path, source,',
      ],
    ],
  },
  {
    name: "a misspelt key of the settings",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "max_paralel_nodes: 2\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/global_settings.yaml:1:1",
        'unknown key "max_paralel_nodes" in global_settings',
        'Did you mean "max_parallel_nodes"? Allowed: log_level, max_parallel_nodes,',
      ],
    ],
  },
  {
    name: "a misspelt key of a pipeline",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  start_dat: 2001-01-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/pipelines.yaml:3:3",
        'unknown key "start_dat" in pipelines.p',
        'Did you mean "start_date"? Allowed: description, nodes, start_date,',
      ],
    ],
  },
  {
    name: "a misspelt key below execution",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "execution:\n  retrys: 2\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/global_settings.yaml:2:3",
        'unknown key "retrys" in global_settings.execution',
        'Did you mean "retries"? Allowed: fail_fast, retries, timeout, run_timeout,',
      ],
    ],
  },
  {
    name: "a key of another system",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  depends_on: [b]\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/nodes.yaml:3:3",
        'unknown key "depends_on" in nodes.a',
        'Did you mean "dependencies"? Allowed: description, function, sql, input,',
      ],
    ],
  },
  {
    name: "retries of a pipeline beside execution",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  retries: 2\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/pipelines.yaml:3:3",
        'unknown key "retries" in pipelines.p',
        "Write it below `execution`. Allowed: description, nodes, start_date,",
      ],
    ],
  },
  {
    name: "an unknown section",
    files: { "config.yaml": "node:\n  a: {sql: select 1}\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config.yaml:1:1",
        'unknown section "node" in config.yaml',
        'Did you mean "nodes"? Allowed: global_settings, pipelines, nodes,',
      ],
    ],
  },
  {
    name: "a list of nodes",
    files: { "config/nodes.yaml": "- a\n- b\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/nodes.yaml:1:1",
        "nodes must be a map of names, but is a list",
        "Write `name:` and, indented below it, what belongs to it.",
      ],
    ],
  },
  {
    name: "a text for a node",
    files: { "config/nodes.yaml": "a: etl.run\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/nodes.yaml:1:4",
        'nodes.a must be a map with a function or sql, but is "etl.run"',
        "Write a map with a function or sql.",
      ],
    ],
  },
  {
    name: "a node of nothing",
    files: { "config/nodes.yaml": "a:\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/nodes.yaml:1:1",
        "nodes.a must be a map with a function or sql, but is empty",
        "Write a map with a function or sql.",
      ],
    ],
  },
  {
    name: "a word for a number",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "max_parallel_nodes: many\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/global_settings.yaml:1:21",
        'global_settings.max_parallel_nodes must be a whole number from 1 to 1024, but is "many"',
        "Write a whole number from 1 to 1024.",
      ],
    ],
  },
  {
    name: "no node at once",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "max_parallel_nodes: 0\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:1:21",
        "global_settings.max_parallel_nodes must be a whole number from 1 to 1024, but is 0",
        "Write a whole number from 1 to 1024.",
      ],
    ],
  },
  {
    name: "yes for true",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "execution:\n  fail_fast: yes\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/global_settings.yaml:2:14",
        'global_settings.execution.fail_fast must be true or false, but is "yes"',
        "Write true or false.",
      ],
    ],
  },
  {
    name: "a log level of no such name",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "log_level: verbose\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:1:12",
        'global_settings.log_level must be one of debug, info, warn, error, but is "verbose"',
        'Did you mean "debug"?',
      ],
    ],
  },
  {
    name: "a number for a text",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  description: 7\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/nodes.yaml:3:16",
        "nodes.a.description must be text, but is 7",
        "Put quotes around it.",
      ],
    ],
  },
  {
    name: "a duration without a unit",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  timeout: 10\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/nodes.yaml:3:12",
        "nodes.a.timeout must be a duration such as 30s, 10m or 1h30m, above zero and at most 24d, but is 10",
        "Write a duration such as 30s, 10m or 1h30m, above zero and at most 24d.",
      ],
    ],
  },
  {
    name: "a negative number of retries",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  retries: -1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:12",
        "nodes.a.retries must be a whole number from 0 to 100, but is -1",
        "Write a whole number from 0 to 100.",
      ],
    ],
  },
  {
    name: "a jitter of no such name",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  retries: {max: 2, jitter: some}\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:29",
        'nodes.a.retries.jitter must be one of full, none, but is "some"',
        'Did you mean "none"?',
      ],
    ],
  },
  {
    name: "a multiplier below one",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  retries: {max: 2, multiplier: 0.5}\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:33",
        "nodes.a.retries.multiplier must be a number from 1 to 100, but is 0.5",
        "Write a number from 1 to 100.",
      ],
    ],
  },
  {
    name: "nothing to run",
    files: { "config/nodes.yaml": "a:\n  output: x\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_NODE_CODE config/nodes.yaml:1:1",
        "nodes.a has nothing to run",
        "Give it exactly one of `function` and `sql`.",
      ],
    ],
  },
  {
    name: "a function and a query",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_NODE_CODE config/nodes.yaml:3:3",
        "nodes.a has both a function and sql",
        "Give it exactly one of `function` and `sql`.",
      ],
    ],
  },
  {
    name: "a pipeline without nodes",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  description: x\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_KEY config/pipelines.yaml:1:1",
        'pipelines.p needs "nodes"',
        "Add `nodes`: a list of node names.",
      ],
    ],
  },
  {
    name: "an empty pipeline",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/pipelines.yaml": "p:\n  nodes: []\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/pipelines.yaml:2:10",
        "pipelines.p.nodes must be a list of at least one node name, but is an empty list",
        "Write a list of at least one node name.",
      ],
    ],
  },
  {
    name: "a pipeline type of no such name",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  type: stream\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/pipelines.yaml:3:9",
        'pipelines.p.type must be one of batch, streaming, hybrid, but is "stream"',
        'Did you mean "streaming"?',
      ],
    ],
  },
  {
    name: "a section in two files",
    files: { "config.yaml": "nodes:\n  a: {sql: select 1}\n", "config/nodes.yaml": "a:\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_DUPLICATE_SECTION config/nodes.yaml:1:1",
        "nodes also stands in config.yaml:1",
        "Keep the section in one file.",
      ],
    ],
  },
  {
    name: "a name with a slash",
    files: { "config/nodes.yaml": "a/b:\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_NAME config/nodes.yaml:1:1",
        '"a/b" cannot be a name in nodes',
        "Use letters, digits, `_`, `-` and `.`, and begin with a letter, a digit or",
      ],
    ],
  },
  {
    name: "a name with a blank",
    files: { "config/nodes.yaml": "my node:\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_NAME config/nodes.yaml:1:1",
        '"my node" cannot be a name in nodes',
        "Use letters, digits, `_`, `-` and `.`, and begin with a letter, a digit or",
      ],
    ],
  },
  {
    name: "a breaker that breaks at nothing",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "execution:\n  circuit_breaker_threshold: 0\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:2:30",
        "global_settings.execution.circuit_breaker_threshold must be a whole number from 1 to 1000000, but is 0",
        "Write a whole number from 1 to 1000000.",
      ],
    ],
  },
  {
    name: "an address that is none of Spark's",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "spark:\n  remote: http://localhost:15002\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:2:11",
        'global_settings.spark.remote must be embedded or a URL "sc://host:port"',
        'Write embedded or a URL "sc://host:port".',
      ],
    ],
  },
  {
    name: "a webhook without an address",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "observe:\n  webhooks:\n    - on: failure\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_KEY config/global_settings.yaml:3:7",
        'global_settings.observe.webhooks[0] needs "url"',
        "Add `url`: a URL, http:// or https://.",
      ],
    ],
  },
  {
    name: "a trigger of two kinds",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  streaming:\n    trigger: {processing_time: 10s, continuous: 1s}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:4:14",
        "nodes.a.streaming.trigger must be a map of one of processing_time and continuous, but has both",
        "Write `{processing_time: 10s}` or `{continuous: 1s}`.",
      ],
    ],
  },
  {
    name: "several mistakes in several files",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  outptu: x\n",
      "config/global_settings.yaml": "max_parallel_nodes: 0\n",
      "config/datasets.yaml": "x:\n  mode: overwite\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:2:9",
        'datasets.x.mode must be one of overwrite, append, error, ignore, merge, replace_window, but is "overwite"',
        'Did you mean "overwrite"?',
      ],
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:1:21",
        "global_settings.max_parallel_nodes must be a whole number from 1 to 1024, but is 0",
        "Write a whole number from 1 to 1024.",
      ],
      [
        "CONFIG_UNKNOWN_KEY config/nodes.yaml:3:3",
        'unknown key "outptu" in nodes.a',
        'Did you mean "output"? Allowed: description, function, sql, input, output,',
      ],
    ],
  },
];
