import { registerHooks } from "node:module";
import { extname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { codeFolders } from "./module-policy.ts";

/** `.ts` where the sources run, `.js` where the build does. */
const extension = extname(new URL(import.meta.url).pathname);

/** What users import is the copy that runs, so that there is one of each class and of each scope. */
const ownModules: ReadonlyMap<string, string> = new Map([
  ["sparkwright", new URL(`../index${extension}`, import.meta.url).href],
  ["sparkwright/sql", new URL(`../sql/index${extension}`, import.meta.url).href],
]);

/** Why an import of a module failed to resolve: who wanted what. */
export interface FailedImport {
  readonly specifier: string;
  /** The URL of the importing module. */
  readonly parent: string | undefined;
}

const failedImports = new WeakMap<object, FailedImport>();
const codeUrls = new Set<string>();
const loaded: string[] = [];
let installed = false;

/** The import behind a resolution error. */
export function failedImport(error: object): FailedImport | undefined {
  return failedImports.get(error);
}

/** The URLs of the projects' modules loaded so far, in that order. */
export function loadedModules(): readonly string[] {
  return loaded;
}

/** Extends module resolution for the code of a project folder (its real path). */
export function installHooks(root: string): void {
  for (const folder of codeFolders) codeUrls.add(pathToFileURL(join(root, folder) + sep).href);
  if (installed) return;
  installed = true;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const own = ownModules.get(specifier);
      if (own !== undefined) return { url: own, shortCircuit: true };
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        if (error instanceof Error) failedImports.set(error, { specifier, parent: context.parentURL });
        throw error;
      }
    },
    load(url, context, nextLoad) {
      if (!isProjectCode(url)) return nextLoad(url, context);
      loaded.push(url);
      // A project needs no package.json to say that its TypeScript is made of ES modules.
      const typescript = /\.m?ts$/.test(url) && context.format !== "module";
      return nextLoad(url, typescript ? { ...context, format: "module-typescript" } : context);
    },
  });
}

function isProjectCode(url: string): boolean {
  if (!url.startsWith("file:") || url.includes("/node_modules/")) return false;
  for (const folder of codeUrls) if (url.startsWith(folder)) return true;
  return false;
}
