import type { Malformed } from "./malformed.ts";

export const datasetsAndFormats: readonly Malformed[] = [
  {
    name: "an unknown format",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  format: parket\n  path: data/x\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_FORMAT config/datasets.yaml:2:11",
        'dataset "x": there is no format "parket"',
        'Did you mean "parquet"? Formats: delta, parquet, orc',
      ],
    ],
  },
  {
    name: "a format that resembles nothing",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  format: iceberg\n  path: data/x\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_FORMAT config/datasets.yaml:2:11",
        'dataset "x": there is no format "iceberg"',
        "Formats: delta, parquet, orc",
      ],
    ],
  },
  {
    name: "an unknown default format",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/global_settings.yaml": "default_format: dleta\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_FORMAT config/global_settings.yaml:1:17",
        'dataset "x": there is no format "dleta"',
        'Did you mean "delta"? Formats: delta, parquet, orc',
      ],
    ],
  },
  {
    name: "merge without keys",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  mode: merge\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:2:3",
        "datasets.x is merged but has no merge_keys",
        "Name the columns that identify a row with `merge_keys`.",
      ],
    ],
  },
  {
    name: "keys without merge",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  merge_keys: id\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:2:3",
        "datasets.x has merge_keys but is not merged",
        "Add `mode: merge` or remove them.",
      ],
    ],
  },
  {
    name: "merge into parquet",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  format: parquet\n  path: data/x\n  mode: merge\n  merge_keys: id\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FORMAT_MODE config/datasets.yaml:4:9",
        'dataset "x": parquet does not support mode merge',
        "Use `format: delta`, or one of the modes overwrite, append, error, ignore.",
      ],
    ],
  },
  {
    name: "a replaced window of csv",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  format: csv\n  path: data/x\n  window_column: day\n",
      "config/global_settings.yaml": "start_date: 2001-01-01\nend_date: 2001-01-31\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FORMAT_MODE config/datasets.yaml:4:18",
        'dataset "x": csv does not support mode replace_window',
        "Use `format: delta`, or one of the modes overwrite, append, error, ignore.",
      ],
    ],
  },
  {
    name: "kafka overwritten",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml":
        "x:\n  format: kafka\n  mode: overwrite\n  options: {kafka.bootstrap.servers: 'h:1', topic: t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FORMAT_MODE config/datasets.yaml:3:9",
        'dataset "x": kafka does not support mode overwrite',
        "Use mode append.",
      ],
    ],
  },
  {
    name: "kafka partitioned",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml":
        "x:\n  format: kafka\n  mode: append\n  partition_by: day\n  options: {kafka.bootstrap.servers: 'h:1', topic: t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FORMAT_MODE config/datasets.yaml:4:17",
        'dataset "x": kafka cannot be partitioned',
        "Remove partition_by.",
      ],
    ],
  },
  {
    name: "kafka merged",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml":
        "x:\n  format: kafka\n  mode: merge\n  merge_keys: key\n  options: {kafka.bootstrap.servers: 'h:1', topic: t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FORMAT_MODE config/datasets.yaml:3:9",
        'dataset "x": kafka does not support mode merge',
        "Use mode append.",
      ],
    ],
  },
  {
    name: "kafka without servers",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  format: kafka\n  mode: append\n  options: {topic: t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FORMAT_OPTIONS config/datasets.yaml:4:12",
        'dataset "x": kafka needs the option kafka.bootstrap.servers',
        "Write it as host:9092,host:9092.",
      ],
    ],
  },
  {
    name: "jdbc without a table",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  format: jdbc\n  mode: append\n  options: {url: 'jdbc:x:'}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_FORMAT_OPTIONS config/datasets.yaml:4:12",
        'dataset "x": jdbc needs dbtable or query',
        "Name the table with dbtable, or write a SQL query.",
      ],
    ],
  },
  {
    name: "a stream from jdbc",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  input: x\n  streaming: {}\n",
      "config/datasets.yaml": "x:\n  format: jdbc\n  options: {url: 'jdbc:x', dbtable: t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_NOT_STREAMABLE config/nodes.yaml:3:10",
        'node "a" reads "x" as a stream, which jdbc cannot',
        "Choose a format that streams, such as delta or kafka, or remove",
      ],
    ],
  },
  {
    name: "a check on a column that the schema lacks",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  schema: {id: bigint}\n  checks:\n    - not_null: [idd]\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_COLUMN config/datasets.yaml:4:7",
        'dataset "x": `checks` names the column "idd", which its schema does not have',
        'Did you mean "id"? Columns: id.',
      ],
    ],
  },
  {
    name: "a partition column that the schema lacks",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  partition_by: dya\n  schema: {id: bigint, day: date}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_COLUMN config/datasets.yaml:2:17",
        'dataset "x": `partition_by` names the column "dya", which its schema does not have',
        'Did you mean "day"? Columns: id, day.',
      ],
    ],
  },
  {
    name: "a partition column that holds more than one value",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml":
        "x:\n  partition_by: [day, tags]\n  schema: {id: bigint, day: date, tags: array<string>}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_PARTITIONING config/datasets.yaml:2:17",
        "dataset \"x\": column 'tags' of partition_by is array<string>, and only single values can be names of folders",
        "Partition by a column with single values",
      ],
    ],
  },
  {
    name: "a partition column in a struct",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml":
        'x:\n  partition_by: at.city\n  schema: {id: bigint, at: "struct<city: string>"}\n',
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_COLUMN config/datasets.yaml:2:17",
        'dataset "x": `partition_by` names the column "at.city", which its schema does not have',
        "Columns: id, at.",
      ],
    ],
  },
  {
    name: "all columns as partitions",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  partition_by: [day, id]\n  schema: {id: bigint, day: date}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_PARTITIONING config/datasets.yaml:2:17",
        'dataset "x": partition_by names every column (day, id), so that nothing is left for the files',
        "Leave at least one column out of partition_by.",
      ],
    ],
  },
  {
    name: "a window column that is a number",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/global_settings.yaml": "start_date: 2001-01-01\nend_date: 2001-01-02\n",
      "config/datasets.yaml": "x:\n  window_column: day\n  schema: {id: bigint, day: int}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_WINDOW_COLUMN config/datasets.yaml:2:18",
        "dataset \"x\": its window_column 'day' is int, but mode replace_window needs a DATE or a TIMESTAMP",
        "Return it as one, for example with to_date(`day`), or use another `mode`.",
      ],
    ],
  },
  {
    name: "merge keys that the schema lacks",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  mode: merge\n  merge_keys: idd\n  schema: {id: bigint}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_UNKNOWN_COLUMN config/datasets.yaml:3:15",
        'dataset "x": `merge_keys` names the column "idd", which its schema does not have',
        'Did you mean "id"? Columns: id.',
      ],
    ],
  },
  {
    name: "kafka without options",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  format: kafka\n  mode: append\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:2:3",
        "datasets.x is found by its options, as kafka is, but has none",
        "Write them below `options`: kafka.bootstrap.servers, and subscribe or",
      ],
    ],
  },
  {
    name: "jdbc without options",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  input: x\n",
      "config/datasets.yaml": "x:\n  format: jdbc\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:2:3",
        "datasets.x is found by its options, as jdbc is, but has none",
        "Write them below `options`: url and dbtable, or what the format wants.",
      ],
    ],
  },
  {
    name: "a table and a path",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  table: x\n  path: data/x\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:3:3",
        "datasets.x has both a table and a path",
        "Keep the one where the data is.",
      ],
    ],
  },
  {
    name: "a misspelt mode",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/datasets.yaml": "x:\n  mode: overwite\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:2:9",
        'datasets.x.mode must be one of overwrite, append, error, ignore, merge, replace_window, but is "overwite"',
        'Did you mean "overwrite"?',
      ],
    ],
  },
  {
    name: "a mode of another system",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/datasets.yaml": "x:\n  mode: upsert\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:2:9",
        'datasets.x.mode must be one of overwrite, append, error, ignore, merge, replace_window, but is "upsert"',
        'Did you mean "merge"?',
      ],
    ],
  },
  {
    name: "a name that is no table's",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  output: my-table\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_NAME config/nodes.yaml:3:11",
        '"my-table" cannot be a table\'s name',
        "Declare it in datasets.yaml with a `table` or `path`, or use letters,",
      ],
    ],
  },
  {
    name: "a dataset with such a name and no place",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "my-table:\n  format: delta\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:1:1",
        "datasets.my-table has no table, and its own name cannot be one",
        "Add a `table` or a `path`.",
      ],
    ],
  },
  {
    name: "a list for options",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  options: [header]\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/datasets.yaml:2:12",
        "datasets.x.options must be a map of names and values, but is a list",
        "Write a map of names and values.",
      ],
    ],
  },
  {
    name: "a column twice in the schema",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  schema: {id: bigint, ID: int}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:2:28",
        'datasets.x.schema.ID must be a column of its own, but "ID" is there twice',
        "Remove the repetition; Spark does not tell upper from lower case.",
      ],
    ],
  },
  {
    name: "a column without a type",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  schema: [{name: id}]\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_KEY config/datasets.yaml:2:12",
        'datasets.x.schema[0] needs "type"',
        "Add `type`: a type such as bigint.",
      ],
    ],
  },
  {
    name: "a schema of no columns",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/datasets.yaml": "x:\n  schema: []\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:2:11",
        "datasets.x.schema must be a list of at least one column, but is an empty list",
        "Write a list of at least one column.",
      ],
    ],
  },
  {
    name: "a misspelt rule",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  checks:\n    - notnull: [id]\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/datasets.yaml:3:7",
        'unknown key "notnull" in datasets.x.checks[0]',
        'Did you mean "not_null"? Allowed: not_null, unique, accepted_values,',
      ],
    ],
  },
  {
    name: "two rules in one item",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  checks:\n    - not_null: [id]\n      unique: [id]\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:3:7",
        "datasets.x.checks[0] must be a map of one rule: not_null, unique, accepted_values, range, row_count, expression, but has not_null and unique",
        "Write each rule as an item of its own: `- not_null: [id]`.",
      ],
    ],
  },
  {
    name: "a range upside down",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  checks:\n    - range: {column: n, min: 5, max: 1}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:3:14",
        "datasets.x.checks[0].range must be a range, but min 5 is above max 1",
        "Exchange them.",
      ],
    ],
  },
  {
    name: "a severity of no such name",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  checks:\n    - not_null: [id]\n      severity: fatal\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:4:17",
        'datasets.x.checks[0].severity must be one of error, warn, but is "fatal"',
        'Did you mean "error"?',
      ],
    ],
  },
  {
    name: "two checks of one name",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml":
        "x:\n  checks:\n    - {name: k, not_null: [id]}\n    - {name: k, unique: [id]}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:4:14",
        'datasets.x.checks[1].name must be different from the other names, but is "k" again',
        "Rename one of them.",
      ],
    ],
  },
  {
    name: "a schema evolution of no such name",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  schema_evolution: merge\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:2:21",
        'datasets.x.schema_evolution must be one of none, add, any, but is "merge"',
        "Use one of them.",
      ],
    ],
  },
  {
    name: "a timestamp column without keys",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  timestamp_column: at\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:2:3",
        "datasets.x has a timestamp_column but no entity_keys",
        "Name the columns that identify an entity with `entity_keys`.",
      ],
    ],
  },
  {
    name: "a partition column twice",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  partition_by: [day, day]\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/datasets.yaml:2:23",
        'datasets.x.partition_by[1] must be different from the others, but is "day" again',
        "Remove the repetition.",
      ],
    ],
  },
  {
    name: "a batch node in a streaming pipeline",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  type: streaming\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_PIPELINE_TYPE config/nodes.yaml:1:1",
        'node "a" is no stream, but pipeline "p" is of type streaming',
        "Set `type: hybrid` for the pipeline, or add `streaming: {}` to the node.",
      ],
    ],
  },
  {
    name: "a streaming node in a batch pipeline",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  streaming: {}\n  output: x\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  type: batch\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_PIPELINE_TYPE config/nodes.yaml:3:3",
        'node "a" is a stream, but pipeline "p" is of type batch',
        "Set `type: hybrid` or `type: streaming` for the pipeline, or remove",
      ],
    ],
  },
];
