import type { Malformed } from "./malformed.ts";

export const code: readonly Malformed[] = [
  {
    name: "a module that is not there",
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
    name: "an export that is not there",
    files: { "config/nodes.yaml": "a:\n  function: etl.rum\n", "src/etl.ts": "export function run() {}\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_MISSING_EXPORT src/etl.ts:1:1",
        '"etl.rum": src/etl.ts exports no `rum`',
        'Did you mean "run"?',
      ],
    ],
  },
  {
    name: "a module that exports nothing",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n", "src/etl.ts": "function run() {}\nrun();\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_MISSING_EXPORT src/etl.ts:1:1",
        '"etl.run": src/etl.ts exports no `run`',
        "Export it by its name: `export function run(…inputs, ctx) { … }`.",
      ],
    ],
  },
  {
    name: "an export that is no function",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n", "src/etl.ts": "export const run = 7;\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_NOT_A_FUNCTION src/etl.ts:1:1",
        '"etl.run": `run` of src/etl.ts is of type number',
        "Export a function: export async function run(…inputs, ctx) { … }",
      ],
    ],
  },
  {
    name: "a class for a function",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n", "src/etl.ts": "export class run {}\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_NOT_A_FUNCTION src/etl.ts:1:1",
        '"etl.run": `run` of src/etl.ts is a class',
        "Export a function: export async function run(…inputs, ctx) { … }",
      ],
    ],
  },
  {
    name: "a TypeScript enum",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": "export enum Color { Red }\nexport function run() {}\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_UNSUPPORTED_SYNTAX src/etl.ts:1:8",
        '"etl.run": a TypeScript enum cannot be run without a build',
        "Use what disappears when the types are removed: an object `as const` for",
      ],
    ],
  },
  {
    name: "a TypeScript namespace",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": "namespace A { export const b = 1; }\nexport function run() {}\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_UNSUPPORTED_SYNTAX src/etl.ts:1:1",
        '"etl.run": a TypeScript namespace declaration cannot be run without a build',
        "Use what disappears when the types are removed: an object `as const` for",
      ],
    ],
  },
  {
    name: "a parameter property",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": "export class A {\n  constructor(readonly b: number) {}\n}\nexport function run() {}\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_UNSUPPORTED_SYNTAX src/etl.ts:2:24",
        '"etl.run": a TypeScript parameter property cannot be run without a build',
        "Use what disappears when the types are removed: an object `as const` for",
      ],
    ],
  },
  {
    name: "a syntax error in TypeScript",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n", "src/etl.ts": "export function run( {}\n" },
    exit: 6,
    errors: [
      ["IMPORT_SYNTAX src/etl.ts:1:1", "\"etl.run\": Expected ',', got '<eof>'", "Correct the code there."],
    ],
  },
  {
    name: "a syntax error in JavaScript",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.js": "export function run() {\n  return 1 +;\n}\n",
    },
    exit: 6,
    errors: [
      ["IMPORT_SYNTAX src/etl.js:2:13", "\"etl.run\": Unexpected token ';'", "Correct the code there."],
    ],
  },
  {
    name: "an import without its extension",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": 'import { x } from "./x";\nexport const run = () => x;\n',
      "src/x.ts": "export const x = 1;\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_UNRESOLVED src/etl.ts:1:19",
        '"etl.run": src/etl.ts imports "./x", which cannot be found',
        'Write the file\'s extension: "./x.ts".',
      ],
    ],
  },
  {
    name: "an import of a file that is not there",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": '\nimport { x } from "./x.ts";\nexport const run = () => x;\n',
    },
    exit: 6,
    errors: [
      [
        "IMPORT_UNRESOLVED src/etl.ts:2:19",
        '"etl.run": src/etl.ts imports "./x.ts", which cannot be found',
        "Create the file, or correct its name.",
      ],
    ],
  },
  {
    name: "an import of a name that is not exported",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": 'import { y } from "./x.ts";\nexport const run = () => y;\n',
      "src/x.ts": "export const x = 1;\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_SYNTAX src/etl.ts:1:10",
        "\"etl.run\": The requested module './x.ts' does not provide an export named 'y'",
        "Export `y` there; when it is a type, import it with `import type`.",
      ],
    ],
  },
  {
    name: "a package that is not allowed",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": 'import leftPad from "left-pad";\nexport const run = () => leftPad;\n',
    },
    exit: 6,
    errors: [
      [
        "IMPORT_PACKAGE_NOT_ALLOWED src/etl.ts:1:21",
        'src/etl.ts imports "left-pad", a package that the project does not allow',
        'If you trust the package as a whole, add "left-pad" to',
      ],
    ],
  },
  {
    name: "a package that is allowed and not installed",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "config/global_settings.yaml": "security: {allowed_modules: [left-pad]}\n",
      "src/etl.ts": 'import leftPad from "left-pad";\nexport const run = () => leftPad;\n',
    },
    exit: 6,
    errors: [
      [
        "IMPORT_UNRESOLVED src/etl.ts:1:21",
        '"etl.run": src/etl.ts imports "left-pad", which cannot be found',
        "Install it in the project: npm install left-pad",
      ],
    ],
  },
  {
    name: "a built-in that is not allowed",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": 'import { readFileSync } from "node:fs";\nexport const run = () => readFileSync;\n',
    },
    exit: 6,
    errors: [
      [
        "IMPORT_BUILTIN_NOT_ALLOWED src/etl.ts:1:30",
        'src/etl.ts imports "node:fs", a built-in module that the project does not allow',
        'Add "node:fs" to security.allowed_modules, or do without it; free are',
      ],
    ],
  },
  {
    name: "a module outside the project",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": 'import "../../other.ts";\nexport function run() {}\n',
    },
    exit: 6,
    errors: [
      [
        "IMPORT_OUTSIDE_PROJECT src/etl.ts:1:8",
        'src/etl.ts imports "../../other.ts", which leads out of src/ and lib/',
        "Put the code into src/ or lib/ of the project and import it by a relative",
      ],
    ],
  },
  {
    name: "require",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.js": 'const fs = require("fs");\nexport const run = () => fs;\n',
    },
    exit: 6,
    errors: [
      [
        "IMPORT_FAILED src/etl.js:1:12",
        '"etl.run": src/etl.js failed while it was loaded: require is not defined in ES module scope, you can use import instead',
        "Node functions are ES modules: use import, export and import.meta.dirname.",
      ],
    ],
  },
  {
    name: "a module that throws",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": 'export function run() {}\nthrow new Error("no database");\n',
    },
    exit: 6,
    errors: [
      [
        "IMPORT_FAILED src/etl.ts:2:7",
        '"etl.run": src/etl.ts failed while it was loaded: no database',
        "A module that is imported must not fail; move the work into its function.",
      ],
    ],
  },
  {
    name: "a module that ends the process",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": "export function run() {}\nprocess.exit(3);\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_ENDED_PROCESS src/etl.ts:1:1",
        '"etl.run": src/etl.ts called process.exit(3) while it was loaded',
        "Throw an error instead; only sparkwright ends the process.",
      ],
    ],
  },
  {
    name: "a reference without a module",
    files: { "config/nodes.yaml": "a:\n  function: run\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_INVALID_REFERENCE config/nodes.yaml:2:13",
        '"run" does not name a function',
        'Write the module and its function with dots between: "etl.extract_raw" is',
      ],
    ],
  },
  {
    name: "a reference with a path",
    files: {
      "config/nodes.yaml": "a:\n  function: src/etl.ts\n",
      "src/etl.ts": "export function run() {}\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_INVALID_REFERENCE config/nodes.yaml:2:13",
        '"src/etl.ts" does not name a function',
        'Write the module and its function with dots between: "etl.extract_raw" is',
      ],
    ],
  },
  {
    name: "a reference out of the project",
    files: { "config/nodes.yaml": "a:\n  function: ../etl.run\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_INVALID_REFERENCE config/nodes.yaml:2:13",
        '"../etl.run" does not name a function',
        'Write the module and its function with dots between: "etl.extract_raw" is',
      ],
    ],
  },
  {
    name: "a module in CommonJS",
    files: { "config/nodes.yaml": "a:\n  function: etl.run\n", "src/etl.js": "exports.run = () => 1;\n" },
    exit: 6,
    errors: [
      [
        "IMPORT_FAILED src/etl.js:1:1",
        '"etl.run": src/etl.js failed while it was loaded: exports is not defined in ES module scope',
        "Node functions are ES modules: use import, export and import.meta.dirname.",
      ],
    ],
  },
  {
    name: "an entry of allowed_modules that allows all",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "config/global_settings.yaml": "security: {allowed_modules: ['*']}\n",
      "src/etl.ts": "export function run() {}\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_INVALID_ALLOWED_MODULE config/global_settings.yaml:1:29",
        'security.allowed_modules has "*", which names neither a package nor a built-in',
        'Write "name", "@scope/name", "@scope/*" or "node:name".',
      ],
    ],
  },
  {
    name: "a type that is imported as a value",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": 'import { Row } from "./types.ts";\nexport const run = (x: Row) => x;\n',
      "src/types.ts": "export interface Row { id: number }\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_SYNTAX src/etl.ts:1:10",
        "\"etl.run\": The requested module './types.ts' does not provide an export named 'Row'",
        "Export `Row` there; when it is a type, import it with `import type`.",
      ],
    ],
  },
  {
    name: "a default export",
    files: {
      "config/nodes.yaml": "a:\n  function: etl.run\n",
      "src/etl.ts": "export default function run() {}\n",
    },
    exit: 6,
    errors: [
      [
        "IMPORT_MISSING_EXPORT src/etl.ts:1:1",
        '"etl.run": src/etl.ts exports no `run`',
        "The module exports default. Export it by its name: `export function",
      ],
    ],
  },
];
