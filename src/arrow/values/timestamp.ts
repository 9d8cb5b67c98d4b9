import { showAs } from "../../core/shown-as.ts";
import { formatDateTime, isInt64, parseDateTime } from "./calendar.ts";
import { toJavaScriptDate } from "./javascript-date.ts";
import { invalidText, outOfRange, refuseImplicitConversion } from "./no-implicit-conversion.ts";

/** An instant in microseconds since 1970-01-01T00:00:00Z (Spark's TIMESTAMP). */
export class Timestamp {
  readonly epochMicros: bigint;

  constructor(epochMicros: bigint) {
    this.epochMicros = epochMicros;
  }

  /** Reads `2001-02-03T04:05:06.789012Z` or with an offset `+01:00`. Thrown when the zone is missing. */
  static parse(text: string): Timestamp {
    const match = /^(.+?)(Z|[+-]\d{2}:?\d{2})$/i.exec(text.trim());
    const local = match === null ? undefined : parseDateTime(match[1] ?? "");
    const offset = match === null ? undefined : offsetMicros(match[2] ?? "");
    if (local === undefined || offset === undefined || !/[T ]/.test(match?.[1] ?? "")) {
      throw invalidText("timestamp", text, '"2001-02-03T04:05:06.789Z" or with an offset such as "+01:00"');
    }
    if (!isInt64(local - offset)) {
      throw outOfRange("a timestamp", text, "about 292,000 years around 1970");
    }
    return new Timestamp(local - offset);
  }

  /** Thrown when the date is invalid. */
  static fromDate(date: Date): Timestamp {
    if (Number.isNaN(date.getTime())) {
      throw outOfRange("a timestamp", "Invalid Date", "valid dates");
    }
    return new Timestamp(BigInt(date.getTime()) * 1000n);
  }

  /** A JavaScript Date; the microseconds below its millisecond are cut off. Thrown when beyond its range. */
  toDate(): Date {
    return toJavaScriptDate(this.epochMicros);
  }

  /** Negative, zero or positive as this moment is before, equal to or after the other. */
  compare(other: Timestamp): number {
    return this.epochMicros < other.epochMicros ? -1 : this.epochMicros > other.epochMicros ? 1 : 0;
  }

  /** Whether the other is the same moment. */
  equals(other: unknown): boolean {
    return other instanceof Timestamp && this.epochMicros === other.epochMicros;
  }

  /** ISO 8601 in UTC: `2001-02-03T04:05:06.789012Z`. */
  toString(): string {
    return `${formatDateTime(this.epochMicros)}Z`;
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("Timestamp", "compare() or epochMicros");
  }
}

function offsetMicros(zone: string): bigint | undefined {
  if (zone === "Z" || zone === "z") {
    return 0n;
  }
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 18 || minutes > 59) {
    return undefined;
  }
  return BigInt((zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes)) * 60_000_000n;
}

showAs(Timestamp, (value) => `Timestamp(${value.toString()})`);
