// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import type { Malformed } from "./malformed.ts";

/** Each line holds nine times the line above it. */
const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]", ..."bcdefghi"]
  .map((name, index, all) =>
    index === 0
      ? name
      : `${name}: &${name} [${Array(9)
          .fill(`*${all[index - 1]?.[0]}`)
          .join(",")}]`,
  )
  .join("\n");

export const yaml: readonly Malformed[] = [
  {
    name: "a tab for indentation",
    files: { "config/nodes.yaml": "a:\n\tsql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:2:1",
        "Tabs are not allowed as indentation",
        "Indent with spaces; YAML forbids tabs there.",
      ],
    ],
  },
  {
    name: "a tab deeper down",
    files: { "config/nodes.yaml": "a:\n  hyperparams:\n  \tlimit: 1\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:3:3",
        "Tabs are not allowed as indentation",
        "Indent with spaces; YAML forbids tabs there.",
      ],
    ],
  },
  {
    name: "a key twice",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_DUPLICATE_KEY config/nodes.yaml:3:3",
        '"sql" is written twice; the first is on line 2',
        "Keep one of them.",
      ],
    ],
  },
  {
    name: "a node twice",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\nb:\n  sql: select 1\na:\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_DUPLICATE_KEY config/nodes.yaml:5:1",
        '"a" is written twice; the first is on line 1',
        "Keep one of them.",
      ],
    ],
  },
  {
    name: "keys that do not line up",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n tags: x\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:3:1",
        "All mapping items must start at the same column",
        "Line this up with its neighbours, or close the bracket opened above.",
      ],
    ],
  },
  {
    name: "a quote that is never closed",
    files: { "config/nodes.yaml": 'a:\n  sql: "select 1\n' },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:2:8",
        'the text opened with " is never closed',
        "Add what is missing: a closing quote or bracket, or the colon and blank",
      ],
    ],
  },
  {
    name: "a bracket that is never closed",
    files: { "config/nodes.yaml": "a:\n  input: [x, y\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:3:3",
        "Flow sequence in block collection must be sufficiently indented and end with a ]",
        "Line this up with its neighbours, or close the bracket opened above.",
      ],
    ],
  },
  {
    name: "a colon in plain text",
    files: { "config/nodes.yaml": "a:\n  description: etl: the first step\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:2:16",
        "Nested mappings are not allowed in compact mappings",
        "Quote the text when the colon belongs to it; else put the nested map on a",
      ],
    ],
  },
  {
    name: "a key without a colon",
    files: { "config/nodes.yaml": "a:\n  sql select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_WRONG_TYPE config/nodes.yaml:2:3",
        'nodes.a must be a map with a function or sql, but is "sql select 1"',
        "Write a map with a function or sql.",
      ],
    ],
  },
  {
    name: "a value without a blank after the colon",
    files: { "config/nodes.yaml": "a:\n  sql:select 1\n  tags: x\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:2:3",
        "Implicit keys need to be on a single line",
        "Write the key, a colon and a blank on one line: `key: value`.",
      ],
    ],
  },
  {
    name: "an @ that begins a value",
    files: { "config/nodes.yaml": "a:\n  function: @etl.run\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:2:13",
        "Plain value cannot start with reserved character @",
        "Quote the text.",
      ],
    ],
  },
  {
    name: "a percent sign that begins a value",
    files: { "config/nodes.yaml": "a:\n  description: %50\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:2:16",
        "Plain value cannot start with directive indicator character %",
        "Quote the text.",
      ],
    ],
  },
  {
    name: "two documents",
    files: { "config/nodes.yaml": "a:\n  sql: select 1\n---\nb:\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:3:1",
        "Source contains multiple documents",
        "Remove the `---` line; a file holds one document.",
      ],
    ],
  },
  {
    name: "a Python tag",
    files: { "config/nodes.yaml": "a: !!python/object:etl.Node\n  sql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:1:4",
        "Unresolved tag: tag:yaml.org,2002:python/object:etl.Node",
        "Remove the tag; only plain YAML is read.",
      ],
    ],
  },
  {
    name: "an alias of nothing",
    files: { "config/nodes.yaml": "a:\n  sql: *query\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_ALIAS config/nodes.yaml:2:8",
        'the anchor "query" is not defined above',
        "Define it above with `&query`, or quote the text when it only begins with",
      ],
    ],
  },
  {
    name: "an anchor inside itself",
    files: { "config/nodes.yaml": "a: &x\n  hyperparams: {y: *x}\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_ALIAS config/nodes.yaml:2:20",
        'the anchor "x" contains itself',
        "Remove the alias, or move what is shared into an anchor of its own.",
      ],
    ],
  },
  {
    name: "a bomb of anchors",
    files: { "config/nodes.yaml": bomb },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_ALIAS config/nodes.yaml:6:8",
        "the aliases expand to too many values",
        "Write fewer of them.",
      ],
    ],
  },
  {
    name: "brackets without end",
    files: { "config/nodes.yaml": `a: ${"[".repeat(5_000)}` },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_DEPTH config/nodes.yaml:1:1",
        "the YAML is nested too deeply to be read",
        "Close brackets that were left open, or flatten it.",
      ],
    ],
  },
  {
    name: "a UTF-16 file",
    files: { "config/nodes.yaml": Buffer.from("\ufeffa:\n  sql: select 1\n", "utf16le") },
    exit: 2,
    errors: [
      [
        "CONFIG_FILE_ENCODING config/nodes.yaml:1:1",
        "config/nodes.yaml is not UTF-8 text",
        "Save the file as UTF-8.",
      ],
    ],
  },
  {
    name: "a Latin-1 file",
    files: { "config/nodes.yaml": Buffer.from("a:\n  description: café\n  sql: select 1\n", "latin1") },
    exit: 2,
    errors: [
      [
        "CONFIG_FILE_ENCODING config/nodes.yaml:2:19",
        "config/nodes.yaml is not UTF-8 text",
        "Save the file as UTF-8.",
      ],
    ],
  },
  {
    name: "an empty file",
    files: { "config/nodes.yaml": "# nothing yet\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_FILE_EMPTY config/nodes.yaml:1:1",
        "config/nodes.yaml is empty",
        "Write the nodes, or remove the file.",
      ],
    ],
  },
  {
    name: "a merge of no map",
    files: { "config/nodes.yaml": "x: &x 1\na:\n  <<: *x\n  sql: select 1\n" },
    exit: 2,
    errors: [
      ["CONFIG_YAML_ALIAS config/nodes.yaml:3:3", "`<<` merges maps only", "Name the anchor of a map."],
    ],
  },
  {
    name: "a map as a key",
    files: { "config/nodes.yaml": "? {a: 1}\n: {sql: select 1}\n" },
    exit: 2,
    errors: [
      ["CONFIG_YAML_KEY config/nodes.yaml:1:3", "a key must be plain text", "Write a name before the colon."],
    ],
  },
  {
    name: "__proto__ as a key",
    files: { "config/nodes.yaml": "__proto__:\n  sql: select 1\n" },
    exit: 2,
    errors: [
      ["CONFIG_YAML_KEY config/nodes.yaml:1:1", '"__proto__" cannot be a key', "Choose another name."],
    ],
  },
  {
    name: "JSON with a trailing brace",
    files: { "config/nodes.yaml": '{"a": {"sql": "select 1"}}}\n' },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:1:27",
        'Unexpected flow-map-end token in YAML stream: "}"',
        "Check the indentation of this line, and quote text that holds { } [ ] : or",
      ],
    ],
  },
  {
    name: "a byte order mark and then a tab",
    files: { "config/nodes.yaml": "﻿a:\n\tsql: select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:2:1",
        "Tabs are not allowed as indentation",
        "Indent with spaces; YAML forbids tabs there.",
      ],
    ],
  },
  {
    name: "Windows line ends and bad indentation",
    files: { "config/nodes.yaml": "a:\r\n  sql: select 1\r\n tags: x\r\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:3:1",
        "All mapping items must start at the same column",
        "Line this up with its neighbours, or close the bracket opened above.",
      ],
    ],
  },
  {
    name: "a block text that is not indented",
    files: { "config/nodes.yaml": "a:\n  sql: |\n  select 1\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_YAML_SYNTAX config/nodes.yaml:3:3",
        "Implicit map keys need to be followed by map values",
        "Add what is missing: a closing quote or bracket, or the colon and blank",
      ],
    ],
  },
  {
    name: "a folder instead of a file",
    files: { "config/nodes.yaml/x.txt": "", "config/global_settings.yaml": "log_level: info\n" },
    exit: 2,
    errors: [
      [
        "CONFIG_FILE_UNREADABLE config/nodes.yaml:1:1",
        "config/nodes.yaml cannot be read: it is a folder",
        "Make it a file that this user may read.",
      ],
    ],
  },
];
