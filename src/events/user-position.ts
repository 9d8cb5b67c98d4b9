import { sep } from "node:path";
import type { SourcePosition } from "../core/error.ts";
import { stackFrames } from "../core/stack-frames.ts";

const foreign = [`${sep}node_modules${sep}`, `${sep}.sparkwright${sep}`];

/** The innermost place of a stack trace that is a project's own code, if there is one. */
export function userPosition(stack: string | undefined, projectRoot: string): SourcePosition | undefined {
  const inside = projectRoot.endsWith(sep) ? projectRoot : `${projectRoot}${sep}`;
  for (const place of stackFrames(stack)) {
    if (!place.file.startsWith(inside)) continue;
    if (!foreign.some((part) => place.file.slice(inside.length - 1).includes(part))) return place;
  }
  return undefined;
}
