import { fileURLToPath } from "node:url";
import type { SourcePosition } from "./error.ts";

const frame = /^at (?:.*\()?(?:async )?((?:file:\/\/|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/;

/** The places of a stack trace that are in files, the innermost first. */
export function* stackFrames(stack: string | undefined): Generator<SourcePosition> {
  for (const line of stack?.split("\n") ?? []) {
    const [, place, row, column] = frame.exec(line.trim()) ?? [];
    if (place === undefined) continue;
    const file = place.startsWith("file://") ? fileURLToPath(withoutQuery(place)) : place;
    yield { file, line: Number(row), column: Number(column) };
  }
}

/** Modules may be imported with a query, to have them anew. */
function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, "");
}
