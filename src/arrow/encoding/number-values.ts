import type { ArrowType } from "../arrow-type.ts";
import { Decimal } from "../values/decimal.ts";
import type { ByteSink } from "./byte-sink.ts";
import type { WriteFixed } from "./scalar-builders.ts";
import type { ValuePlace } from "./value-place.ts";

type IntType = Extract<ArrowType, { kind: "int" }>;
type DecimalType = Extract<ArrowType, { kind: "decimal" }>;

export function intWriter(type: IntType): WriteFixed {
  const min = type.signed ? -(2n ** BigInt(type.bits - 1)) : 0n;
  const max = 2n ** BigInt(type.signed ? type.bits - 1 : type.bits) - 1n;
  const range = `whole numbers from ${min} to ${max}`;
  if (type.bits === 64) {
    return (value, sink, place) => {
      const whole = typeof value === "bigint" ? value : BigInt(wholeNumber(value, place));
      if (whole < min || whole > max) {
        throw place.outOfRange(value, range);
      }
      sink.int64(whole);
    };
  }
  const { bits } = type;
  const [low, high] = [Number(min), Number(max)];
  return (value, sink, place) => {
    const whole = typeof value === "bigint" ? Number(value) : wholeNumber(value, place);
    if (whole < low || whole > high) {
      throw place.outOfRange(value, range);
    }
    if (bits === 32) {
      sink.int32(whole);
    } else if (bits === 16) {
      sink.int16(whole);
    } else {
      sink.int8(whole);
    }
  };
}

function wholeNumber(value: unknown, place: ValuePlace): number {
  if (typeof value !== "number") {
    throw place.wrongType(value, "a number or a bigint");
  }
  if (!Number.isFinite(value)) {
    throw place.outOfRange(value, "whole numbers");
  }
  if (!Number.isInteger(value)) {
    throw place.inexact(value, "It is no whole number.");
  }
  if (!Number.isSafeInteger(value)) {
    throw place.inexact(value, "Numbers beyond 2^53 were rounded before they came here: give a bigint.");
  }
  return value;
}

export const writeFloat64: WriteFixed = (value, sink, place) => {
  sink.float64(floatingPoint(value, place));
};

/** Rounds to the nearest float, as every FLOAT is: 0.1 is allowed. A whole number is meant as it is. */
export const writeFloat32: WriteFixed = (value, sink, place) => {
  const number = floatingPoint(value, place);
  const rounded = Math.fround(number);
  if (Number.isFinite(number) && !Number.isFinite(rounded)) {
    throw place.outOfRange(value, "magnitudes up to 3.4e38");
  }
  if (rounded !== number && (typeof value === "bigint" || Number.isSafeInteger(number))) {
    throw place.inexact(value, "A float holds about 7 digits: use a DOUBLE, or round it with Math.fround().");
  }
  sink.float32(number);
};

function floatingPoint(value: unknown, place: ValuePlace): number {
  if (typeof value === "bigint") {
    const number = Number(value);
    if (!Number.isFinite(number) || BigInt(number) !== value) {
      throw place.inexact(value, "A double holds about 16 digits.");
    }
    return number;
  }
  if (typeof value !== "number") {
    throw place.wrongType(value, "a number");
  }
  return value;
}

/** Takes a Decimal, text, a bigint, or a number for the shortest text it prints as. */
export function decimalWriter(type: DecimalType): WriteFixed {
  const limit = 10n ** BigInt(type.precision);
  return (value, sink, place) => {
    const exact = decimalOf(value, place).rescale(type.scale);
    if (exact === undefined) {
      throw place.inexact(value, `It has more than ${type.scale} digits after the point.`);
    }
    const { unscaled } = exact;
    if (unscaled >= limit || unscaled <= -limit) {
      throw place.outOfRange(value, `${type.precision - type.scale} digits before the point`);
    }
    writeTwosComplement(unscaled, type.bits, sink);
  };
}

function decimalOf(value: unknown, place: ValuePlace): Decimal {
  if (value instanceof Decimal) {
    return value;
  }
  if (typeof value === "bigint") {
    return new Decimal(value, 0);
  }
  if (typeof value === "string" || typeof value === "number") {
    try {
      return typeof value === "string" ? Decimal.parse(value) : Decimal.fromNumber(value);
    } catch (cause) {
      throw place.invalid(value, "is no decimal number", 'Write it as "123.45".', cause);
    }
  }
  throw place.wrongType(value, 'a Decimal, text such as "123.45", or a bigint');
}

function writeTwosComplement(value: bigint, bits: number, sink: ByteSink): void {
  if (bits === 32) {
    sink.int32(Number(value));
    return;
  }
  for (let shift = 0n; shift < bits; shift += 64n) {
    sink.int64(BigInt.asIntN(64, value >> shift));
  }
}
