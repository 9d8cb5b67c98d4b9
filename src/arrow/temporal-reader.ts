import { SparkwrightError } from "../core/error.ts";
import type { ArrowType, TimeUnit } from "./arrow-type.ts";
import { view } from "./typed-view.ts";
import { CalendarInterval } from "./values/calendar-interval.ts";
import { DayTimeInterval } from "./values/day-time-interval.ts";
import { LocalDate } from "./values/local-date.ts";
import { LocalDateTime } from "./values/local-date-time.ts";
import { LocalTime } from "./values/local-time.ts";
import { Timestamp } from "./values/timestamp.ts";
import { YearMonthInterval } from "./values/year-month-interval.ts";

type TemporalType = Extract<ArrowType, { kind: "date" | "time" | "timestamp" | "duration" | "interval" }>;

export function readTemporal(
  column: string,
  type: TemporalType,
  bytes: Uint8Array,
  length: number,
): unknown[] {
  switch (type.kind) {
    case "date":
      return type.unit === "millisecond"
        ? Array.from(view(BigInt64Array, bytes, length), (millis) => new Date(Number(millis)))
        : mapInts(bytes, length, (days) => new LocalDate(days));
    case "time":
      return readTimes(type.unit, bytes, length);
    case "timestamp":
      return type.timezone === undefined
        ? mapMicros(column, type.unit, bytes, length, (micros) => new LocalDateTime(micros))
        : mapMicros(column, type.unit, bytes, length, (micros) => new Timestamp(micros));
    case "duration":
      return mapMicros(column, type.unit, bytes, length, (micros) => new DayTimeInterval(micros));
    case "interval":
      return readIntervals(column, type.unit, bytes, length);
  }
}

function mapInts<T>(bytes: Uint8Array, length: number, make: (value: number) => T): T[] {
  const ints = view(Int32Array, bytes, length);
  const values = new Array<T>(length);
  for (let index = 0; index < length; index++) {
    values[index] = make(ints[index] as number);
  }
  return values;
}

function mapMicros<T>(
  column: string,
  unit: TimeUnit,
  bytes: Uint8Array,
  length: number,
  make: (micros: bigint) => T,
): T[] {
  const ticks = view(BigInt64Array, bytes, length);
  const values = new Array<T>(length);
  if (unit === "microsecond") {
    for (let index = 0; index < length; index++) {
      values[index] = make(ticks[index] as bigint);
    }
    return values;
  }
  for (let index = 0; index < length; index++) {
    values[index] = make(toMicros(column, ticks[index] as bigint, unit));
  }
  return values;
}

function toMicros(column: string, ticks: bigint, unit: TimeUnit): bigint {
  switch (unit) {
    case "second":
      return ticks * 1_000_000n;
    case "millisecond":
      return ticks * 1000n;
    case "microsecond":
      return ticks;
    case "nanosecond":
      if (ticks % 1000n !== 0n) {
        throw new SparkwrightError(
          "ARROW_UNSUPPORTED",
          `column ${JSON.stringify(column)} holds nanoseconds that microseconds cannot: ${ticks}`,
          { hint: "Round it to microseconds in the query." },
        );
      }
      return ticks / 1000n;
  }
}

const nanosPerTick: Readonly<Record<TimeUnit, number>> = {
  second: 1_000_000_000,
  millisecond: 1_000_000,
  microsecond: 1000,
  nanosecond: 1,
};

/** Seconds and milliseconds of the day take 32 bits, the finer units 64 (Schema.fbs, Time). */
function readTimes(unit: TimeUnit, bytes: Uint8Array, length: number): LocalTime[] {
  const factor = nanosPerTick[unit];
  if (unit === "second" || unit === "millisecond") {
    return mapInts(bytes, length, (ticks) => new LocalTime(ticks * factor));
  }
  return Array.from(view(BigInt64Array, bytes, length), (ticks) => new LocalTime(Number(ticks) * factor));
}

function readIntervals(
  column: string,
  unit: Extract<TemporalType, { kind: "interval" }>["unit"],
  bytes: Uint8Array,
  length: number,
): unknown[] {
  if (unit === "yearMonth") {
    return mapInts(bytes, length, (months) => new YearMonthInterval(months));
  }
  if (unit === "dayTime") {
    const ints = view(Int32Array, bytes, length * 2);
    return Array.from({ length }, (_, index) => {
      const millis = BigInt(ints[index * 2 + 1] as number);
      return new CalendarInterval(0, ints[index * 2] as number, millis * 1000n);
    });
  }
  // 16 bytes: int32 months, int32 days, int64 nanoseconds.
  const ints = view(Int32Array, bytes, length * 4);
  const longs = view(BigInt64Array, bytes, length * 2);
  return Array.from({ length }, (_, index) => {
    const micros = toMicros(column, longs[index * 2 + 1] as bigint, "nanosecond");
    return new CalendarInterval(ints[index * 4] as number, ints[index * 4 + 1] as number, micros);
  });
}
