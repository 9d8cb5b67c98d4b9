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

  compare(other: LocalTime): number {
    return this.nanosOfDay - other.nanosOfDay;
  }

  equals(other: unknown): boolean {
    return other instanceof LocalTime && this.nanosOfDay === other.nanosOfDay;
  }

  /** ISO 8601: `04:05:06.789`. */
  toString(): string {
    return formatTime(this.nanosOfDay);
  }

  toJSON(): string {
    return this.toString();
  }

  valueOf(): never {
    return refuseImplicitConversion("LocalTime", "compare() or nanosOfDay");
  }
}
