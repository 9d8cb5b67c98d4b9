import { evil, type ImportCase } from "./import-in-child.ts";

/** A project that must be refused, with exactly this code. */
export interface Attack extends ImportCase {
  readonly code: string;
}

/** Static: refused before any code runs. */
const imports = (specifier: string): string =>
  `import * as x from ${JSON.stringify(specifier)};\nglobalThis.evil = true;\nexport const fn = () => x;\n`;

/** At run time, inside the node function; `value` is what must not be seen. */
const runs = (expression: string, before = ""): string =>
  `${before}\nexport async function fn() {\n  const x = await (${expression});\n  globalThis.evil = true;\n  return x;\n}\n`;

const only = (
  etl: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  "src/etl.ts": etl,
  ...more,
});

/** Says of the first eight lines that they are another file's. */
const lyingSourceMap = `//# sourceMappingURL=data:application/json;base64,${btoa(
  JSON.stringify({
    version: 3,
    sources: ["file:///trusted.js"],
    names: [],
    mappings: "AAAA;".repeat(8),
  }),
)}\n`;

const leftManifest = '{"name": "left", "exports": "./index.mjs"}';

const left = {
  "node_modules/left/index.js": evil,
  "node_modules/left/package.json": '{"name": "left", "type": "module", "main": "index.js"}',
};

const path: readonly Attack[] = [
  ...(
    [
      ["a parent's file", "../../evil.ts"],
      ["a file of the project that is no code", "../outside.ts"],
      ["a way out and back", "../../project/outside.ts"],
      ["a way out after a way in", "./deep/../../outside.ts"],
      ["twelve levels up", `${"../".repeat(12)}etc/passwd`],
      ["a file that is not there", "../../nowhere.ts"],
      ["an absolute path", "/etc/passwd"],
      ["an absolute path to own code", "{root}/src/other.ts"],
      ["a path of the network", "//evil.example/x.js"],
      ["a path of Windows", "\\\\evil\\share\\x.js"],
      ["configuration", "../config/secrets.json"],
      ["a package by its path", "../node_modules/left/index.js"],
      ["a package in src by its path", "./node_modules/dep/index.js"],
    ] as const
  ).map(
    ([name, specifier]): Attack => ({
      name,
      code: "IMPORT_OUTSIDE_PROJECT",
      allowed: ["left"],
      files: only(imports(specifier), {
        ...left,
        "outside.ts": evil,
        "src/other.ts": evil,
        "src/deep/a.ts": evil,
        "config/secrets.json": "{}",
        "src/node_modules/dep/index.js": evil,
      }),
    }),
  ),
  { name: "a reference with ..", code: "IMPORT_INVALID_REFERENCE", ref: "../../evil.fn", files: {} },
  { name: "an absolute reference", code: "IMPORT_INVALID_REFERENCE", ref: "/etc/passwd.fn", files: {} },
  {
    name: "a reference into node_modules",
    code: "IMPORT_INVALID_REFERENCE",
    ref: "node_modules.left.index.fn",
    files: { "src/node_modules/left/index.js": evil },
  },
  {
    name: "a reference to a built-in",
    code: "IMPORT_INVALID_REFERENCE",
    ref: "node:fs.readFileSync",
    files: {},
  },
  {
    name: "a reference with an empty part",
    code: "IMPORT_INVALID_REFERENCE",
    ref: "etl..fn",
    files: only(evil),
  },
  {
    name: "a path that is computed while the node runs",
    code: "IMPORT_OUTSIDE_PROJECT",
    files: only(runs("import(['..', '..', 'evil.ts'].join('/'))")),
  },
];

