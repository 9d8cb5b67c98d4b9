import { splitMicros } from "./calendar.ts";
import { outOfRange } from "./no-implicit-conversion.ts";

export function toJavaScriptDate(epochMicros: bigint): Date {
  const { days, nanosOfDay } = splitMicros(epochMicros);
  const date = new Date(days * 86_400_000 + Math.floor(nanosOfDay / 1_000_000));
  if (Number.isNaN(date.getTime())) {
    throw outOfRange("a JavaScript Date", `${epochMicros} microseconds`, "±100,000,000 days around 1970");
  }
  return date;
}
