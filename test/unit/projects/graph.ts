import type { Malformed } from "./malformed.ts";

export const graph: readonly Malformed[] = [
  {
    name: "a node that waits for itself",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  dependencies: [a]\n" },
    exit: 5,
    errors: [
      [
        "GRAPH_SELF_DEPENDENCY config/nodes.yaml:3:18",
        'node "a" depends on itself',
        "Remove the dependency.",
      ],
    ],
  },
  {
    name: "a node that reads what it writes",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  input: x\n  output: x\n" },
    exit: 5,
    errors: [
      [
        "GRAPH_SELF_DEPENDENCY config/nodes.yaml:3:10",
        'node "a" depends on itself: it reads and writes "x"',
        "Write to another dataset, or read another one.",
      ],
    ],
  },
  {
    name: "two nodes that wait for each other",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  dependencies: [b]\nb:\n  sql: select 1\n  dependencies: [a]\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:3:18",
        "Circular dependency detected: a <-> b",
        'Remove one of these dependencies; here "a" waits for "b".',
      ],
    ],
  },
  {
    name: "a cycle of three",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  dependencies: [c]\nb:\n  sql: select 1\n  dependencies: [a]\nc:\n  sql: select 1\n  dependencies: [b]\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:3:18",
        "Circular dependency detected: a -> b -> c -> a",
        'Remove one of these dependencies; here "a" waits for "c".',
      ],
    ],
  },
  {
    name: "a cycle by datasets",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  input: y\n  output: x\nb:\n  sql: select 1\n  input: x\n  output: y\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:3:10",
        "Circular dependency detected: a <-> b",
        'Remove one of these dependencies; here "a" waits for "b" (by reading "y").',
      ],
    ],
  },
  {
    name: "a cycle by a dataset and a dependency",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  dependencies: b\n  output: x\nb:\n  sql: select 1\n  input: x\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:3:17",
        "Circular dependency detected: a <-> b",
        'Remove one of these dependencies; here "a" waits for "b".',
      ],
    ],
  },
  {
    name: "two cycles",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  dependencies: b\nb:\n  sql: select 1\n  dependencies: a\nc:\n  sql: select 1\n  dependencies: d\nd:\n  sql: select 1\n  dependencies: c\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:3:17",
        "Circular dependency detected: a <-> b",
        'Remove one of these dependencies; here "a" waits for "b".',
      ],
      [
        "GRAPH_CYCLE config/nodes.yaml:9:17",
        "Circular dependency detected: c <-> d",
        'Remove one of these dependencies; here "c" waits for "d".',
      ],
    ],
  },
  {
    name: "a long cycle",
    files: {
      "config/nodes.yaml":
        "n0:\n  sql: select 1\n  dependencies: n5\nn1:\n  sql: select 1\n  dependencies: n0\nn2:\n  sql: select 1\n  dependencies: n1\nn3:\n  sql: select 1\n  dependencies: n2\nn4:\n  sql: select 1\n  dependencies: n3\nn5:\n  sql: select 1\n  dependencies: n4\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:3:17",
        "Circular dependency detected: n0 -> n1 -> n2 -> n3 -> n4 -> n5 -> n0",
        'Remove one of these dependencies; here "n0" waits for "n5".',
      ],
    ],
  },
  {
    name: "a cycle behind a good node",
    files: {
      "config/nodes.yaml":
        "ok:\n  sql: select 1\na:\n  sql: select 1\n  dependencies: [ok, b]\nb:\n  sql: select 1\n  dependencies: [a]\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:5:22",
        "Circular dependency detected: a <-> b",
        'Remove one of these dependencies; here "a" waits for "b".',
      ],
    ],
  },
  {
    name: "a cycle in the map form of dependencies",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  dependencies:\n    b: {}\nb:\n  sql: select 1\n  dependencies: {a: {}}\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:4:5",
        "Circular dependency detected: a <-> b",
        'Remove one of these dependencies; here "a" waits for "b".',
      ],
    ],
  },
  {
    name: "two producers of a dataset",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\nb:\n  sql: select 1\n  output: x\n" },
    exit: 5,
    errors: [
      [
        "GRAPH_DUPLICATE_PRODUCER config/nodes.yaml:6:11",
        '"x" is written by "a" and "b"',
        "A dataset has one producer: rename one output, or unite the nodes.",
      ],
    ],
  },
  {
    name: "three producers of a dataset",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  output: x\nb:\n  sql: select 1\n  output: x\nc:\n  sql: select 1\n  output: x\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_DUPLICATE_PRODUCER config/nodes.yaml:6:11",
        '"x" is written by "a" and "b"',
        "A dataset has one producer: rename one output, or unite the nodes.",
      ],
      [
        "GRAPH_DUPLICATE_PRODUCER config/nodes.yaml:9:11",
        '"x" is written by "a" and "c"',
        "A dataset has one producer: rename one output, or unite the nodes.",
      ],
    ],
  },
  {
    name: "two producers among several outputs",
    files: {
      "config/nodes.yaml":
        "a:\n  function: etl.run\n  output: [w, x]\nb:\n  function: etl.run\n  output: [y, x]\n",
      "src/etl.ts": "export function run() {}\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_DUPLICATE_PRODUCER config/nodes.yaml:6:15",
        '"x" is written by "a" and "b"',
        "A dataset has one producer: rename one output, or unite the nodes.",
      ],
    ],
  },
  {
    name: "a table read under one name and written under another",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\nb:\n  sql: select 1\n  input: y\n",
      "config/datasets.yaml": "x: {table: t}\ny: {table: T}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_SAME_PLACE config/datasets.yaml:2:12",
        'the datasets "x" and "y" are the same table, and this pipeline writes it',
        'Declare it once and use the name "x" for it everywhere.',
      ],
    ],
  },
  {
    name: "two tables of one name",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\nb:\n  sql: select 1\n  output: y\n",
      "config/datasets.yaml": "x: {table: t}\ny: {table: t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_SAME_PLACE config/datasets.yaml:2:12",
        'the datasets "x" and "y" are the same table, and this pipeline writes it',
        'Declare it once and use the name "x" for it everywhere.',
      ],
    ],
  },
  {
    name: "one table under the three names that Spark completes to one",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  output: x\nb:\n  sql: select 1\n  output: y\nc:\n  sql: select 1\n  output: T\n",
      "config/datasets.yaml": "x: {table: spark_catalog.default.t}\ny: {table: default.t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_SAME_PLACE config/datasets.yaml:2:12",
        'the datasets "x" and "y" are the same table, and this pipeline writes it',
        'Declare it once and use the name "x" for it everywhere.',
      ],
      [
        "VALIDATION_SAME_PLACE config/nodes.yaml:9:11",
        'the datasets "x" and "T" are the same table, and this pipeline writes it',
        'Declare it once and use the name "x" for it everywhere.',
      ],
    ],
  },
  {
    name: "two datasets of one path",
    files: {
      "config/nodes.yaml": "a:\n  sql: select 1\n  output: x\nb:\n  sql: select 1\n  output: y\n",
      "config/datasets.yaml": "x: {path: data/t}\ny: {path: data/../data/t}\n",
    },
    exit: 3,
    errors: [
      [
        "VALIDATION_SAME_PLACE config/datasets.yaml:2:11",
        'the datasets "x" and "y" are the same path, and this pipeline writes it',
        'Declare it once and use the name "x" for it everywhere.',
      ],
    ],
  },
  {
    name: "an output twice",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n  output: [x, x]\n",
      "src/etl.ts": "export function run() {}\n",
    },
    exit: 2,
    errors: [
      [
        "CONFIG_INVALID_VALUE config/nodes.yaml:3:15",
        'nodes.a.output[1] must be different from the others, but is "x" again',
        "Remove the repetition.",
      ],
    ],
  },
  {
    name: "a cycle and a missing node",
    files: {
      "config/nodes.yaml":
        "a:\n  sql: select 1\n  dependencies: [b, nope]\nb:\n  sql: select 1\n  dependencies: [a]\n",
    },
    exit: 5,
    errors: [
      [
        "GRAPH_CYCLE config/nodes.yaml:3:18",
        "Circular dependency detected: a <-> b",
        'Remove one of these dependencies; here "a" waits for "b".',
      ],
      [
        "GRAPH_MISSING_NODE config/nodes.yaml:3:21",
        'node "a" depends on "nope", which does not exist',
        'Define "nope" under nodes, or remove it here.',
      ],
    ],
  },
  {
    name: "a query with two outputs",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  output: [x, y]\n" },
    exit: 3,
    errors: [
      [
        "VALIDATION_SQL_OUTPUTS config/nodes.yaml:3:15",
        'node "a" is one query with 2 outputs',
        "Give it one output, or write it as a function that returns several",
      ],
    ],
  },
];
