import { showAs } from "../../core/shown-as.ts";
import { formatTime, parseTime } from "./calendar.ts";
import { invalidText, refuseImplicitConversion } from "./no-implicit-conversion.ts";

/** A time of day (Spark's TIME), in nanoseconds since midnight. */
export class LocalTime {
  readonly nanosOfDay: number;

  constructor(nanosOfDay: number) {
    this.nanosOfDay = nanosOfDay;
  }

  /** Reads `04:05:06.789` or `04:05`. Thrown when it is no time of day. */
  static parse(text: string): LocalTime {
    const nanos = parseTime(text.trim());
    if (nanos === undefined) {
      throw invalidText("time of day", text, '"04:05:06.789"');
    }
    return new LocalTime(nanos);
  }

  /** Negative, zero or positive as this time of day is before, equal to or after the other. */
  compare(other: LocalTime): number {
    return this.nanosOfDay - other.nanosOfDay;
  }

  /** Whether the other is the same time of day. */
  equals(other: unknown): boolean {
    return other instanceof LocalTime && this.nanosOfDay === other.nanosOfDay;
  }

  /** ISO 8601: `04:05:06.789`. */
  toString(): string {
    return formatTime(this.nanosOfDay);
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("LocalTime", "compare() or nanosOfDay");
  }
}

showAs(LocalTime, (value) => `LocalTime(${value.toString()})`);