const link: readonly Attack[] = [
  { name: "a file", ref: "linked.fn", links: { "src/linked.ts": "../evil.ts" }, files: {} },
  { name: "a folder", ref: "linked.evil.fn", links: { "src/linked": ".." }, files: {} },
  { name: "the code folder", ref: "evil.fn", links: { lib: ".." }, files: {} },
  {
    name: "a link to a link",
    ref: "a.fn",
    links: { "src/b.ts": "../evil.ts", "src/a.ts": "src/b.ts" },
    files: {},
  },
  { name: "an imported file", files: only(imports("./linked.ts")), links: { "src/linked.ts": "../evil.ts" } },
  { name: "an imported folder", files: only(imports("./linked/evil.ts")), links: { "src/linked": ".." } },
  {
    name: "a file that is imported at run time",
    files: only(runs("import('./linked.ts')")),
    links: { "src/linked.ts": "../evil.ts" },
  },
  {
    name: "into the project, but not its code",
    files: only(imports("./linked.ts"), { "outside.ts": evil }),
    links: { "src/linked.ts": "outside.ts" },
  },
  {
    name: "data",
    files: only("import x from './x.json' with { type: 'json' };\nexport const fn = () => x.secret;\n"),
    links: { "src/x.json": "../evil.json" },
  },
  {
    name: "a package's file under another name",
    files: only(imports("./left.js"), left),
    links: { "src/left.js": "node_modules/left/index.js" },
    allowed: ["left"],
  },
  {
    name: "an alias of a built-in's folder",
    files: only(imports("./proc/self/environ")),
    links: { "src/proc": "../../../../../../../../proc" },
  },
  {
    name: "a package in src that hides an allowed one",
    files: only(imports("left"), { ...left, "hidden/index.mjs": evil, "hidden/package.json": leftManifest }),
    links: { "src/node_modules/left": "hidden" },
    allowed: ["left"],
  },
  {
    name: "the project's own name, to a package",
    files: only(imports("own/x"), {
      "node_modules/other/index.js": evil,
      "package.json": '{"name": "own", "type": "module", "exports": {"./x": "./vendor/other/index.js"}}',
    }),
    links: { vendor: "node_modules" },
    allowed: ["own"],
  },
  {
    name: "a link to itself",
    code: "IMPORT_UNRESOLVED",
    files: only(imports("./a.ts")),
    links: { "src/a.ts": "src/b.ts", "src/b.ts": "src/a.ts" },
  },
].map((one): Attack => ({ code: "IMPORT_OUTSIDE_PROJECT", ...one }));

