// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a hint shows a variable
import { isAbsolute, resolve } from "node:path";
import { matching } from "./fields.ts";

/** A path as the Spark server sees it: absolute or a URI; relative ones are below the project. */
export function serverPath(path: string, root: string): string {
  const isUri = /^[a-z][a-z0-9+.-]+:/i.test(path);
  return isUri || isAbsolute(path) ? path : resolve(root, path);
}

/** No path that only a shell would look for at home. */
const noHome = /^(?!~|\$[A-Za-z_])[^\0]+$/;

/** The path of a file or folder; `~` and `$NAME` are refused, for they would become folders of that name. */
export function pathField(what: string): ReturnType<typeof matching> {
  return matching(noHome, what, {
    hint: "Only shells know `~` and `$HOME`, and NUL is part of no path: write the whole path, or `${HOME}/…`; a folder that is called so is `./~`.",
  });
}
