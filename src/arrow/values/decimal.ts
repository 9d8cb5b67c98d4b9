import { showAs } from "../../core/shown-as.ts";
import { invalidText, outOfRange, refuseImplicitConversion } from "./no-implicit-conversion.ts";

/** An exact decimal number, `unscaled` / 10^`scale` (Spark's DECIMAL, up to 38 digits, and any wider one). */
export class Decimal {
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** Reads `-12.340`, `.5` or `1.5e3`; keeps every digit, so `1.50` has scale 2. Thrown when it is no number. */
  static parse(text: string): Decimal {
    const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?\s*$/.exec(text);
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = match ?? [];
    if (match === null || whole + fraction === "") {
      throw invalidText("decimal", text, '"123.45"');
    }
    const scale = fraction.length - Number(exponent);
    const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
    return scale >= 0 ? new Decimal(digits, scale) : new Decimal(digits * 10n ** BigInt(-scale), 0);
  }

  /** The shortest decimal that reads back as the same double: 0.1 is `0.1`. Thrown when it is not finite. */
  static fromNumber(value: number): Decimal {
    if (!Number.isFinite(value)) {
      throw outOfRange("a decimal", value, "finite numbers");
    }
    return Decimal.parse(String(value));
  }

  /** The same number with another scale; undefined where digits would be lost. */
  rescale(scale: number): Decimal | undefined {
    if (scale >= this.scale) {
      return new Decimal(this.unscaled * 10n ** BigInt(scale - this.scale), scale);
    }
    const divisor = 10n ** BigInt(this.scale - scale);
    return this.unscaled % divisor === 0n ? new Decimal(this.unscaled / divisor, scale) : undefined;
  }

  /** Negative, zero or positive as this is below, equal to or above the other, whatever their scales. */
  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const left = this.unscaled * 10n ** BigInt(scale - this.scale);
    const right = other.unscaled * 10n ** BigInt(scale - other.scale);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** True where both are the same number: 1.0 equals 1.00. */
  equals(other: unknown): boolean {
    return other instanceof Decimal && this.compare(other) === 0;
  }

  /** The nearest double; about 16 digits survive. */
  toNumber(): number {
    return Number(this.toString());
  }

  /** Every digit, never an exponent: `-0.00000001`. */
  toString(): string {
    if (this.scale <= 0) {
      return String(this.unscaled * 10n ** BigInt(-this.scale));
    }
    const negative = this.unscaled < 0n;
    const digits = String(negative ? -this.unscaled : this.unscaled).padStart(this.scale + 1, "0");
    const point = digits.length - this.scale;
    return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
  }

  /** The same as `toString`: JSON has no exact form of its own. */
  toJSON(): string {
    return this.toString();
  }

  /** Always throws `VALUE_IMPLICIT_CONVERSION`, so that `<` and `+` lose nothing in silence. */
  valueOf(): never {
    return refuseImplicitConversion("Decimal", "compare(), toNumber() or toString()");
  }
}

showAs(Decimal, (value) => `Decimal(${value.toString()})`);