const nameTricks: readonly Attack[] = [
  ...(
    [
      ["a Cyrillic е", "./h\u0435lper.ts"],
      ["full-width letters", "./\uff48elper.ts"],
      ["a dot of another script", "./helper\u2024ts"],
      ["a decomposed accent", "./cafe\u0301.ts"],
      ["a zero-width space", "./hel\u200bper.ts"],
      ["a text that runs backwards", "./\u202erepleh.ts"],
      ["an encoded slash", "..%2f..%2fevil.ts"],
      ["encoded dots", "./%2e%2e/%2e%2e/evil.ts"],
      ["a NUL byte", "./helper.ts\0.json"],
      ["a trailing dot", "./helper.ts."],
      ["a trailing space", "./helper.ts "],
      ["a tab", "./hel\tper.ts"],
      ["a query", "./helper.ts?again"],
      ["a fragment", "./helper.ts#again"],
      ["a backslash", "./..\\..\\evil.ts"],
      ["an empty folder", ".//helper.ts"],
      ["a package with .. in it", "left/../../src/helper.ts"],
      ["a package of Cyrillic letters", "l\u0435ft"],
    ] as const
  ).map(
    ([name, specifier]): Attack => ({
      name,
      code: "IMPORT_FORBIDDEN_NAME",
      allowed: ["left"],
      files: only(imports(specifier), {
        ...left,
        "src/helper.ts": evil,
        "src/h\u0435lper.ts": evil,
        "src/\uff48elper.ts": evil,
        "src/caf\u00e9.ts": evil,
      }),
    }),
  ),
  {
    name: "another case of a file",
    code: "IMPORT_UNRESOLVED",
    files: only(imports("./Helper.ts"), { "src/helper.ts": evil }),
  },
  { name: "another case of a built-in", code: "IMPORT_PACKAGE_NOT_ALLOWED", files: only(imports("FS")) },
  {
    name: "another case of a package",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    allowed: ["left"],
    files: only(imports("LEFT"), left),
  },
  {
    name: "a package that begins like an allowed one",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    allowed: ["lef"],
    files: only(imports("left"), left),
  },
  {
    name: "a scope that begins like an allowed one",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    allowed: ["@a/*"],
    files: only(imports("@ab/x"), { "node_modules/@ab/x/index.js": evil }),
  },
  {
    name: "a part of sparkwright that is not public",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    allowed: ["sparkwright"],
    files: only(imports("sparkwright/dist/src/modules/import-function.js")),
  },
  {
    name: "a built-in with a fragment",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(imports("node:fs#x")),
  },
  {
    name: "a reference with a NUL byte",
    code: "IMPORT_INVALID_REFERENCE",
    ref: "etl\0.fn",
    files: only(evil),
  },
  {
    name: "a reference to what every object has",
    code: "IMPORT_MISSING_EXPORT",
    ref: "etl.constructor",
    files: only("export const fn = 1;\n"),
  },
  {
    name: "a reference in Cyrillic",
    code: "IMPORT_INVALID_REFERENCE",
    ref: "\u0435tl.fn",
    files: { "src/\u0435tl.ts": evil },
  },
  {
    name: "a whitelist of everything",
    code: "IMPORT_INVALID_ALLOWED_MODULE",
    allowed: ["*"],
    files: only(imports("left"), left),
  },
];

