import { registerHooks } from "node:module";

/** Source or build: whichever this file belongs to. */
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";

const entryPoints: ReadonlyMap<string, string> = new Map([
  ["sparkwright", new URL(`../index.${extension}`, import.meta.url).href],
  ["sparkwright/sql", new URL(`../sql/index.${extension}`, import.meta.url).href],
]);

let registered = false;

/**
 * Makes `sparkwright` in users' code mean the very package that runs them: never a second copy with classes of its
 * own, and no build or install needed for a project inside this repository.
 */
export function resolveOwnPackage(): void {
  if (registered) return;
  registered = true;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const url = entryPoints.get(specifier);
      return url === undefined ? nextResolve(specifier, context) : { url, shortCircuit: true };
    },
  });
}
