import { showAs } from "../../core/shown-as.ts";
import { invalidText, refuseImplicitConversion } from "./no-implicit-conversion.ts";

/** A span of whole months (Spark's INTERVAL YEAR TO MONTH). */
export class YearMonthInterval {
  readonly months: number;

  constructor(months: number) {
    this.months = months;
  }

  /** Reads `INTERVAL '-1-2' YEAR TO MONTH` or `-1-2`. Thrown when it is neither. */
  static parse(text: string): YearMonthInterval {
    const match = /^\s*(?:INTERVAL\s*'([^']*)'\s*YEAR\s+TO\s+MONTH|([^']*))\s*$/i.exec(text);
    const parts = /^([+-]?)(\d{1,9})-(\d{1,2})$/.exec((match?.[1] ?? match?.[2] ?? "").trim());
    const [, sign = "", years = "", months = ""] = parts ?? [];
    if (parts === null || Number(months) > 11) {
      throw invalidText("year-month interval", text, `"INTERVAL '1-2' YEAR TO MONTH"`);
    }
    const total = Number(years) * 12 + Number(months);
    return new YearMonthInterval(sign === "-" && total !== 0 ? -total : total);
  }

  /** Negative, zero or positive as this interval is shorter than, equal to or longer than the other. */
  compare(other: YearMonthInterval): number {
    return this.months - other.months;
  }

  /** Whether the other is the same interval. */
  equals(other: unknown): boolean {
    return other instanceof YearMonthInterval && this.months === other.months;
  }

  /** Spark's form: `INTERVAL '1-2' YEAR TO MONTH`. */
  toString(): string {
    const total = Math.abs(this.months);
    const sign = this.months < 0 ? "-" : "";
    return `INTERVAL '${sign}${Math.floor(total / 12)}-${total % 12}' YEAR TO MONTH`;
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("YearMonthInterval", "compare() or months");
  }
}

showAs(YearMonthInterval, (value) => `YearMonthInterval(${value.toString()})`);