const indirect: readonly Attack[] = [
  {
    name: "a module that imports one that is refused",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(imports("./a.ts"), { "src/a.ts": imports("./b.js"), "src/b.js": imports("node:fs") }),
  },
  {
    name: "a re-export",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only("export * from 'node:fs';\nexport const fn = () => 'evil';\n"),
  },
  {
    name: "a package that is not allowed",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    files: only(imports("left"), left),
  },
  {
    name: "a package that is not installed",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    files: only(imports("left-pad-nowhere")),
  },
  {
    name: "a part of a package of which another part is allowed",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    allowed: ["left/safe"],
    files: only(imports("left/index.js"), left),
  },
  {
    name: "import() while the node runs",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(runs("import('node:' + 'fs')")),
  },
  {
    name: "import() in eval",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(runs(`(0, eval)("import('node:fs')")`)),
  },
  {
    name: "import() in new Function",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(runs(`new Function("return import('node:fs')")()`)),
  },
  {
    name: "import() in a function's constructor",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(runs(`(async () => {}).constructor("return import('node:fs')")()`)),
  },
  {
    name: "import() in a timer",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(runs("new Promise((done, no) => setTimeout(() => import('node:fs').then(done, no), 1))")),
  },
  {
    name: "createRequire",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(
      `import { createRequire } from "node:module";\nexport const fn = () => createRequire(import.meta.url)("node:fs");\n`,
    ),
  },
  {
    name: "require",
    code: "IMPORT_FAILED",
    files: {
      "src/etl.js": `const fs = require("node:fs");\nglobalThis.evil = true;\nexports.fn = () => fs;\n`,
    },
  },
  {
    name: "CommonJS by package.json",
    code: "IMPORT_FAILED",
    files: {
      "package.json": '{"type": "commonjs"}',
      "src/etl.js": `const fs = require("node:fs");\nglobalThis.evil = true;\nexports.fn = () => fs;\n`,
    },
  },
  {
    name: "a CommonJS file",
    code: "IMPORT_UNSUPPORTED_FORMAT",
    files: only(imports("./a.cjs"), { "src/a.cjs": `globalThis.evil = true;\n` }),
  },
  {
    name: "a CommonJS file in TypeScript",
    code: "IMPORT_UNSUPPORTED_FORMAT",
    files: only(imports("./a.cts"), { "src/a.cts": `globalThis.evil = true;\n` }),
  },
  {
    name: "the project's own import map, to a built-in",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(imports("#x"), { "package.json": '{"imports": {"#x": "fs"}}' }),
  },
  {
    name: "the project's own import map, to a package",
    code: "IMPORT_PACKAGE_NOT_ALLOWED",
    files: only(imports("#x"), { ...left, "package.json": '{"imports": {"#x": "left"}}' }),
  },
  {
    name: "the project's own import map, out of its code",
    code: "IMPORT_OUTSIDE_PROJECT",
    files: only(imports("#x"), { "outside.ts": evil, "package.json": '{"imports": {"#x": "./outside.ts"}}' }),
  },
  {
    name: "the project's own import map, encoded",
    code: "IMPORT_UNRESOLVED",
    files: only(imports("#x"), {
      "src/node_modules/d.ts": evil,
      "package.json": '{"imports": {"#x": "./src/%6eode%5fmodules/d.ts"}}',
    }),
  },
  {
    name: "the project's own name",
    allowed: ["own"],
    code: "IMPORT_OUTSIDE_PROJECT",
    files: only(imports("own/outside.ts"), {
      "outside.ts": evil,
      "package.json": '{"name": "own", "exports": {"./*": "./*"}}',
    }),
  },
  {
    name: "the project's own name, to a folder with a package.json",
    allowed: ["own"],
    code: "IMPORT_OUTSIDE_PROJECT",
    files: only(imports("own/x"), {
      "outside/x.js": evil,
      "outside/package.json": '{"type": "module"}',
      "package.json": '{"name": "own", "exports": {"./x": "./outside/x.js"}}',
    }),
  },
  {
    name: "a package in src that hides an allowed one",
    allowed: ["left"],
    code: "IMPORT_OUTSIDE_PROJECT",
    files: only(imports("left"), {
      ...left,
      "src/node_modules/left/index.mjs": evil,
      "src/node_modules/left/package.json": leftManifest,
    }),
  },
  {
    name: "import =",
    code: "IMPORT_UNSUPPORTED_SYNTAX",
    files: only("import fs = require('node:fs');\nglobalThis.evil = true;\nexport const fn = () => fs;\n"),
  },
  {
    name: "a built-in's default as the function",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only("export { readFileSync as fn } from 'node:fs';\n"),
  },
  {
    name: "import() of what import.meta.resolve gives",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(runs("import(import.meta.resolve('node:fs'))")),
  },
  {
    name: "import() of an object that changes its text",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    files: only(runs("import({ n: 0, toString() { return this.n++ === 0 ? 'node:fs' : './etl.ts'; } })")),
  },
  {
    name: "a refusal that is caught at load",
    code: "IMPORT_MISSING_EXPORT",
    files: only("try { globalThis.fs = await import('node:fs'); globalThis.evil = true; } catch {}\n"),
  },
];

