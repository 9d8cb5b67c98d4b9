import { registerHooks } from "node:module";
import { extname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { SparkwrightError } from "../core/error.ts";
import { type AllowedModules, ownPackages } from "./allowed-modules.ts";
import {
  checkSpecifier,
  checkTarget,
  type GuardedProject,
  globalRefusal,
  type ImportSite,
  unresolvedRefusal,
} from "./import-rules.ts";
import { keepGlobals, restoreGlobals } from "./intact-globals.ts";
import { guardLoaders } from "./loader-access.ts";
import { codeFolders } from "./module-policy.ts";
import { beginsWith, holds } from "./text-begins.ts";

/** `.ts` where the sources run, `.js` where the build does. */
const extension = extname(new URL(import.meta.url).pathname);

/** What users import is the copy that runs, so that there is one of each class and of each scope. */
const ownModules: ReadonlyMap<string, string> = new Map(
  ownPackages.map((name) => {
    const folder = name.replace("sparkwright", "..");
    return [name, new URL(`${folder}/index${extension}`, import.meta.url).href];
  }),
);

/** Why an import of a module failed to resolve: who wanted what. */
export interface FailedImport {
  readonly specifier: string;
  /** The URL of the importing module. */
  readonly parent: string | undefined;
}

/** A folder of code, as the URL it starts with. */
interface CodeFolder {
  readonly url: string;
  readonly project: GuardedProject;
}

const failedImports = new WeakMap<object, FailedImport>();
/** Longest first: a project inside another's code is its own. */
let codeByUrl: readonly CodeFolder[] = [];
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

/**
 * Puts the code of a project folder (its real path) under its policy: what it imports, now and while it runs, is
 * checked. The first policy of a folder is the widest: its own code may be what asks for another. Narrower ones hold as
 * they come.
 *
 * Thrown when a policy allows what the first did not: IMPORT_POLICY_FIXED.
 */
export function installHooks(root: string, allowed: AllowedModules): void {
  const known = codeByUrl.find(({ project }) => project.root === root)?.project;
  if (known?.allowed !== allowed) {
    const first = known?.first ?? allowed;
    const wider = allowed.entries.find((entry) => !first.entry(entry));
    if (wider !== undefined) throw policyFixed(root, wider);
    const project = { root, allowed, first };
    const own = codeFolders.map((folder) => ({ url: pathToFileURL(join(root, folder) + sep).href, project }));
    const others = codeByUrl.filter((folder) => folder.project.root !== root);
    codeByUrl = [...others, ...own].sort((a, b) => b.url.length - a.url.length);
  }
  if (installed) return;
  installed = true;
  keepGlobals();
  guardLoaders({
    projectOf,
    isProject: (url) => projectOf(url) !== undefined,
    isAllowed: (name) => codeByUrl.some(({ project }) => project.allowed.package(name)),
  });
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const { parentURL } = context;
      const project = parentURL === undefined ? undefined : projectOf(parentURL);
      const replaced = project === undefined ? undefined : restoreGlobals();
      const own = ownModules.get(specifier);
      const site: ImportSite | undefined =
        project === undefined || parentURL === undefined
          ? undefined
          : { project, file: fileURLToPath(parentURL), specifier };
      if (site !== undefined && replaced !== undefined) throw globalRefusal(site, replaced);
      if (own !== undefined) return { url: own, shortCircuit: true };
      if (site !== undefined) checkSpecifier(site);
      try {
        const resolved = nextResolve(specifier, context);
        if (site !== undefined) checkTarget(site, resolved.url, projectOf);
        return resolved;
      } catch (error) {
        if (error instanceof SparkwrightError) throw error;
        const refusal = site === undefined ? undefined : unresolvedRefusal(site, projectOf);
        if (refusal !== undefined) throw refusal;
        if (error instanceof Error) failedImports.set(error, { specifier, parent: parentURL });
        throw error;
      }
    },
    load(url, context, nextLoad) {
      if (projectOf(url) === undefined) return nextLoad(url, context);
      restoreGlobals(); // a source read by a file name that the code computes would be another file
      loaded.push(url);
      return nextLoad(url, { ...context, format: formatOf(url, context.format) });
    },
  });
}

function policyFixed(root: string, entry: string): SparkwrightError {
  return new SparkwrightError(
    "IMPORT_POLICY_FIXED",
    `the project in ${root} is to be allowed ${JSON.stringify(entry)}, after this process has loaded its code without`,
    {
      hint: "Start a new process: what a project may import is fixed when its first module is loaded.",
      details: { root, entry },
    },
  );
}

/** A project needs no package.json to say that its code is made of ES modules, and none can say otherwise. */
function formatOf(url: string, format: string | null | undefined): string | null | undefined {
  if (format === "module" || !/\.m?[tj]s$/.test(url)) return format;
  return /\.m?ts$/.test(url) ? "module-typescript" : "module";
}

/** The project that a file of code belongs to, by its URL. Works whatever code has done to the methods of texts. */
function projectOf(url: string): GuardedProject | undefined {
  if (!beginsWith(url, "file:")) return undefined;
  for (let index = 0; index < codeByUrl.length; index += 1) {
    const folder = codeByUrl[index] as CodeFolder;
    if (!beginsWith(url, folder.url)) continue;
    return holds(url, "/node_modules/", folder.url.length - 1) ? undefined : folder.project;
  }
  return undefined;
}
