import { isAbsolute, resolve } from "node:path";

/** A path as the Spark server sees it: absolute or a URI; relative ones are below the project. */
export function serverPath(path: string, root: string): string {
  const isUri = /^[a-z][a-z0-9+.-]+:/i.test(path);
  return isUri || isAbsolute(path) ? path : resolve(root, path);
}
