// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import type { Malformed } from "./malformed.ts";

export const datesAndWindows: readonly Malformed[] = [
  {
    name: "30 February",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: 2001-02-30\nend_date: 2001-03-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/global_settings.yaml:1:13",
        'global_settings.start_date must be a calendar day, YYYY-MM-DD, but is "2001-02-30"',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "29 February of no leap year",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  start_date: 2023-02-29\n  end_date: 2023-03-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/pipelines.yaml:3:15",
        'pipelines.p.start_date must be a calendar day, YYYY-MM-DD, but is "2023-02-29"',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "month 13",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: 2001-13-01\nend_date: 2001-12-31\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/global_settings.yaml:1:13",
        'global_settings.start_date must be a calendar day, YYYY-MM-DD, but is "2001-13-01"',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "another order of days",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: 31/01/2001\nend_date: 2001-03-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/global_settings.yaml:1:13",
        'global_settings.start_date must be a calendar day, YYYY-MM-DD, but is "31/01/2001"',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "a day without zeros",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: 2001-1-1\nend_date: 2001-03-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/global_settings.yaml:1:13",
        'global_settings.start_date must be a calendar day, YYYY-MM-DD, but is "2001-1-1"',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "a time of day",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: 2001-01-01T00:00:00Z\nend_date: 2001-03-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/global_settings.yaml:1:13",
        'global_settings.start_date must be a calendar day, YYYY-MM-DD, but is "2001-01-01T00:00:00Z"',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "a word for a day",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: yesterday\nend_date: 2001-03-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/global_settings.yaml:1:13",
        'global_settings.start_date must be a calendar day, YYYY-MM-DD, but is "yesterday"',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "a number for a day",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: 20010101\nend_date: 2001-03-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/global_settings.yaml:1:13",
        "global_settings.start_date must be a calendar day, YYYY-MM-DD, but is 20010101",
        "Write a calendar day, YYYY-MM-DD.",
      ],
    ],
  },
  {
    name: "a start after its end",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: 2001-02-01\nend_date: 2001-01-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_WINDOW config/global_settings.yaml:1:13",
        "global_settings: start_date 2001-02-01 is after end_date 2001-01-01",
        "Exchange them; both days are included.",
      ],
    ],
  },
  {
    name: "a pipeline's start after its end",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  start_date: 2001-02-01\n  end_date: 2001-01-01\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_WINDOW config/pipelines.yaml:3:15",
        "pipelines.p: start_date 2001-02-01 is after end_date 2001-01-01",
        "Exchange them; both days are included.",
      ],
    ],
  },
  {
    name: "a pipeline's start after the settings' end",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "end_date: 2001-01-01\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  start_date: 2001-02-01\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_INVALID_WINDOW config/pipelines.yaml:1:1",
        'the window of "p" starts on 2001-02-01, after its end on 2001-01-01',
        "Let it start on or before its last day; each end comes from the options,",
      ],
    ],
  },
  {
    name: "a start without an end",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  start_date: 2001-02-01\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_INCOMPLETE_WINDOW config/pipelines.yaml:1:1",
        'the window of "p" has a start date and no end date',
        "Give --end-date, or end_date of the pipeline or in global_settings.",
      ],
    ],
  },
  {
    name: "an end without a start",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/pipelines.yaml": "p:\n  nodes: [a]\n  end_date: 2001-02-01\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_INCOMPLETE_WINDOW config/pipelines.yaml:1:1",
        'the window of "p" has an end date and no start date',
        "Give --start-date, or start_date of the pipeline or in global_settings.",
      ],
    ],
  },
  {
    name: "a replaced window without a window",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  window_column: day\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_MISSING_WINDOW config/nodes.yaml:3:11",
        'node "a" replaces a window of "x", but the run has no window',
        "Give --start-date and --end-date, or start_date and end_date of pipeline",
      ],
    ],
  },
  {
    name: "a read window without a window",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n  input: x\n",
      "config/datasets.yaml": "x:\n  path: data/x\n  window_column: day\n",
      "src/etl.ts": "export function run() {}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_MISSING_WINDOW config/nodes.yaml:3:10",
        'node "a" reads a window of "x", but the run has no window',
        "Give --start-date and --end-date, or start_date and end_date of pipeline",
      ],
    ],
  },
  {
    name: "a query with a window and a run without",
    files: { "config/nodes.yaml": "a:\n  sql: select :start_date\n" },
    exit: 3,
    errors: [
      [
        "VALIDATION_MISSING_WINDOW config/nodes.yaml:2:8",
        'node "a" uses :start_date, but the run has no window',
        "Give --start-date and --end-date, or start_date and end_date of pipeline",
      ],
    ],
  },
  {
    name: "a query that forgets the window",
    files: {
      "config/nodes.yaml": "a:\n  sql: select * from x\n  input: x\n",
      "config/datasets.yaml": "x: {window_column: day}\n",
      "config/global_settings.yaml": "start_date: 2001-01-01\nend_date: 2001-01-31\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_WINDOW_NOT_BOUND config/nodes.yaml:3:10",
        'node "a" would read all of "x", for its SQL uses neither :start_date nor :end_date',
        "Add `WHERE day >= :start_date AND day < date_add(:end_date, 1)`, or say",
      ],
    ],
  },
  {
    name: "replace_window without its column",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\n",
      "config/datasets.yaml": "x:\n  mode: replace_window\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_DATASET config/datasets.yaml:2:3",
        "datasets.x replaces its window but has no window_column",
        "Name the DATE column with `window_column`.",
      ],
    ],
  },
  {
    name: "a misspelt window of an input",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  input: {dataset: x, window: al}\n",
      "config/datasets.yaml": "x:\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:31",
        'nodes.a.input.window must be one of run, all, but is "al"',
        'Did you mean "all"?',
      ],
    ],
  },
  {
    name: "an unbounded timeout",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  timeout: 400d\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:12",
        'nodes.a.timeout must be a duration such as 30s, 10m or 1h30m, above zero and at most 24d, but is "400d"',
        "Write a duration such as 30s, 10m or 1h30m, above zero and at most 24d.",
      ],
    ],
  },
  {
    name: "a date in a variable",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n",
      "config/global_settings.yaml": "start_date: ${DAY}\nend_date: 2001-03-01\n",
    },
    env: { DAY: "tomorrow" },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_DATE config/global_settings.yaml:1:13",
        'global_settings.start_date must be a calendar day, YYYY-MM-DD, but is "${DAY}" (which is "tomorrow")',
        "Write a calendar day that exists, YYYY-MM-DD.",
      ],
    ],
  },
];
