import { makeRow, Row, rowFields, rowValues } from "../../../src/arrow/row.ts";
import {
  CalendarInterval,
  DayTimeInterval,
  Decimal,
  LocalDate,
  LocalDateTime,
  LocalTime,
  Timestamp,
  YearMonthInterval,
} from "../../../src/sql/index.ts";

/** A value of a row as plain JSON, from which `unpack` makes the same again. */
export function pack(value: unknown): unknown {
  if (typeof value === "number") return { number: Object.is(value, -0) ? "-0" : String(value) };
  if (typeof value === "bigint") return { bigint: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { binary: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return { array: value.map(pack) };
  if (value instanceof Map) return { map: [...value].map(([key, item]) => [pack(key), pack(item)]) };
  if (value instanceof Row) return { names: rowFields(value), row: rowValues(value).map(pack) };
  if (value instanceof Decimal) return { decimal: String(value.unscaled), scale: value.scale };
  if (value instanceof Timestamp) return { timestamp: String(value.epochMicros) };
  if (value instanceof LocalDateTime) return { localDateTime: String(value.epochMicros) };
  if (value instanceof LocalDate) return { localDate: value.epochDays };
  if (value instanceof LocalTime) return { localTime: value.nanosOfDay };
  if (value instanceof YearMonthInterval) return { months: value.months };
  if (value instanceof DayTimeInterval) return { micros: String(value.micros) };
  if (value instanceof CalendarInterval)
    return { calendar: [value.months, value.days, String(value.micros)] };
  throw new TypeError(`no way to keep ${String(value)}`);
}

/** One of these, and what belongs to it. */
interface Packed {
  readonly number?: string;
  readonly bigint?: string;
  readonly binary?: string;
  readonly array?: readonly unknown[];
  readonly map?: readonly (readonly [unknown, unknown])[];
  readonly names?: readonly string[];
  readonly row?: readonly unknown[];
  readonly decimal?: string;
  readonly scale?: number;
  readonly timestamp?: string;
  readonly localDateTime?: string;
  readonly localDate?: number;
  readonly localTime?: number;
  readonly months?: number;
  readonly micros?: string;
  readonly calendar?: readonly [number, number, string];
}

export function unpack(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const packed: Packed = value;
  if (packed.number !== undefined) return Number(packed.number);
  if (packed.bigint !== undefined) return BigInt(packed.bigint);
  if (packed.binary !== undefined) return new Uint8Array(Buffer.from(packed.binary, "hex"));
  if (packed.array !== undefined) return packed.array.map(unpack);
  if (packed.map !== undefined) return new Map(packed.map.map(([key, item]) => [unpack(key), unpack(item)]));
  if (packed.names !== undefined) return makeRow(packed.names, (packed.row ?? []).map(unpack));
  if (packed.decimal !== undefined) return new Decimal(BigInt(packed.decimal), packed.scale ?? 0);
  if (packed.timestamp !== undefined) return new Timestamp(BigInt(packed.timestamp));
  if (packed.localDateTime !== undefined) return new LocalDateTime(BigInt(packed.localDateTime));
  if (packed.localDate !== undefined) return new LocalDate(packed.localDate);
  if (packed.localTime !== undefined) return new LocalTime(packed.localTime);
  if (packed.months !== undefined) return new YearMonthInterval(packed.months);
  if (packed.micros !== undefined) return new DayTimeInterval(BigInt(packed.micros));
  if (packed.calendar !== undefined) {
    const [months, days, micros] = packed.calendar;
    return new CalendarInterval(months, days, BigInt(micros));
  }
  throw new TypeError(`no value of ${JSON.stringify(value)}`);
}