const data: readonly Attack[] = [
  ...(
    [
      ["a data: URL", "data:text/javascript,globalThis.evil=true"],
      ["a data: URL in base64", "data:text/javascript;base64,Z2xvYmFsVGhpcy5ldmlsPXRydWU="],
      ["a data: URL of JSON", "data:application/json,1"],
      ["http:", "http://127.0.0.1:1/x.js"],
      ["https:", "https://127.0.0.1:1/x.js"],
      ["blob:", "blob:nodedata:0"],
      ["a file: URL", "file:///etc/passwd"],
      ["a file: URL of own code", "file://{root}/src/other.ts"],
      ["a file: URL with a host", "file://evil.example/x.js"],
      ["capitals", "DATA:text/javascript,globalThis.evil=true"],
      ["a leading space", " data:text/javascript,globalThis.evil=true"],
      ["a leading newline", "\nfile:///etc/passwd"],
      ["ftp:", "ftp://evil.example/x.js"],
      ["npm:", "npm:left-pad"],
      ["a drive letter", "C:\\evil.js"],
    ] as const
  ).map(
    ([name, specifier]): Attack => ({
      name,
      code: "IMPORT_FORBIDDEN_URL",
      allowed: ["left"],
      files: only(imports(specifier), { "src/other.ts": evil }),
    }),
  ),
  {
    name: "a newline inside the scheme",
    code: "IMPORT_FORBIDDEN_NAME",
    files: only(imports("da\nta:text/javascript,globalThis.evil=true")),
  },
  {
    name: "a data: URL at run time",
    code: "IMPORT_FORBIDDEN_URL",
    files: only(runs("import('data:text/javascript,globalThis.evil=true')")),
  },
  {
    name: "a blob at run time",
    code: "IMPORT_FORBIDDEN_URL",
    files: only(
      runs("import(URL.createObjectURL(new Blob(['globalThis.evil=true'], { type: 'text/javascript' })))"),
    ),
  },
  {
    name: "a URL object at run time",
    code: "IMPORT_FORBIDDEN_URL",
    files: only(runs("import(new URL('../../evil.ts', import.meta.url))")),
  },
  {
    name: "a native add-on",
    code: "IMPORT_UNSUPPORTED_FORMAT",
    files: only(imports("./x.node"), { "src/x.node": "\x7fELF" }),
  },
  {
    name: "WebAssembly",
    code: "IMPORT_UNSUPPORTED_FORMAT",
    files: only(imports("./x.wasm"), { "src/x.wasm": "\0asm\x01\0\0\0" }),
  },
  {
    name: "a file without an extension",
    code: "IMPORT_UNSUPPORTED_FORMAT",
    files: only(imports("./x"), { "src/x": evil }),
  },
  {
    name: "a named pipe",
    code: "IMPORT_UNSUPPORTED_FORMAT",
    files: only(imports("./x.js")),
    pipes: ["src/x.js"],
  },
];

