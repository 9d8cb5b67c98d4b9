import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { codeFolders } from "./module-policy.ts";

/** A function as the configuration names it, found as a file. */
export interface LocatedFunction {
  /** Absolute, with every link resolved. */
  readonly file: string;
  /** As messages name it, relative to the project. */
  readonly shown: string;
  /** The names the function may be exported under: as written, and in camelCase. */
  readonly exports: readonly string[];
}

const extensions = [".ts", ".mts", ".js", ".mjs"] as const;
const segment = /^[A-Za-z_$][\w$-]*$/;

/**
 * Finds the file of `a.b.fn`: `src/a/b.ts` or `lib/a/b.ts` (or .mts, .js, .mjs, or `a/b/index.ts`) of the project
 * in `root`, a real path.
 *
 * Thrown when the reference is no dotted path (IMPORT_INVALID_REFERENCE), there is no such file
 * (IMPORT_MODULE_NOT_FOUND), or the file really lies elsewhere (IMPORT_OUTSIDE_PROJECT).
 */
export function locateFunction(ref: string, root: string): LocatedFunction {
  const segments = parseReference(ref);
  const modulePath = segments.slice(0, -1);
  const name = segments.at(-1) ?? "";
  for (const folder of codeFolders) {
    for (const extension of extensions) {
      for (const tail of [[], ["index"]]) {
        const wanted = join(root, folder, ...modulePath, ...tail) + extension;
        if (!isFile(wanted)) continue;
        const file = realpathSync.native(wanted);
        // Where any case is taken, this one is not the file's.
        if (realpathSync(wanted) !== file) continue;
        requireInside(ref, root, file);
        return { file, shown: relative(root, wanted), exports: exportNames(name) };
      }
    }
  }
  throw notFound(ref, root, modulePath);
}

/** Letters of other scripts are refused with everything else: they can look like these and be others. */
function parseReference(ref: string): string[] {
  const segments = ref.split(".");
  const plain = segments.length >= 2 && segments.every((part) => segment.test(part));
  if (plain && !segments.includes("node_modules") && !segments.includes("__proto__")) return segments;
  throw new SparkwrightError("IMPORT_INVALID_REFERENCE", `${JSON.stringify(ref)} does not name a function`, {
    hint: 'Write the module and its function with dots between: "etl.extract_raw" is extract_raw of src/etl.ts.',
    details: { ref },
  });
}

function exportNames(name: string): string[] {
  const camel = name.replace(/(?<=[^_])_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return camel === name ? [name] : [name, camel];
}

/** A link may lead from one code folder to another, and nowhere else. */
function requireInside(ref: string, root: string, file: string): void {
  const inside = codeFolders.some((folder) => file.startsWith(join(root, folder) + sep));
  if (inside && !file.split(sep).includes("node_modules", root.split(sep).length)) return;
  throw new SparkwrightError(
    "IMPORT_OUTSIDE_PROJECT",
    `"${ref}" leads to ${file}, outside the project's code`,
    {
      hint: `Put the file itself into ${codeFolders.join(" or ")} of the project; links out of it are not followed.`,
      details: { ref, file },
    },
  );
}

function notFound(ref: string, root: string, path: readonly string[]): SparkwrightError {
  const wanted = path.join("/");
  const meant = suggest(
    wanted,
    moduleNames(root).filter((name) => name !== wanted),
  );
  const name = ref.slice(ref.lastIndexOf(".") + 1);
  const looked = codeFolders.map((folder) => `${folder}/${wanted}.ts`).join(" nor ");
  return new SparkwrightError("IMPORT_MODULE_NOT_FOUND", `"${ref}": there is neither ${looked}`, {
    hint:
      meant === undefined
        ? `Create src/${wanted}.ts and export \`${name}\` from it.`
        : `Did you mean "${meant.replaceAll("/", ".")}.${name}"?`,
    details: { ref, suggestion: meant },
  });
}

/** The modules that a reference could have meant, as `a/b`. */
function moduleNames(root: string): string[] {
  return codeFolders
    .flatMap((folder) => filesBelow(join(root, folder)))
    .filter((file) => extensions.some((extension) => file.endsWith(extension)) && !file.endsWith(".d.ts"))
    .map((file) => file.replace(/(\/index)?\.\w+$/, "").replaceAll(sep, "/"));
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}
