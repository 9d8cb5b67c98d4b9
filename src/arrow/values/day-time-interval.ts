import { showAs } from "../../core/shown-as.ts";
import { formatTime, isInt64, microsPerDay, parseTime } from "./calendar.ts";
import { invalidText, outOfRange, refuseImplicitConversion } from "./no-implicit-conversion.ts";

/** A span of exact time in microseconds (Spark's INTERVAL DAY TO SECOND). */
export class DayTimeInterval {
  readonly micros: bigint;

  constructor(micros: bigint) {
    this.micros = micros;
  }

  /** Reads `INTERVAL '-1 02:03:04.5' DAY TO SECOND` or `-1 02:03:04.5`. Thrown when it is neither. */
  static parse(text: string): DayTimeInterval {
    const match = /^\s*(?:INTERVAL\s*'([^']*)'\s*DAY\s+TO\s+SECOND|([^']*))\s*$/i.exec(text);
    const parts = /^([+-]?)(\d{1,9}) (.+)$/.exec((match?.[1] ?? match?.[2] ?? "").trim());
    const [, sign = "", days = "", time = ""] = parts ?? [];
    const nanos = parts === null ? undefined : parseTime(time);
    if (nanos === undefined || nanos % 1000 !== 0) {
      throw invalidText("day-time interval", text, `"INTERVAL '1 02:03:04.5' DAY TO SECOND"`);
    }
    const total = BigInt(days) * microsPerDay + BigInt(nanos / 1000);
    const micros = sign === "-" ? -total : total;
    if (!isInt64(micros)) {
      throw outOfRange("a day-time interval", text, "64 bits of microseconds");
    }
    return new DayTimeInterval(micros);
  }

  /** Negative, zero or positive as this interval is shorter than, equal to or longer than the other. */
  compare(other: DayTimeInterval): number {
    return this.micros < other.micros ? -1 : this.micros > other.micros ? 1 : 0;
  }

  /** Whether the other is the same interval. */
  equals(other: unknown): boolean {
    return other instanceof DayTimeInterval && this.micros === other.micros;
  }

  /** Spark's form: `INTERVAL '1 02:03:04.5' DAY TO SECOND`. */
  toString(): string {
    const total = this.micros < 0n ? -this.micros : this.micros;
    const time = formatTime(Number(total % microsPerDay) * 1000);
    const trimmed = time.includes(".") ? time.replace(/0+$/, "") : time;
    return `INTERVAL '${this.micros < 0n ? "-" : ""}${total / microsPerDay} ${trimmed}' DAY TO SECOND`;
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("DayTimeInterval", "compare() or micros");
  }
}

showAs(DayTimeInterval, (value) => `DayTimeInterval(${value.toString()})`);