const builtIns: readonly Attack[] = [
  ...[
    "node:fs",
    "fs",
    "fs/promises",
    "node:child_process",
    "node:net",
    "node:http",
    "node:worker_threads",
    "node:vm",
    "node:module",
    "module",
    "node:inspector",
    "node:sqlite",
    "node:os",
    "node:v8",
    "node:async_hooks",
    "node:diagnostics_channel",
  ].map(
    (specifier): Attack => ({
      name: specifier,
      code: "IMPORT_BUILTIN_NOT_ALLOWED",
      files: only(imports(specifier)),
    }),
  ),
  { name: "one that does not exist", code: "IMPORT_BUILTIN_NOT_ALLOWED", files: only(imports("node:nope")) },
  {
    name: "one beside an allowed one",
    code: "IMPORT_BUILTIN_NOT_ALLOWED",
    allowed: ["node:fs"],
    files: only(imports("node:http")),
  },
  {
    name: "a package that has the name of a free one",
    code: "IMPORT_FORBIDDEN_NAME",
    files: only(imports("events/"), { "node_modules/events/index.js": evil }),
  },
  ...(
    [
      ["process.getBuiltinModule", "process.getBuiltinModule('node:fs')"],
      [
        "process.getBuiltinModule by another name",
        "globalThis['pro' + 'cess']['getBuiltin' + 'Module'].call(process, 'fs')",
      ],
      ["process.getBuiltinModule of the module", "(await import('node:process')).getBuiltinModule('fs')"],
      [
        "process.getBuiltinModule in eval",
        `(0, eval)("process.getBuiltinModule('fs')//# sourceURL=file:///trusted.js")`,
      ],
      ["process.getBuiltinModule as a callback", "['fs'].map(process.getBuiltinModule)[0]"],
      ["process.getBuiltinModule by a promise", "Promise.resolve('fs').then(process.getBuiltinModule)"],
      [
        "process.getBuiltinModule by a promise, in eval",
        `Promise.resolve().then(new Function("return process.getBuiltinModule('fs')"))`,
      ],
      [
        "process.getBuiltinModule by a promise, in eval with a name",
        `Promise.resolve().then((0, eval)("() => process.getBuiltinModule('fs')\\n//# sourceURL=file:///trusted.js"))`,
      ],
      ["process.getBuiltinModule by Array.fromAsync", "Array.fromAsync(['fs'], process.getBuiltinModule)"],
      [
        "process.getBuiltinModule by an iterator",
        "['fs'].values().map(process.getBuiltinModule).next().value",
      ],
      [
        "process.getBuiltinModule by util.promisify",
        "(await import('node:util')).promisify((id, done) => done(null, process.getBuiltinModule(id)))('fs')",
      ],
      [
        "process.getBuiltinModule in a timer",
        "new Promise((done, no) => setTimeout(() => { try { done(process.getBuiltinModule('fs')); } catch (e) { no(e); } }))",
      ],
      ["process.mainModule", "process.mainModule.require('node:fs')"],
      ["process.binding", "process.binding('fs')"],
      ["process._linkedBinding", "process._linkedBinding('fs')"],
      ["process.dlopen", "process.dlopen({ exports: {} }, '/tmp/evil.node')"],
      [
        "a stack that lies",
        "(Error.prepareStackTrace = () => '', Error.stackTraceLimit = 0, process.getBuiltinModule('fs'))",
      ],
      ["an engine of crypto", "(await import('node:crypto')).setEngine('/tmp/evil.so')"],
    ] as const
  ).map(
    ([name, expression]): Attack => ({
      name,
      code: "IMPORT_FORBIDDEN_ACCESS",
      files: only(runs(expression)),
    }),
  ),
  {
    name: "process.getBuiltinModule in a module that gives itself another name",
    code: "IMPORT_FORBIDDEN_ACCESS",
    files: only(`${runs("process.getBuiltinModule('fs')")}//# sourceURL=file:///trusted.js\n`),
  },
  {
    name: "process.getBuiltinModule in a module whose source map lies",
    code: "IMPORT_FORBIDDEN_ACCESS",
    files: { "src/etl.js": `${runs("process.getBuiltinModule('fs')")}${lyingSourceMap}` },
  },
  {
    name: "process.getBuiltinModule at load",
    code: "IMPORT_FORBIDDEN_ACCESS",
    files: only(
      "const fs = process.getBuiltinModule('fs');\nglobalThis.evil = true;\nexport const fn = () => fs;\n",
    ),
  },
];

/** Native functions alone, called by whoever asks for `F.next()`: it keeps what the guarded function gives. */
const native = (guarded: string): string =>
  `const kept = [];\nconst chain = () => ["fs"].values().map(${guarded}).map(kept.push.bind(kept));\nconst made = chain();\nconst F = made.next.bind(made);`;

/** `calls` has F called; what F got, or what it threw, comes out. */
const goBetween = (calls: string): string =>
  runs(
    `(async () => { try { ${calls}; } catch (error) { if (error.code !== undefined && String(error.code).startsWith("IMPORT_")) throw error; } if (kept.length === 0) throw Object.assign(new Error("code without a file: nothing kept"), { code: "IMPORT_FORBIDDEN_ACCESS", hint: "Nothing." }); return kept; })()`,
    native("process.getBuiltinModule"),
  );

const wasm =
  "new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,2,7,1,1,109,1,102,0,0,3,2,1,0,7,5,1,1,114,0,1,10,6,1,4,0,16,0,11])";

const replaced = (statement: string): string =>
  `${statement}\nexport async function fn() {\n  globalThis.evil = true;\n  return 1;\n}\n`;

