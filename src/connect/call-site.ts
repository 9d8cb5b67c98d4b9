import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { displayPath } from "../core/display-path.ts";
import type { SourcePosition } from "../core/error.ts";
import { stackFrames } from "../core/stack-frames.ts";

/** The code of sparkwright itself, which calls nobody means. */
const own = fileURLToPath(new URL("../", import.meta.url));
/** Enough for what lies between the user's code and the place that asks. */
const depth = 40;

/** The place in the user's code from which this is called. Costs tens of microseconds. */
export function callSite(): SourcePosition | undefined {
  for (const place of stackFrames(withDeepStack(() => new Error()).stack)) {
    if (!place.file.startsWith(own) && !place.file.includes(`${sep}node_modules${sep}`)) return place;
  }
  return undefined;
}

/** Makes an error whose stack reaches the user's code. */
export function withDeepStack<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** As it is sent to the server and comes back in its messages: `pipelines/clean.ts:14:5`. */
export function callSiteText({ file, line, column }: SourcePosition): string {
  return `${displayPath(file)}:${line}:${column}`;
}

/** The place that {@link callSiteText} names. */
export function parseCallSite(text: string): SourcePosition | undefined {
  const [, file, line, column] = /^(.+):(\d+):(\d+)$/.exec(text) ?? [];
  return file === undefined ? undefined : { file: resolve(file), line: Number(line), column: Number(column) };
}
