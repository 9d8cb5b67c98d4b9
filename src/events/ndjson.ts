import { plainBigint } from "./plain-value.ts";
import type { RunEvent } from "./run-event.ts";

/** The event as one line of JSON, line feed included. Row counts are numbers where exact, else strings. */
export function toNdjson(event: RunEvent): string {
  return `${toJson(event)}\n`;
}

/** Any part of an event as JSON, with the same rule for row counts. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "bigint" ? plainBigint(item) : item,
  );
}
