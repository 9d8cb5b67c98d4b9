import { showAs } from "../../core/shown-as.ts";
import { formatDateTime, isInt64, parseDateTime } from "./calendar.ts";
import { toJavaScriptDate } from "./javascript-date.ts";
import { invalidText, outOfRange, refuseImplicitConversion } from "./no-implicit-conversion.ts";

/** A date and time of day with no zone (Spark's TIMESTAMP_NTZ), in microseconds since 1970-01-01T00:00:00. */
export class LocalDateTime {
  readonly epochMicros: bigint;

  constructor(epochMicros: bigint) {
    this.epochMicros = epochMicros;
  }

  /** Reads `2001-02-03T04:05:06.789012`. Thrown when there is a zone, or it is no date and time. */
  static parse(text: string): LocalDateTime {
    const micros = parseDateTime(text.trim());
    if (micros === undefined) {
      throw invalidText("date and time", text, '"2001-02-03T04:05:06.789", with no zone');
    }
    if (!isInt64(micros)) {
      throw outOfRange("a date and time", text, "about 292,000 years around 1970");
    }
    return new LocalDateTime(micros);
  }

  /** The Date at which clocks in UTC show this; microseconds are cut off. Thrown when beyond its range. */
  toDate(): Date {
    return toJavaScriptDate(this.epochMicros);
  }

  /** Negative, zero or positive as this moment is before, equal to or after the other. */
  compare(other: LocalDateTime): number {
    return this.epochMicros < other.epochMicros ? -1 : this.epochMicros > other.epochMicros ? 1 : 0;
  }

  /** Whether the other is the same moment. */
  equals(other: unknown): boolean {
    return other instanceof LocalDateTime && this.epochMicros === other.epochMicros;
  }

  /** ISO 8601 with no zone: `2001-02-03T04:05:06.789012`. */
  toString(): string {
    return formatDateTime(this.epochMicros);
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("LocalDateTime", "compare() or epochMicros");
  }
}

showAs(LocalDateTime, (value) => `LocalDateTime(${value.toString()})`);
