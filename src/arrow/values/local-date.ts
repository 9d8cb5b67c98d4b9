import { showAs } from "../../core/shown-as.ts";
import { formatDate, microsPerDay, parseDate } from "./calendar.ts";
import { toJavaScriptDate } from "./javascript-date.ts";
import { invalidText, refuseImplicitConversion } from "./no-implicit-conversion.ts";

/** A calendar date (Spark's DATE), in days since 1970-01-01 of the proleptic Gregorian calendar. */
export class LocalDate {
  readonly epochDays: number;

  constructor(epochDays: number) {
    this.epochDays = epochDays;
  }

  /** Reads `2001-02-03`. Thrown when the calendar has no such date. */
  static parse(text: string): LocalDate {
    const days = parseDate(text.trim());
    if (days === undefined) {
      throw invalidText("date", text, '"2001-02-03", a date that exists');
    }
    return new LocalDate(days);
  }

  /** Midnight UTC of the date. Thrown when beyond the range of JavaScript's Date. */
  toDate(): Date {
    return toJavaScriptDate(BigInt(this.epochDays) * microsPerDay);
  }

  /** Negative, zero or positive as this date is before, equal to or after the other. */
  compare(other: LocalDate): number {
    return this.epochDays - other.epochDays;
  }

  /** Whether the other is the same date. */
  equals(other: unknown): boolean {
    return other instanceof LocalDate && this.epochDays === other.epochDays;
  }

  /** ISO 8601: `2001-02-03`. */
  toString(): string {
    return formatDate(this.epochDays);
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("LocalDate", "compare() or epochDays");
  }
}

showAs(LocalDate, (value) => `LocalDate(${value.toString()})`);
