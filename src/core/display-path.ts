import { isAbsolute, relative } from "node:path";

/** A file as messages name it: relative to the working directory when inside it, so that it can be opened. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}
