import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { restoreGlobals } from "./intact-globals.ts";
import { beginsWith, holds } from "./text-begins.ts";

interface OwnPackage {
  readonly name: string;
  /** Where its files begin, as a URL and as a path: of CommonJS, a stack has the path. */
  readonly starts: readonly [url: string, path: string];
}

const ownSources: string = new URL("../", import.meta.url).href;
let ownPackages: readonly OwnPackage[] | undefined;

/** Whether a script is ours: sparkwright's own, or of a package that it is made with and no project may import. */
export function isOwnCode(script: string, isAllowed: (packageName: string) => boolean): boolean {
  if (beginsWith(script, ownSources)) return true;
  if (!holds(script, "/node_modules/")) return false;
  if (ownPackages === undefined) {
    restoreGlobals();
    ownPackages = [...findPackages().values()];
  }
  for (let index = 0; index < ownPackages.length; index += 1) {
    const { name, starts } = ownPackages[index] as OwnPackage;
    if (beginsWith(script, starts[0]) || beginsWith(script, starts[1])) return !isAllowed(name);
  }
  return false;
}

/** The packages that sparkwright depends on, and those that they do, by their folder. */
function findPackages(): ReadonlyMap<string, OwnPackage> {
  const found = new Map<string, OwnPackage>();
  const visit = (manifest: string | undefined): void => {
    if (manifest === undefined) return;
    const base = pathToFileURL(manifest);
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, "utf8")) as {
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    for (const name of Object.keys(dependencies)) {
      const dependency = findManifest(name, base);
      const folder = dependency === undefined ? undefined : dirname(dependency) + sep;
      if (folder === undefined || found.has(folder)) continue;
      found.set(folder, { name, starts: [pathToFileURL(folder).href, folder] });
      visit(dependency);
    }
  };
  visit(findPackageJSON(import.meta.url));
  return found;
}

function findManifest(name: string, base: URL): string | undefined {
  try {
    return findPackageJSON(name, base);
  } catch {
    return undefined; // optional, and not installed
  }
}
