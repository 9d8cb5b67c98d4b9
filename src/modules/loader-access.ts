import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { getCallSites } from "node:util";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { type CallerRules, callingCode } from "./calling-code.ts";
import type { GuardedProject } from "./import-rules.ts";
import { restoreGlobals } from "./intact-globals.ts";

/** What a guard knows of the projects. */
export interface GuardRules extends CallerRules {
  projectOf(url: string): GuardedProject | undefined;
}

/** A name of its own: an import follows what is done to the module. */
const callSites = getCallSites;

type AnyFunction = (...args: unknown[]) => unknown;

/** The ways to a module that pass by the hooks and need no import; the last two open the debugger, which has `require`. */
const loaders = [
  ...["getBuiltinModule", "binding", "_linkedBinding", "dlopen"],
  ...["_debugProcess", "_debugEnd"],
];

/** Refuses a project's own code what Node offers besides `import`. Other callers notice nothing. */
export function guardLoaders(rules: GuardRules): void {
  for (const name of loaders) guardMember(process, name, `process.${name}`, rules);
  guardMainModule(rules);
  // It loads a library from any path.
  guardMember(crypto, "setEngine", "crypto.setEngine", rules);
  syncBuiltinESMExports();
}

function guardMember(owner: object, name: string, shown: string, rules: GuardRules): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== "function") return;
  const { apply } = Reflect;
  const guarded: AnyFunction = (...args) => {
    refuseProjects(shown, rules);
    return apply(original as AnyFunction, owner, args);
  };
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { ...descriptor, value: guarded });
}

/** It has a `require`, when the program was started from CommonJS. Node's own loader asks for it, for nobody's sake. */
function guardMainModule(rules: GuardRules): void {
  let main: unknown = Reflect.get(process, "mainModule");
  Object.defineProperty(process, "mainModule", {
    configurable: true,
    enumerable: true,
    get: () => {
      if (main === undefined || isNode("modules/helpers", "makeRequireFunction")) return main;
      // Node gives the names of `node:process` their values; this one stays without.
      if (isNode("bootstrap/realm", "getOwn")) return undefined;
      refuseProjects("process.mainModule", rules);
      return main;
    },
    set: (value: unknown) => {
      main = value;
    },
  });
}

/** Whether a function of Node's own called the function that calls this one. */
function isNode(script: string, name: string): boolean {
  const { functionName, scriptName } = callSites(3, { sourceMap: false })[2] ?? {};
  return functionName === name && scriptName === `node:internal/${script}`;
}

/** Thrown when a project's code calls, and when nobody is known to. */
function refuseProjects(what: string, rules: GuardRules): void {
  const caller = callingCode(2, rules);
  if (caller.kind === "other") return;
  restoreGlobals();
  const site = caller.kind === "project" ? caller.site : undefined;
  const project = site === undefined ? undefined : rules.projectOf(site.scriptName);
  const file = project === undefined || site === undefined ? undefined : fileURLToPath(site.scriptName);
  const shown =
    project === undefined || file === undefined ? "code without a file" : relative(project.root, file);
  throw new SparkwrightError(
    "IMPORT_FORBIDDEN_ACCESS",
    `${shown} uses ${what}, which passes by the importer`,
    {
      hint: "Import what you need with import, and allow it in security.allowed_modules.",
      position:
        site === undefined || file === undefined
          ? undefined
          : { file: displayPath(file), line: site.lineNumber, column: site.columnNumber },
      details: { file: shown, access: what },
    },
  );
}
