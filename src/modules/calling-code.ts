import { type CallSiteObject, getCallSites } from "node:util";
import { replacedGlobal } from "./intact-globals.ts";
import { isOwnCode } from "./own-code.ts";
import { beginsWith } from "./text-begins.ts";

/** A name of its own: an import follows what is done to the module. */
const callSites = getCallSites;
const deepest = 200;

/**
 * Who called a guarded function.
 *
 * - `other`: a file that is neither a project's nor ours: of a package, or of the program that we are a part of.
 * - `project`: a project's file.
 * - `nobody`: code without a file (by `eval`, in WebAssembly), native functions that the event loop calls, and our own
 *   code and the packages it is made with: they call no such function unless they are made to.
 */
export type Caller =
  | { readonly kind: "other" | "nobody" }
  | { readonly kind: "project"; readonly site: CallSiteObject };

/** What of the projects a caller is judged by. */
export interface CallerRules {
  /** Whether a file, by its URL, is a project's own. */
  isProject(url: string): boolean;
  /** Whether some project may import the package. */
  isAllowed(packageName: string): boolean;
}

/**
 * Who called the function that calls this one, `depth` calls further out. The nearest code on the stack that has a file
 * decides; where code without one is nearer, a project anywhere on the stack does. What is not known to be good is not.
 */
export function callingCode(depth: number, rules: CallerRules): Caller {
  const sites = callSites(deepest, { sourceMap: false });
  const isAllowed = replacedGlobal() === undefined ? rules.isAllowed : () => false;
  let nearest: Caller | undefined;
  let isHidden = false;
  for (let index = 1 + depth; index < sites.length; index += 1) {
    const site = sites[index] as CallSiteObject;
    const { scriptName } = site;
    if (beginsWith(scriptName, "node:")) continue;
    if (scriptName === "" || beginsWith(scriptName, "wasm:")) {
      isHidden ||= nearest === undefined;
      continue;
    }
    if (rules.isProject(scriptName)) return { kind: "project", site };
    nearest ??= { kind: isOwnCode(scriptName, isAllowed) ? "nobody" : "other" };
    if (!isHidden) return nearest;
  }
  return nearest ?? { kind: "nobody" };
}
