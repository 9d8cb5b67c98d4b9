import { createRequire } from "node:module";

/** The version of this package, found by the package's own name, for source and build lie at different depths. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)("sparkwright/package.json") as { version: string };
  return version;
}
