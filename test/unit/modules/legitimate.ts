import type { ImportCase } from "./import-in-child.ts";

/** A project that must load, and what its function returns. */
export interface Legitimate extends ImportCase {
  readonly value: string;
}

const only = (
  etl: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  "src/etl.ts": etl,
  ...more,
});

const asModule = '{"type": "module"}';

const left = {
  "node_modules/left/package.json":
    '{"name": "left", "exports": {".": {"import": "./index.mjs"}, "./part": "./part.cjs"}}',
  "node_modules/left/index.mjs":
    "import { sep } from 'node:path';\nimport { readFileSync } from 'node:fs';\nimport deep from 'deep';\nexport const left = () => ['left', deep, typeof readFileSync, sep].join(' ');\n",
  "node_modules/left/part.cjs":
    "const fs = process.getBuiltinModule('node:fs');\nexports.part = () => ['part', typeof fs.readFileSync, require('deep')].join(' ');\n",
  "node_modules/deep/index.js": "module.exports = 'deep';\n",
};

export const legitimate: readonly Legitimate[] = [
  {
    name: "a name that contains eval",
    ref: "ml.evaluate",
    value: "evaluated",
    files: { "src/ml.ts": "export const evaluate = (): string => 'evaluated';\n" },
  },
  {
    name: "nested folders",
    ref: "a.b.c.fn",
    value: "deep",
    files: { "src/a/b/c.ts": "export const fn = () => 'deep';\n" },
  },
  {
    name: "a folder's index file",
    ref: "a.fn",
    value: "index",
    files: { "src/a/index.ts": "export const fn = () => 'index';\n" },
  },
  { name: "lib", ref: "a.fn", value: "lib", files: { "lib/a.ts": "export const fn = () => 'lib';\n" } },
  {
    name: "a .mts file",
    ref: "a.fn",
    value: "2",
    files: { "src/a.mts": "export const fn = (): number => 2 as number;\n" },
  },
  {
    name: "a .mjs file",
    ref: "a.fn",
    value: "mjs",
    files: { "src/a.mjs": "export const fn = () => 'mjs';\n" },
  },
  {
    name: "a .js file",
    value: "js",
    files: { "package.json": asModule, "src/etl.js": "export const fn = () => 'js';\n" },
  },
  {
    name: "a .js file without a package.json",
    value: "js",
    files: { "src/etl.js": "export const fn = () => 'js';\n" },
  },
  {
    name: "an export in camelCase",
    ref: "etl.extract_raw_data",
    value: "raw",
    files: only("export async function extractRawData() { return 'raw'; }\n"),
  },
  {
    name: "relative imports up, down and across src and lib",
    value: "ab",
    ref: "x.etl.fn",
    files: {
      "src/x/etl.ts":
        "import { a } from '../a.ts';\nimport { b } from '../../lib/y/b.mts';\nexport const fn = () => a + b;\n",
      "src/a.ts": "export const a = 'a';\n",
      "lib/y/b.mts": "export const b = 'b';\n",
    },
  },
  {
    name: "a type of a package that is not allowed",
    value: "typed",
    files: only(
      "import type { Thing } from 'left';\nimport { type Stats } from './types.ts';\nexport const fn = (x?: Thing, y?: Stats): string => 'typed';\n",
      { "src/types.ts": "import type { Stats as S } from 'node:fs';\nexport type Stats = S;\n" },
    ),
  },
  {
    name: "re-exports",
    ref: "etl.fn",
    value: "again",
    files: only("export { other as fn } from './a.ts';\nexport * from './a.ts';\n", {
      "src/a.ts": "export const other = () => 'again';\n",
    }),
  },
  {
    name: "a cycle of own modules",
    value: "even",
    files: only(
      "import { odd } from './odd.ts';\nexport const even = (n: number): string => (n === 0 ? 'even' : odd(n - 1));\nexport const fn = () => even(10);\n",
      {
        "src/odd.ts":
          "import { even } from './etl.ts';\nexport const odd = (n: number): string => (n === 0 ? 'odd' : even(n - 1));\n",
      },
    ),
  },
  {
    name: "JSON with attributes",
    value: "7",
    files: only("import x from './data/x.json' with { type: 'json' };\nexport const fn = () => x.seven;\n", {
      "src/data/x.json": '{"seven": 7}',
    }),
  },
  {
    name: "built-ins that are free",
    value: "a/b 2cf24dba true",
    files: only(
      "import { createHash } from 'node:crypto';\nimport { join } from 'path';\nimport { setTimeout } from 'node:timers/promises';\nimport process from 'node:process';\nexport const fn = async () => { await setTimeout(1); return [join('a', 'b'), createHash('sha256').update('hello').digest('hex').slice(0, 8), process.pid > 0].join(' '); };\n",
    ),
  },
  {
    name: "a built-in that is allowed, and its parts",
    allowed: ["node:fs"],
    value: "function function",
    files: only(
      "import { readFileSync } from 'fs';\nimport { readFile } from 'node:fs/promises';\nexport const fn = () => [typeof readFileSync, typeof readFile].join(' ');\n",
    ),
  },
  {
    name: "an allowed package, with what it imports itself",
    allowed: ["left"],
    value: "left deep function /",
    files: only("import { left } from 'left';\nexport const fn = () => left();\n", left),
  },
  {
    name: "a part of an allowed package, in CommonJS",
    allowed: ["left"],
    value: "part function deep",
    files: only("import { part } from 'left/part';\nexport const fn = () => part();\n", left),
  },
  {
    name: "a package of an allowed scope",
    allowed: ["@own/*"],
    value: "scoped",
    files: only("import { s } from '@own/shared';\nexport const fn = () => s;\n", {
      "node_modules/@own/shared/index.js": "export const s = 'scoped';\n",
      "node_modules/@own/shared/package.json": asModule,
    }),
  },
  {
    name: "an allowed package that is a link, as pnpm makes them",
    allowed: ["left"],
    value: "linked",
    files: only("import { l } from 'left';\nexport const fn = () => l;\n", {
      "node_modules/.pnpm/left@1.0.0/node_modules/left/index.mjs": "export const l = 'linked';\n",
      "node_modules/.pnpm/left@1.0.0/node_modules/left/package.json": '{"exports": "./index.mjs"}',
    }),
    links: { "node_modules/left": "node_modules/.pnpm/left@1.0.0/node_modules/left" },
  },
  {
    name: "import() while the node runs",
    value: "late",
    files: only("export const fn = async () => (await import(['.', 'late.ts'].join('/'))).late;\n", {
      "src/late.ts": "export const late = 'late';\n",
    }),
  },
  {
    name: "import() of what may be missing",
    value: "without",
    files: only(
      "const fs = await import('node:fs').catch(() => undefined);\nexport const fn = () => (fs === undefined ? 'without' : 'with');\n",
    ),
  },
  {
    name: "an import map of the project to its own code",
    value: "mapped",
    files: only("import { m } from '#m/x.ts';\nexport const fn = () => m;\n", {
      "package.json": '{"imports": {"#m/*": "./src/m/*"}}',
      "src/m/x.ts": "export const m = 'mapped';\n",
    }),
  },
  {
    name: "an import map of the project to an allowed package",
    allowed: ["left"],
    value: "left deep function /",
    files: only("import { left } from '#left';\nexport const fn = () => left();\n", {
      ...left,
      "package.json": '{"imports": {"#left": "left"}}',
    }),
  },
  {
    name: "a link from src to lib",
    ref: "linked.fn",
    value: "lib",
    files: { "lib/a.ts": "export const fn = () => 'lib';\n" },
    links: { "src/linked.ts": "lib/a.ts" },
  },
  {
    name: "a project folder with a name that needs encoding",
    folder: "pröject 100% #1?",
    value: "own left deep function /",
    allowed: ["left"],
    files: only(
      "import { left } from 'left';\nimport { own } from './own.ts';\nexport const fn = () => [own, left()].join(' ');\n",
      { ...left, "src/own.ts": "export const own = 'own';\n" },
    ),
  },
  {
    name: "await at the top of a module",
    value: "slow",
    files: only(
      "const x = await new Promise((resolve) => setTimeout(() => resolve('slow'), 5));\nexport const fn = () => x;\n",
    ),
  },
  {
    name: "sparkwright and sparkwright/sql",
    value: "function function",
    files: only(
      "import { planRun } from 'sparkwright';\nimport { col } from 'sparkwright/sql';\nexport const fn = () => [typeof planRun, typeof col].join(' ');\n",
    ),
  },
  {
    name: "text that only looks like an import",
    value: "import fs from 'node:fs'; require('fs'); process.getBuiltinModule('fs')",
    files: only(
      "// import fs from 'node:fs'\nexport const fn = () => `import fs from 'node:fs'; require('fs'); process.getBuiltinModule('fs')`;\n",
    ),
  },
  {
    name: "a byte order mark and Windows line ends",
    value: "windows",
    files: only("\ufeffexport const fn = (): string => {\r\n  return 'windows';\r\n};\r\n"),
  },
  {
    name: "a project in a package that has a name, exports and imports of its own",
    allowed: ["left"],
    value: "left deep function /",
    files: only("import { left } from 'left';\nexport const fn = () => left();\n", {
      ...left,
      "package.json": '{"name": "own", "exports": "./src/etl.ts", "imports": {"#x": "left"}}',
    }),
  },
  {
    name: "a class, a generator and private fields behind a function",
    value: "3",
    files: only(
      "class Sum {\n  #total = 0;\n  add(n: number): this { this.#total += n; return this; }\n  get total(): number { return this.#total; }\n}\nfunction* upTo(n: number): Generator<number> { for (let i = 1; i <= n; i++) yield i; }\nexport const fn = () => [...upTo(2)].reduce((sum, n) => sum.add(n), new Sum()).total;\n",
    ),
  },
];