const takeovers: readonly Attack[] = [
  ...(
    [
      ["import.meta.resolve as a go-between", goBetween("import.meta.resolve({ toString: F })")],
      [
        "a stack's formatting as a go-between",
        goBetween("Error.prepareStackTrace = F; await import('./enum.ts')"),
      ],
      [
        "WebAssembly",
        runs(
          `WebAssembly.instantiate(${wasm}, { m: { f: process.getBuiltinModule.bind(process, "fs") } }).then(({ instance }) => instance.exports.r())`,
        ),
      ],
      [
        "WebAssembly that a promise calls",
        runs(
          `WebAssembly.instantiate(${wasm}, { m: { f: process.getBuiltinModule.bind(process, "fs") } }).then(({ instance }) => Promise.resolve().then(instance.exports.r))`,
        ),
      ],
      ["the debugger", runs("process._debugProcess(process.pid)")],
      ["the debugger by a promise", runs("Promise.resolve(process.pid).then(process._debugProcess)")],
      [
        "a function of ours as a go-between",
        goBetween("const { col } = await import('sparkwright/sql'); col({ toString: F })"),
      ],
      [
        "a class of ours as a go-between",
        goBetween(
          "const { Timestamp, Decimal } = await import('sparkwright/sql'); for (const one of [Timestamp, Decimal]) { try { one?.parse?.({ toString: F, [Symbol.toPrimitive]: F }); } catch (e) { if (String(e.code).startsWith('IMPORT_')) throw e; } }",
        ),
      ],
      [
        "util.getCallSites that is replaced",
        runs(
          "process.getBuiltinModule('fs')",
          "import util from 'node:util';\nutil.getCallSites = () => [];",
        ),
      ],
      ...[
        "String.prototype.startsWith = () => true",
        "Array.prototype.find = () => undefined",
        "Array.prototype[Symbol.iterator] = function* () {}",
        "RegExp.prototype.exec = () => ['x']",
        "RegExp.prototype.test = () => true",
        "Set.prototype.has = () => true",
        "Map.prototype.get = () => undefined",
        "Object.defineProperty(URL.prototype, 'pathname', { get: () => '/etc/passwd' })",
        "Object.defineProperty(URL.prototype, 'href', { get: () => 'file:///etc/passwd' })",
        "Object.prototype.url = 'file:///etc/passwd'",
        "Object.defineProperty(Object.prototype, 'paths', { set(value) { globalThis.leaked = this; } })",
        "Object.defineProperty(Array.prototype, '0', { set(value) {}, configurable: true })",
        "globalThis.Reflect = { ...Reflect }",
        "globalThis.URL = class extends URL {}",
        "JSON.parse = () => ({})",
        "Function.prototype.call = () => 1",
        "Promise.race = () => Promise.resolve({})",
        "Object.getPrototypeOf([].values()).next = () => ({ done: true })",
        "(await import('node:path')).default.relative = () => 'x'",
        "(await import('node:url')).default.fileURLToPath = () => '/x'",
      ].map((statement): [string, string] => [statement, replaced(`${statement};`)]),
      [
        "an import after a method of texts is replaced",
        runs("(String.prototype.startsWith = () => true, import('node:fs'))"),
      ],
      [
        "a path that is replaced between the check and the read",
        runs(
          "(() => { const p = import('./other.ts'); Object.defineProperty(URL.prototype, 'pathname', { get: () => '{root}/../evil.ts', configurable: true }); return p.then((m) => { if (m.other === 1) return import('node:' + 'fs'); }); })()",
        ),
      ],
    ] as const
  ).map(
    ([name, etl]): Attack => ({
      name,
      code: "IMPORT_FORBIDDEN_ACCESS",
      files: only(etl, {
        "src/enum.ts": "export enum A { B }\n",
        "src/other.ts": "export const other = 1;\n",
      }),
    }),
  ),
];

/** By category. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  path,
  link,
  "name tricks": nameTricks,
  "indirect import": indirect,
  "data and network": data,
  "built-ins": builtIns,
  takeovers,
};
