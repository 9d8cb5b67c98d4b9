// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import type { Malformed } from "./malformed.ts";

export const parametersAndSecrets: readonly Malformed[] = [
  {
    name: "a variable that nobody set",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/${DATA_DIR}/x\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_VARIABLE config/datasets.yaml:2:15",
        "the variable DATA_DIR is not set",
        "Set DATA_DIR, or give a default: ${DATA_DIR:-value}.",
      ],
    ],
  },
  {
    name: "a variable with an empty name",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/${}/x\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_BAD_INTERPOLATION config/datasets.yaml:2:15",
        "${} is not a variable",
        "Write ${NAME} or ${NAME:-default}; a literal ${ is written $${.",
      ],
    ],
  },
  {
    name: "a variable that begins with a digit",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/${1X}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_BAD_INTERPOLATION config/datasets.yaml:2:15",
        "${1X} is not a variable",
        "Write ${NAME} or ${NAME:-default}; a literal ${ is written $${.",
      ],
    ],
  },
  {
    name: "a variable in a default",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/${A:-${B}}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_BAD_INTERPOLATION config/datasets.yaml:2:15",
        "${A:-${B} is not a variable",
        "Write ${NAME} or ${NAME:-default}; a literal ${ is written $${.",
      ],
    ],
  },
  {
    name: "a variable that is not closed",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/${A\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_BAD_INTERPOLATION config/datasets.yaml:2:15",
        "${A is not a variable",
        "Write ${NAME} or ${NAME:-default}; a literal ${ is written $${.",
      ],
    ],
  },
  {
    name: "a variable of the wrong type",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "max_parallel_nodes: ${WORKERS}\n",
    },
    env: { WORKERS: "many" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/global_settings.yaml:1:21",
        'global_settings.max_parallel_nodes must be a whole number from 1 to 1024, but is "${WORKERS}" (which is "many")',
        "Write a whole number from 1 to 1024.",
      ],
    ],
  },
  {
    name: "a variable that is empty",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "max_parallel_nodes: ${WORKERS}\n",
    },
    env: { WORKERS: "" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/global_settings.yaml:1:21",
        'global_settings.max_parallel_nodes must be a whole number from 1 to 1024, but is "${WORKERS}" (which is empty)',
        "Write a whole number from 1 to 1024.",
      ],
    ],
  },
  {
    name: "two variables that nobody set",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/${NOPE_A}/${NOPE_B}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_VARIABLE config/datasets.yaml:2:15",
        "the variable NOPE_A is not set",
        "Set NOPE_A, or give a default: ${NOPE_A:-value}.",
      ],
      [
        "CONFIG_MISSING_VARIABLE config/datasets.yaml:2:25",
        "the variable NOPE_B is not set",
        "Set NOPE_B, or give a default: ${NOPE_B:-value}.",
      ],
    ],
  },
  {
    name: "a parameter that nobody sets in a query",
    files: { "config/nodes.yaml": "a:\n  sql: select :limit\n  hyperparams: {limits: 1}\n" },
    exit: 3,
    errors: [
      [
        "VALIDATION_SQL_PARAMETER config/nodes.yaml:2:8",
        'node "a" uses :limit, which nothing sets',
        'Did you mean ":limits"? Known: :start_date, :end_date, :limits; others',
      ],
    ],
  },
  {
    name: "a parameter that nobody sets in a file",
    files: { "config/nodes.yaml": "a:\n  sql: a.sql\n", "a.sql": "select *\nfrom range(:rows)\n" },
    exit: 3,
    errors: [
      [
        "VALIDATION_SQL_PARAMETER a.sql:2:12",
        'node "a" uses :rows, which nothing sets',
        "Known: :start_date, :end_date; others come from `hyperparams`.",
      ],
    ],
  },
  {
    name: "a list for hyperparameters",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  hyperparams: [1]\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:16",
        "nodes.a.hyperparams must be a map of names and values, but is a list",
        "Write a map of names and values.",
      ],
    ],
  },
  {
    name: "a hyperparameter with too many digits",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  hyperparams: {id: 123456789012345678901}\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:21",
        "nodes.a.hyperparams.id must be a whole number of at most 15 digits, but is 123456789012345678901",
        "Quote it, to keep every digit as text.",
      ],
    ],
  },
  {
    name: "a secret in a variable that nobody set",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml":
        "x:\n  format: jdbc\n  options: {url: u, dbtable: t, password: secret:env:NOPE_DB}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_SECRET config/datasets.yaml:3:43",
        "the variable NOPE_DB of a secret is not set",
        "Set NOPE_DB where sparkwright runs.",
      ],
    ],
  },
  {
    name: "a secret in a variable that is empty",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/${secret:env:NOPE_DB}\n",
    },
    env: { NOPE_DB: "" },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_SECRET config/datasets.yaml:2:15",
        "the variable NOPE_DB of a secret is empty",
        "Set NOPE_DB where sparkwright runs.",
      ],
    ],
  },
  {
    name: "a secret in a file that is not there",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml":
        "x:\n  format: jdbc\n  options: {url: u, dbtable: t, password: secret:file:secrets/db}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_SECRET config/datasets.yaml:3:43",
        "the secret's file secrets/db does not exist",
        "Write the secret, and nothing else, into a file that this user may read.",
      ],
    ],
  },
  {
    name: "a secret in a file that is empty",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "secrets/db": "\n",
      "config/datasets.yaml":
        "x:\n  format: jdbc\n  options: {url: u, dbtable: t, password: secret:file:secrets/db}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_SECRET config/datasets.yaml:3:43",
        "the secret's file secrets/db is empty",
        "Write the secret, and nothing else, into a file that this user may read.",
      ],
    ],
  },
  {
    name: "a secret of no such kind",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml":
        "x:\n  format: jdbc\n  options: {url: u, dbtable: t, password: secret:vault:db}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_BAD_INTERPOLATION config/datasets.yaml:3:43",
        "secret:vault:db is not a secret",
        "Write `secret:env:NAME` or `secret:file:path`.",
      ],
    ],
  },
  {
    name: "a secret where a number belongs",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "max_parallel_nodes: ${secret:env:WORKERS}\n",
    },
    env: { WORKERS: "hunter2" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/global_settings.yaml:1:21",
        'global_settings.max_parallel_nodes must be a whole number from 1 to 1024, but is "${secret:env:WORKERS}"',
        "Write a whole number from 1 to 1024.",
      ],
    ],
  },
  {
    name: "a secret that is no word of a list",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "log_level: secret:env:LEVEL\n",
    },
    env: { LEVEL: "hunter2" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:1:12",
        'global_settings.log_level must be one of debug, info, warn, error, but is "secret:env:LEVEL"',
        "Use one of them.",
      ],
    ],
  },
  {
    name: "an environment that does not exist",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/environments/prod/global_settings.yaml": "log_level: warn\n",
    },
    environment: "prd",
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_ENVIRONMENT",
        'there is no environment "prd", which --env asks for',
        'Did you mean "prod"? Environments: prod.',
      ],
    ],
  },
  {
    name: "an environment where there is none",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n" },
    environment: "prod",
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_ENVIRONMENT",
        'there is no environment "prod"',
        "Create the folder config/environments/prod with the files that differ",
      ],
    ],
  },
  {
    name: "a mistake in an environment",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "log_level: info\n",
      "config/environments/prod/global_settings.yaml": "log_level: loud\n",
    },
    environment: "prod",
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/environments/prod/global_settings.yaml:1:12",
        'global_settings.log_level must be one of debug, info, warn, error, but is "loud"',
        "Use one of them.",
      ],
    ],
  },
  {
    name: "a variable of one environment only",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/datasets.yaml": "x:\n  path: /data/x\n",
      "config/environments/prod/datasets.yaml": "x:\n  path: /data/${NOPE_A}\n",
    },
    environment: "prod",
    exit: 2,
    errors: [
      [
        "CONFIG_MISSING_VARIABLE config/environments/prod/datasets.yaml:2:15",
        "the variable NOPE_A is not set",
        "Set NOPE_A, or give a default: ${NOPE_A:-value}.",
      ],
    ],
  },
  {
    name: "a token in a wrong address",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "spark: {remote: 'http://x;token=hunter2'}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:1:17",
        'global_settings.spark.remote must be embedded or a URL "sc://host:port"',
        'Write embedded or a URL "sc://host:port".',
      ],
    ],
  },
  {
    name: "an address of a webhook that is none",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "observe:\n  webhooks:\n    - url: hooks.example/T0/hunter2\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/global_settings.yaml:3:12",
        "global_settings.observe.webhooks[0].url must be a URL, http:// or https://",
        "Write a URL, http:// or https://.",
      ],
    ],
  },
  {
    name: "a misspelt key of ml_info",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/ml_info.yaml": "hyperparameter: {x: 1}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/ml_info.yaml:1:1",
        'unknown key "hyperparameter" in ml_info',
        'Did you mean "hyperparameters"? Allowed: mlops, hyperparameters, tags,',
      ],
    ],
  },
  {
    name: "hyperparams in ml_info",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n", "config/ml_info.yaml": "hyperparams: {x: 1}\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_UNKNOWN_KEY config/ml_info.yaml:1:1",
        'unknown key "hyperparams" in ml_info',
        'Did you mean "hyperparameters"? Allowed: mlops, hyperparameters, tags,',
      ],
    ],
  },
  {
    name: "a list for settings of Spark",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "spark:\n  conf: [a, b]\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/global_settings.yaml:2:9",
        "global_settings.spark.conf must be a map of names and values, but is a list",
        "Write a map of names and values.",
      ],
    ],
  },
];
