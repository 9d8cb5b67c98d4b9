import { isBuiltin } from "node:module";
import { SparkwrightError } from "../core/error.ts";

/** The built-ins that compute and format, and reach neither files, network, processes nor the module loader. */
export const harmlessBuiltins: readonly string[] = [
  "node:assert",
  "node:buffer",
  "node:crypto",
  "node:events",
  "node:path",
  "node:perf_hooks",
  "node:process",
  "node:querystring",
  "node:stream",
  "node:string_decoder",
  "node:timers",
  "node:url",
  "node:util",
  "node:zlib",
];

/** What projects import without asking: these two, and nothing else of the package. */
export const ownPackages: readonly string[] = ["sparkwright", "sparkwright/sql"];

const packageName = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;
const packageEntry =
  /^(?:@[a-z0-9~-][\w.~-]*\/(?:\*|[a-z0-9~-][\w.~-]*)|[a-z0-9~-][\w.~-]*)(?:\/[\w.~-]+)*$/i;

/** A whitelist, read once. */
export interface AllowedModules {
  readonly entries: readonly string[];
  /** Whether all that an entry of another whitelist allows is allowed. */
  entry(entry: string): boolean;
  /** `name` as `builtinName` gives it. */
  builtin(name: string): boolean;
  /** `specifier` as an import names it: `name`, `name/part`, `@scope/name/part`. */
  package(specifier: string): boolean;
}

const parsed = new WeakMap<readonly string[], AllowedModules>();

/**
 * Reads `security.allowed_modules`. A name allows all its parts (`node:fs` also `node:fs/promises`); `@scope/*` allows
 * the packages of a scope.
 *
 * Thrown when an entry can match nothing, or everything: IMPORT_INVALID_ALLOWED_MODULE.
 */
export function parseAllowedModules(entries: readonly string[]): AllowedModules {
  const known = parsed.get(entries);
  if (known !== undefined) return known;
  const builtins = new Set(harmlessBuiltins);
  const packages = new Set(ownPackages);
  for (const entry of entries) {
    if (isBuiltin(entry)) builtins.add(builtinName(entry));
    else if (packageEntry.test(entry) && !/\.(?:\/|$)/.test(entry)) packages.add(entry);
    else throw invalidEntry(entry);
  }
  const allowed: AllowedModules = {
    entries: [...entries],
    entry: (entry) =>
      isBuiltin(entry)
        ? allowed.builtin(builtinName(entry))
        : packages.has(entry) || (!entry.endsWith("/*") && allowed.package(entry)),
    builtin: (name) => pathsTo(name).some((path) => builtins.has(path)),
    package: (specifier) => {
      if (ownPackages.includes(specifier)) return true;
      const name = packageOf(specifier);
      if (name === undefined || name === "sparkwright") return false;
      const scope = name.startsWith("@") ? `${name.slice(0, name.indexOf("/"))}/*` : undefined;
      return (
        (scope !== undefined && packages.has(scope)) || pathsTo(specifier).some((path) => packages.has(path))
      );
    },
  };
  parsed.set(entries, allowed);
  return allowed;
}

/** A built-in by its one name: `node:fs` for `fs`. */
export function builtinName(specifier: string): string {
  return specifier.startsWith("node:") ? specifier : `node:${specifier}`;
}

/** The package that a bare specifier names: `@scope/name` of `@scope/name/part`. */
export function packageOf(specifier: string): string | undefined {
  const parts = specifier.split("/");
  const name = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  return packageName.test(name) && name !== "node_modules" ? name : undefined;
}

/** `a`, `a/b` and `a/b/c` of `a/b/c`. */
function pathsTo(name: string): string[] {
  const parts = name.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

function invalidEntry(entry: string): SparkwrightError {
  const what = `security.allowed_modules has ${JSON.stringify(entry)}, which names neither a package nor a built-in`;
  return new SparkwrightError("IMPORT_INVALID_ALLOWED_MODULE", what, {
    hint: 'Write "name", "@scope/name", "@scope/*" or "node:name".',
    details: { entry },
  });
}
