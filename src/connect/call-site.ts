import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { displayPath } from "../core/display-path.ts";
import type { SourcePosition } from "../core/error.ts";
import { stackFrames } from "../core/stack-frames.ts";

/** The code of sparkwright itself, which calls nobody means. */
const own = fileURLToPath(new URL("../", import.meta.url));
/** Frames of a stack: what lies between the user's code and an expression, or an error that came back over awaits. */
const callDepth = 12;
const errorDepth = 40;

/** The place in the user's code from which this is called. Costs tens of microseconds. */
export function callSite(): SourcePosition | undefined {
  for (const place of stackFrames(withDepth(callDepth, () => new Error()).stack)) {
    if (!place.file.startsWith(own) && !place.file.includes(`${sep}node_modules${sep}`)) return place;
  }
  return undefined;
}

/** Makes an error whose stack reaches the user's code. */
export function withDeepStack<E extends Error>(make: () => E): E {
  return withDepth(errorDepth, make);
}

function withDepth<E extends Error>(depth: number, make: () => E): E {
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
