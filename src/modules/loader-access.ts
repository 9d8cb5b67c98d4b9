import { createRequire, syncBuiltinESMExports } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { callingCode, ownCode } from "./calling-code.ts";
import type { GuardedProject } from "./import-rules.ts";

type ProjectOf = (url: string) => GuardedProject | undefined;
type AnyFunction = (...args: unknown[]) => unknown;

/** The ways to a module that pass by the hooks and need no import. */
const loaders = ["getBuiltinModule", "binding", "_linkedBinding", "dlopen"] as const;
let engineLoadingGuarded = false;

/** Refuses a project's own code what `process` offers besides `import`. Other callers notice nothing. */
export function guardLoaders(projectOf: ProjectOf): void {
  for (const name of loaders) guardMember(process, name, `process.${name}`, projectOf);
  guardMainModule(projectOf);
  syncBuiltinESMExports();
}

/** `crypto.setEngine` loads a library from any path. */
export function guardEngineLoading(projectOf: ProjectOf): void {
  if (engineLoadingGuarded) return;
  engineLoadingGuarded = true;
  const crypto = createRequire(import.meta.url)("node:crypto") as object;
  guardMember(crypto, "setEngine", "crypto.setEngine", projectOf);
  syncBuiltinESMExports();
}

function guardMember(owner: object, name: string, shown: string, projectOf: ProjectOf): void {
  const original: unknown = Reflect.get(owner, name);
  if (typeof original !== "function") return;
  const guarded: AnyFunction = (...args) => {
    refuseProjects(shown, projectOf);
    return Reflect.apply(original as AnyFunction, owner, args);
  };
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { ...descriptor, value: guarded });
}

/** It has a `require`, when the program was started from CommonJS. */
function guardMainModule(projectOf: ProjectOf): void {
  let main: unknown = Reflect.get(process, "mainModule");
  Object.defineProperty(process, "mainModule", {
    configurable: true,
    enumerable: true,
    get: () => {
      if (main !== undefined) refuseProjects("process.mainModule", projectOf);
      return main;
    },
    set: (value: unknown) => {
      main = value;
    },
  });
}

/**
 * Thrown when the nearest code on the stack that has a file is a project's, and when there is none: nobody but code
 * that wants to hide has this called by the event loop. Our own code only passes on what it is given.
 */
function refuseProjects(what: string, projectOf: ProjectOf): void {
  const caller = callingCode((url) => !url.startsWith(ownCode));
  const url = caller?.scriptName ?? "";
  const project = projectOf(url);
  if (caller !== undefined && project === undefined) return;
  const file = project === undefined ? undefined : fileURLToPath(url);
  const shown =
    project === undefined || file === undefined ? "code without a file" : relative(project.root, file);
  throw new SparkwrightError(
    "IMPORT_FORBIDDEN_ACCESS",
    `${shown} uses ${what}, which passes by the importer`,
    {
      hint: "Import what you need with import, and allow it in security.allowed_modules.",
      position:
        caller === undefined || file === undefined
          ? undefined
          : { file: displayPath(file), line: caller.lineNumber, column: caller.columnNumber },
      details: { file: shown, access: what },
    },
  );
}
