import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Clock, systemClock } from "../core/clock.ts";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { parseAllowedModules } from "./allowed-modules.ts";
import { guardExit } from "./guard-exit.ts";
import { importError } from "./import-errors.ts";
import { replacedHint } from "./import-rules.ts";
import { restoreGlobals } from "./intact-globals.ts";
import { type LocatedFunction, locateFunction } from "./locate-module.ts";
import type { ModulePolicy } from "./module-policy.ts";
import { installHooks, loadedModules } from "./resolution-hooks.ts";

export type ImportedFunction = (...args: unknown[]) => unknown;

type Module = Readonly<Record<string, unknown>>;

/** What was loaded stays loaded: Node would only give the same module again. By its file. */
const modules = new Map<string, Module>();

export interface ImportOptions {
  /** Longest time that loading the module may take, milliseconds. @default 60_000 */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Imports the function that a configuration names `a.b.fn`: export `fn` (or its camelCase) of `src/a/b.ts`. The
 * module's code runs on its first import; whatever it imports, then or later, is under the policy of its project.
 *
 * Thrown when the policy refuses it, or it cannot be loaded, ends the process or is still loading after the timeout:
 * IMPORT_* errors, with the place in the code where there is one.
 */
export async function importFunction(
  ref: string,
  policy: ModulePolicy,
  { timeoutMs = 60_000, clock = systemClock }: ImportOptions = {},
): Promise<ImportedFunction> {
  const allowed = parseAllowedModules(policy.allowedModules);
  const root = realpathSync.native(policy.root);
  const located = locateFunction(ref, root);
  installHooks(root, allowed);
  const known = modules.get(located.file);
  if (known !== undefined) return pick(ref, located, known);
  const before = loadedModules().length;
  const timeout = new AbortController();
  try {
    const loading = guardExit<unknown>(
      () => import(pathToFileURL(located.file).href),
      (call) => endedProcess(ref, located, call),
    );
    const late = clock
      .sleep(timeoutMs, timeout.signal)
      .then(() => Promise.reject(tooSlow(ref, located, timeoutMs)));
    const module = (await Promise.race([loading, late])) as Module;
    const replaced = restoreGlobals();
    if (replaced !== undefined) throw replacing(ref, located, replaced);
    modules.set(located.file, module);
    return pick(ref, located, module);
  } catch (error) {
    restoreGlobals();
    if (error instanceof SparkwrightError && error.code.startsWith("IMPORT_")) throw error;
    // A module that failed before is not loaded again.
    const loaded = [pathToFileURL(located.file).href, ...loadedModules().slice(before)];
    throw await importError(error, { ref, file: located.file, shown: located.shown, root, loaded });
  } finally {
    timeout.abort();
  }
}

function pick(ref: string, located: LocatedFunction, module: Module): ImportedFunction {
  const name = located.exports.find((candidate) => Object.hasOwn(module, candidate));
  const position = { file: displayPath(located.file), line: 1, column: 1 };
  if (name === undefined) {
    const exported = Object.keys(module);
    const wanted = located.exports.map((candidate) => `\`${candidate}\``).join(" nor ");
    const meant = suggest(located.exports.at(-1) ?? "", exported);
    const what = `"${ref}": ${located.shown} exports neither ${wanted}`.replace(/neither (\S+)$/, "no $1");
    throw new SparkwrightError("IMPORT_MISSING_EXPORT", what, {
      position,
      hint: meant === undefined ? exportHint(located, exported) : `Did you mean "${meant}"?`,
      details: { ref, exported, suggestion: meant },
    });
  }
  const value = module[name];
  const isClass = typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));
  if (typeof value === "function" && !isClass) return value as ImportedFunction;
  const what = isClass ? "a class" : `of type ${typeof value}`;
  throw new SparkwrightError(
    "IMPORT_NOT_A_FUNCTION",
    `"${ref}": \`${name}\` of ${located.shown} is ${what}`,
    {
      position,
      hint: `Export a function: export async function ${name}(…inputs, ctx) { … }`,
      details: { ref },
    },
  );
}

function exportHint({ exports: [name = ""] }: LocatedFunction, exported: readonly string[]): string {
  const add = `Export it by its name: \`export function ${name}(…inputs, ctx) { … }\`.`;
  return exported.length === 0 ? add : `The module exports ${exported.join(", ")}. ${add}`;
}

function tooSlow(ref: string, { shown, file }: LocatedFunction, timeoutMs: number): SparkwrightError {
  return new SparkwrightError(
    "IMPORT_TIMEOUT",
    `"${ref}": ${shown} is still loading after ${timeoutMs / 1_000} s`,
    {
      position: { file: displayPath(file), line: 1, column: 1 },
      hint: "Do not wait at the top level of a module; move the work into its function.",
      details: { ref },
    },
  );
}

function replacing(ref: string, { shown, file }: LocatedFunction, name: string): SparkwrightError {
  return new SparkwrightError(
    "IMPORT_FORBIDDEN_ACCESS",
    `"${ref}": ${shown} replaced ${name}, which the importer works with, while it was loaded`,
    {
      position: { file: displayPath(file), line: 1, column: 1 },
      hint: replacedHint,
      details: { ref, access: name },
    },
  );
}

function endedProcess(ref: string, { shown, file }: LocatedFunction, call: string): SparkwrightError {
  return new SparkwrightError(
    "IMPORT_ENDED_PROCESS",
    `"${ref}": ${shown} called ${call} while it was loaded`,
    {
      position: { file: displayPath(file), line: 1, column: 1 },
      hint: "Throw an error instead; only sparkwright ends the process.",
      details: { ref, call },
    },
  );
}
