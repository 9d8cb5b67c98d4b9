import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { SourcePosition } from "../core/error.ts";

const frame = /^at (?:.*\()?(?:async )?((?:file:\/\/|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/;
const foreign = [`${sep}node_modules${sep}`, `${sep}.sparkwright${sep}`];

/** The innermost place of a stack trace that is a project's own code, if there is one. */
export function userPosition(stack: string | undefined, projectRoot: string): SourcePosition | undefined {
  const inside = projectRoot.endsWith(sep) ? projectRoot : `${projectRoot}${sep}`;
  for (const line of stack?.split("\n") ?? []) {
    const [, place = "", row, column] = frame.exec(line.trim()) ?? [];
    const file = place.startsWith("file://") ? fileURLToPath(withoutQuery(place)) : place;
    if (!file.startsWith(inside) || foreign.some((part) => file.slice(inside.length - 1).includes(part)))
      continue;
    return { file, line: Number(row), column: Number(column) };
  }
  return undefined;
}

/** Modules may be imported with a query, to have them anew. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, "");
}
