import { showAs } from "../../core/shown-as.ts";
import { invalidText, refuseImplicitConversion } from "./no-implicit-conversion.ts";

const fields: Readonly<Record<string, readonly ["months" | "days" | "micros", bigint]>> = {
  year: ["months", 12n],
  month: ["months", 1n],
  week: ["days", 7n],
  day: ["days", 1n],
  hour: ["micros", 3_600_000_000n],
  minute: ["micros", 60_000_000n],
  second: ["micros", 1_000_000n],
};

/** Months, days and microseconds kept apart (Spark's CalendarIntervalType, `make_interval`). */
export class CalendarInterval {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;

  constructor(months: number, days: number, micros: bigint) {
    this.months = months;
    this.days = days;
    this.micros = micros;
  }

  /** Reads Spark's form, `1 years -2 months 3 days 4.5 seconds`. Thrown when it is not. */
  static parse(text: string): CalendarInterval {
    const total = { months: 0n, days: 0n, micros: 0n };
    const rest = text.replace(
      /([+-]?\d+)(\.\d{1,6})?\s+([a-z]+?)s?(?=\s|$)/gi,
      (all, whole, fraction, unit) => {
        const known = fields[String(unit).toLowerCase()];
        if (known === undefined || (fraction !== undefined && known[1] !== 1_000_000n)) {
          return all;
        }
        const micros = BigInt(
          String(fraction ?? ".")
            .slice(1)
            .padEnd(6, "0"),
        );
        const size = BigInt(whole) * known[1];
        total[known[0]] +=
          fraction === undefined ? size : size + (String(whole).startsWith("-") ? -micros : micros);
        return "";
      },
    );
    if (rest.trim() !== "" || text.trim() === "") {
      throw invalidText("calendar interval", text, '"1 years 2 months 3 days 4.5 seconds"');
    }
    return new CalendarInterval(Number(total.months), Number(total.days), total.micros);
  }

  /** True where all three parts are the same; a month is never so many days. */
  equals(other: unknown): boolean {
    return (
      other instanceof CalendarInterval &&
      this.months === other.months &&
      this.days === other.days &&
      this.micros === other.micros
    );
  }

  /** Spark's form: `1 years 2 months 3 days 4 hours 5 minutes 6.7 seconds`. */
  toString(): string {
    const parts: string[] = [];
    const add = (value: number | bigint, unit: string): void => {
      if (value !== 0 && value !== 0n && !Object.is(value, -0)) {
        parts.push(`${value} ${unit}`);
      }
    };
    add(Math.trunc(this.months / 12), "years");
    add(this.months % 12, "months");
    add(this.days, "days");
    add(this.micros / 3_600_000_000n, "hours");
    add((this.micros % 3_600_000_000n) / 60_000_000n, "minutes");
    const seconds = this.micros % 60_000_000n;
    if (seconds !== 0n) {
      const size = seconds < 0n ? -seconds : seconds;
      const fraction = String(size % 1_000_000n)
        .padStart(6, "0")
        .replace(/0+$/, "");
      parts.push(`${seconds < 0n ? "-" : ""}${size / 1_000_000n}${fraction && `.${fraction}`} seconds`);
    }
    return parts.length === 0 ? "0 seconds" : parts.join(" ");
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("CalendarInterval", "months, days and micros");
  }
}

showAs(CalendarInterval, (value) => `CalendarInterval(${value.toString()})`);
