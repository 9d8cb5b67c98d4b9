import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { findPackageJSON, isBuiltin } from "node:module";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { SparkwrightError } from "../core/error.ts";
import { type AllowedModules, builtinName, harmlessBuiltins, packageOf } from "./allowed-modules.ts";
import { specifierPosition } from "./import-site.ts";
import { codeFolders } from "./module-policy.ts";

/** A project whose code is checked. */
export interface GuardedProject {
  /** Its real path. */
  readonly root: string;
  readonly allowed: AllowedModules;
  /** What it was allowed when its first module was loaded. */
  readonly first: AllowedModules;
}

/** One import in a project's own code. */
export interface ImportSite {
  readonly project: GuardedProject;
  /** The importing file. */
  readonly file: string;
  readonly specifier: string;
}

const folders = codeFolders.map((folder) => `${folder}/`).join(" and ");
const extensions = /\.(?:ts|mts|js|mjs|json)$/;
/** Letters of other scripts look like these and are others; `%`, `?`, control characters mean one thing to a reader and another to a URL. */
const plainName = /^[\w$@~+./#-]+$/;

/** What can be said of an import by its text alone, before anything is looked up. */
export function checkSpecifier(site: ImportSite): void {
  const { specifier } = site;
  if (specifier.startsWith("node:") && plainName.test(specifier.slice(5))) return;
  if (/^[\0- ]*[a-z][a-z0-9+.-]*:/i.test(specifier)) {
    // The URL parser drops these, wherever they stand.
    const scheme = specifier
      .replace(/[\0- ]/g, "")
      .split(":", 1)[0]
      ?.toLowerCase();
    throw refusal(site, "IMPORT_FORBIDDEN_URL", `which is a ${scheme}: URL`, ownCodeHint);
  }
  if (/^[/\\]/.test(specifier))
    throw refusal(site, "IMPORT_OUTSIDE_PROJECT", "an absolute path", ownCodeHint);
  const parts = specifier.split("/");
  const tricky = specifier.startsWith(".") ? isTricky : isTrickyInside;
  if (plainName.test(specifier) && !specifier.includes("#", 1) && !parts.some(tricky)) return;
  throw refusal(
    site,
    "IMPORT_FORBIDDEN_NAME",
    "which is not a plain name",
    "Name files with ASCII letters, digits and _ - . $ @ + ~ only, and import them without a query.",
  );
}

function isTricky(part: string): boolean {
  return part !== "." && part !== ".." && isTrickyInside(part);
}

/** Of a package's name, no part may lead out of the package. */
function isTrickyInside(part: string): boolean {
  return part === "" || part.endsWith(".");
}

/** Whether what an import leads to may be loaded. `url` is what Node resolved it to. */
export function checkTarget(
  site: ImportSite,
  url: string,
  projectOf: (url: string) => GuardedProject | undefined,
): void {
  const { project, specifier } = site;
  if (isBuiltin(url) || url.startsWith("node:")) {
    if (project.allowed.builtin(builtinName(url))) return;
    throw builtinRefusal(site, builtinName(url));
  }
  if (!url.startsWith("file:")) {
    throw refusal(site, "IMPORT_FORBIDDEN_URL", `which leads to ${url.split(":", 1)[0]}:`, ownCodeHint);
  }
  const name = isBare(specifier) ? installedPackage(site) : undefined;
  if (name !== undefined && project.allowed.package(specifier)) return;
  const file = realpathSync(fileURLToPath(url));
  if (projectOf(pathToFileURL(file).href) === project) {
    checkOwnFile(site, file);
    return;
  }
  const installed = specifier.startsWith("#") ? packageAt(project, file) : name;
  if (installed !== undefined && project.allowed.package(installed)) return;
  if (installed !== undefined) throw packageRefusal(site);
  const where = relative(project.root, file);
  throw refusal(
    site,
    "IMPORT_OUTSIDE_PROJECT",
    `which leads to ${where.startsWith("..") ? file : where}, outside ${folders}`,
    outsideHint(specifier, where),
  );
}

/** An import that Node could not resolve: the refusal, when it would not have been allowed either. */
export function unresolvedRefusal(
  site: ImportSite,
  projectOf: (url: string) => GuardedProject | undefined,
): SparkwrightError | undefined {
  const { specifier, project } = site;
  if (specifier.startsWith(".")) {
    if (projectOf(new URL(specifier, pathToFileURL(site.file)).href) === project) return undefined;
    return refusal(site, "IMPORT_OUTSIDE_PROJECT", `which leads out of ${folders}`, ownCodeHint);
  }
  if (specifier.startsWith("node:")) return builtinRefusal(site, specifier);
  if (!isBare(specifier) || specifier.startsWith("#") || project.allowed.package(specifier)) return undefined;
  return packageRefusal(site);
}

/** An import after the code has replaced `name`, such as `Array.prototype.map`. */
export function globalRefusal(site: ImportSite, name: string): SparkwrightError {
  return refusal(
    site,
    "IMPORT_FORBIDDEN_ACCESS",
    `after something replaced ${name}, which the importer works with`,
    replacedHint,
  );
}

export const replacedHint: string =
  "Leave what is built into JavaScript as it is; add functions of your own under names of their own.";

function checkOwnFile(site: ImportSite, file: string): void {
  if (!statSync(file).isFile()) {
    throw refusal(site, "IMPORT_UNSUPPORTED_FORMAT", "which is no regular file", "Import a file of code.");
  }
  // A file system that takes any case finds one file under many names.
  if (realpathSync.native(file) !== file) {
    const hint = `The file is called ${relative(site.project.root, realpathSync.native(file))}.`;
    throw refusal(site, "IMPORT_UNRESOLVED", "which is written in another case", hint);
  }
  if (extensions.test(file)) return;
  throw refusal(
    site,
    "IMPORT_UNSUPPORTED_FORMAT",
    "which is not an ES module",
    "Node functions and what they import are .ts, .mts, .js or .mjs files with import and export, or .json.",
  );
}

/** The package that a bare specifier names, unless what the project itself contains goes by that name. */
function installedPackage({ file, specifier, project }: ImportSite): string | undefined {
  const name = packageOf(specifier);
  if (name === undefined || name === ownName(file)) return undefined;
  for (let folder = dirname(file); folder !== project.root && folder !== dirname(folder); ) {
    if (existsSync(join(folder, "node_modules", name))) return undefined;
    folder = dirname(folder);
  }
  return name;
}

/** The name by which a file can import its own package. */
function ownName(file: string): unknown {
  const manifest = findPackageJSON(pathToFileURL(file));
  // Where there is none, Node answers with the file itself.
  if (manifest === undefined || basename(manifest) !== "package.json") return undefined;
  const content: unknown = JSON.parse(readFileSync(manifest, "utf8"));
  return typeof content === "object" && content !== null ? Reflect.get(content, "name") : undefined;
}

/** The package that a file lies in, where the project or a folder above it has it installed. */
function packageAt({ root }: GuardedProject, file: string): string | undefined {
  const inside = file.split(`${sep}node_modules${sep}`);
  const above = inside[0] ?? "";
  const mayUse = inside.length > 1 && (root === above || root.startsWith(above + sep));
  return mayUse ? packageOf((inside.at(-1) ?? "").replaceAll(sep, "/")) : undefined;
}

function isBare(specifier: string): boolean {
  return !/^[./]/.test(specifier);
}

const ownCodeHint: string = `Put the code into ${folders.replace("and", "or")} of the project and import it by a relative path.`;

function outsideHint(specifier: string, where: string): string {
  if (isBare(specifier) && !specifier.startsWith("#")) {
    return "Install packages in the node_modules of the project, not in its code, and give none the project's own name.";
  }
  return where.split(sep).includes("node_modules")
    ? "Import a package by its name, and allow it in security.allowed_modules."
    : ownCodeHint;
}

function builtinRefusal(site: ImportSite, name: string): SparkwrightError {
  const known = harmlessBuiltins.map((builtin) => builtin.slice("node:".length)).join(", ");
  return refusal(
    site,
    "IMPORT_BUILTIN_NOT_ALLOWED",
    "a built-in module that the project does not allow",
    `Add "${name}" to security.allowed_modules, or do without it; free are ${known}.`,
  );
}

function packageRefusal(site: ImportSite): SparkwrightError {
  const name = packageOf(site.specifier) ?? site.specifier;
  const hint =
    name === "sparkwright"
      ? 'Import "sparkwright" or "sparkwright/sql".'
      : `If you trust the package as a whole, add "${name}" to security.allowed_modules.`;
  return refusal(site, "IMPORT_PACKAGE_NOT_ALLOWED", "a package that the project does not allow", hint);
}

function refusal(site: ImportSite, code: string, what: string, hint: string): SparkwrightError {
  const { file, specifier, project } = site;
  const shown = relative(project.root, file);
  const named = specifier.length > 100 ? `${specifier.slice(0, 100)}…` : specifier;
  return new SparkwrightError(code, `${shown} imports ${JSON.stringify(named)}, ${what}`, {
    hint,
    position: specifierPosition(file, specifier),
    details: { file: shown, specifier },
  });
}
