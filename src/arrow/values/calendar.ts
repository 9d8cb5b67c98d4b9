// The proleptic Gregorian calendar (ISO 8601) for all years Spark can hold; JavaScript's Date ends at ±275760.
// After Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function civilFromDays(epochDays: number): CivilDate {
  const shifted = epochDays + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** The day number of a date, or undefined where the calendar has no such date (2023-02-29). */
export function daysFromCivil(year: number, month: number, day: number): number | undefined {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146097 + dayOfEra - 719468;
  const back = civilFromDays(days);
  return back.year === year && back.month === month && back.day === day ? days : undefined;
}

/** `2001-02-03`; years outside 0000..9999 as ISO 8601 has them: `+010000-01-01`, `-000001-01-01`. */
export function formatDate(epochDays: number): string {
  const { year, month, day } = civilFromDays(epochDays);
  const years =
    year >= 0 && year <= 9999
      ? String(year).padStart(4, "0")
      : (year < 0 ? "-" : "+") + String(Math.abs(year)).padStart(6, "0");
  return `${years}-${two(month)}-${two(day)}`;
}

const datePattern: RegExp = /^([+-]\d{4,7}|\d{4})-(\d{2})-(\d{2})$/;

export function parseDate(text: string): number | undefined {
  const match = datePattern.exec(text);
  return match === null ? undefined : daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
}

const nanosPerSecond = 1_000_000_000;

/** `12:34:56`, with as many digits of the fraction as there are, 3, 6 or 9. */
export function formatTime(nanosOfDay: number): string {
  const seconds = Math.floor(nanosOfDay / nanosPerSecond);
  const nanos = nanosOfDay - seconds * nanosPerSecond;
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  if (nanos === 0) {
    return clock;
  }
  const digits = String(nanos).padStart(9, "0");
  return `${clock}.${digits.endsWith("000000") ? digits.slice(0, 3) : digits.endsWith("000") ? digits.slice(0, 6) : digits}`;
}

const timePattern: RegExp = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;

/** Nanoseconds since midnight, or undefined. */
export function parseTime(text: string): number | undefined {
  const match = timePattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, hour = "", minute = "", second = "0", fraction = ""] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined;
  }
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return seconds * nanosPerSecond + Number(fraction.padEnd(9, "0"));
}

export const microsPerDay: bigint = 86_400_000_000n;

/** Splits microseconds since 1970 into whole days and the nanoseconds of the last one. */
export function splitMicros(epochMicros: bigint): { days: number; nanosOfDay: number } {
  let days = epochMicros / microsPerDay;
  let rest = epochMicros % microsPerDay;
  if (rest < 0n) {
    days -= 1n;
    rest += microsPerDay;
  }
  return { days: Number(days), nanosOfDay: Number(rest) * 1000 };
}

export function formatDateTime(epochMicros: bigint): string {
  const { days, nanosOfDay } = splitMicros(epochMicros);
  return `${formatDate(days)}T${formatTime(nanosOfDay)}`;
}

/** Microseconds since 1970 of `2001-02-03T04:05:06.789` (or with a space, or a date alone), or undefined. */
export function parseDateTime(text: string): bigint | undefined {
  const [date = "", time, ...more] = text.split(/[T ]/);
  const days = parseDate(date);
  const nanos = time === undefined ? 0 : parseTime(time);
  if (days === undefined || nanos === undefined || nanos % 1000 !== 0 || more.length > 0) {
    return undefined;
  }
  return BigInt(days) * microsPerDay + BigInt(nanos / 1000);
}

const int64Max: bigint = 2n ** 63n - 1n;

export function isInt64(value: bigint): boolean {
  return value <= int64Max && value >= -int64Max - 1n;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
