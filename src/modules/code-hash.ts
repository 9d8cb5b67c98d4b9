import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { locateFunction } from "./locate-module.ts";

/** A quoted path as an import names it. Text that only looks like one costs nothing but a file more in the hash. */
const localPath = /["'`](\.{1,2}\/[^"'`\n\\]+|#[^"'`\s\\]+)["'`]/g;

interface CodeFile {
  readonly hash: string;
  /** The local files that it names. */
  readonly imports: readonly string[];
}

/**
 * Hashes the code of functions without loading it: the module and every local file that it, or one of those, names in
 * quotes. So a change to any of them changes the hash; installed packages are not looked into.
 */
export class CodeHasher {
  readonly #root: string;
  readonly #files = new Map<string, CodeFile>();
  readonly #hashes = new Map<string, string>();

  /** @param root the project folder */
  constructor(root: string) {
    this.#root = realpathSync.native(root);
  }

  /** Of the function that the configuration names `a.b.fn`. Thrown when there is no such module: IMPORT_*. */
  hash(ref: string): string {
    const module = ref.slice(0, ref.lastIndexOf("."));
    let hash = this.#hashes.get(module);
    if (hash === undefined) {
      hash = this.#hashFrom(locateFunction(ref, this.#root).file);
      this.#hashes.set(module, hash);
    }
    return `${hash} ${ref.slice(module.length + 1)}`;
  }

  #hashFrom(entry: string): string {
    const found = new Set([entry]);
    for (const file of found) for (const imported of this.#read(file).imports) found.add(imported);
    const total = createHash("sha256");
    for (const file of [...found].sort())
      total.update(`${relative(this.#root, file)}\0${this.#read(file).hash}\0`);
    return total.digest("hex").slice(0, 32);
  }

  #read(file: string): CodeFile {
    let known = this.#files.get(file);
    if (known === undefined) {
      const content = readFileSync(file);
      const hash = createHash("sha256").update(content).digest("hex");
      const code = /\.m?[jt]s$/.test(file) ? content.toString("utf8") : "";
      const specifiers = new Set([...code.matchAll(localPath)].map(([, specifier = ""]) => specifier));
      known = { hash, imports: [...specifiers].flatMap((specifier) => resolveLocal(file, specifier)) };
      this.#files.set(file, known);
    }
    return known;
  }
}

function resolveLocal(from: string, specifier: string): string[] {
  try {
    const file = specifier.startsWith("#")
      ? createRequire(from).resolve(specifier)
      : fileURLToPath(new URL(specifier, pathToFileURL(from)));
    return statSync(file).isFile() ? [realpathSync(file)] : [];
  } catch {
    return []; // It names no file; if it was an import, loading the module says so.
  }
}
