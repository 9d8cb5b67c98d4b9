import type { ValuePlace } from "./value-place.ts";

// Temporal is not in every Node we run on: its objects are known by their tag.

/** `Temporal.PlainDate` and so on, or undefined. */
export function temporalKind(value: unknown): string | undefined {
  const tag: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, Symbol.toStringTag) : undefined;
  return typeof tag === "string" && tag.startsWith("Temporal.") ? tag : undefined;
}

/** Its ISO form without the annotation of a calendar. */
export function temporalText(value: unknown): string {
  return String(value).replace(/\[.*$/, "");
}

/** Months of a Temporal.Duration that has nothing else. */
export function yearMonthOf(duration: unknown, place: ValuePlace): bigint {
  if (nanos(duration) !== 0n) {
    throw place.inexact(duration, "It has more than years and months.");
  }
  return unit(duration, "years") * 12n + unit(duration, "months");
}

/** Nanoseconds of a Temporal.Duration of days and less; a day has 24 hours, as in Spark. */
export function dayTimeOf(duration: unknown, place: ValuePlace): bigint {
  if (unit(duration, "years") !== 0n || unit(duration, "months") !== 0n) {
    throw place.inexact(duration, "It has years or months, which have no fixed length.");
  }
  return nanos(duration);
}

function nanos(duration: unknown): bigint {
  const hours = (unit(duration, "weeks") * 7n + unit(duration, "days")) * 24n + unit(duration, "hours");
  const seconds = (hours * 60n + unit(duration, "minutes")) * 60n + unit(duration, "seconds");
  const micros = (seconds * 1000n + unit(duration, "milliseconds")) * 1000n + unit(duration, "microseconds");
  return micros * 1000n + unit(duration, "nanoseconds");
}

function unit(duration: unknown, name: string): bigint {
  return BigInt(Number(Reflect.get(Object(duration), name)));
}
