import { formatDateTime } from "../../arrow/values/calendar.ts";
import { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";

/** A TIMESTAMP or TIMESTAMP_NTZ as Spark's `show` writes it. */
export type TimeText = (time: Timestamp | LocalDateTime) => string;

/** Writes instants as clocks in the session's zone show them: `2024-07-01 12:00:00`, with a fraction if there is one. */
export function timeTextIn(zone: string): TimeText {
  const offsetAt = offsets(zone);
  return (time) => {
    if (time instanceof LocalDateTime) return shown(time.toString());
    return shown(formatDateTime(time.epochMicros + offsetAt(time.epochMicros)));
  };
}

export function isTime(value: unknown): value is Timestamp | LocalDateTime {
  return value instanceof Timestamp || value instanceof LocalDateTime;
}

function shown(iso: string): string {
  return iso
    .replace("T", " ")
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "");
}

// The range of a JavaScript date.
const mostMs = 8_640_000_000_000_000n;

/** Microseconds that the clocks of a zone are ahead of UTC at an instant. */
function offsets(zone: string): (epochMicros: bigint) => bigint {
  const fixed = offsetMicros(zone);
  if (fixed !== undefined) return () => fixed;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  return (epochMicros) => {
    const ms = epochMicros / 1000n - (epochMicros % 1000n < 0n ? 1n : 0n);
    const within = ms > mostMs ? mostMs : ms < -mostMs ? -mostMs : ms;
    const parts = format.formatToParts(new Date(Number(within)));
    return offsetMicros(parts.find(({ type }) => type === "timeZoneName")?.value ?? "") ?? 0n;
  };
}

/** Of `Z`, `UTC`, `GMT+2`, `+02:00` or `-00:53:28`; `undefined` of the name of a region. */
function offsetMicros(zone: string): bigint | undefined {
  const match = /^(?:Z|UTC|GMT|UT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?)?$/.exec(zone);
  if (match === null) return undefined;
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return BigInt(sign === "-" ? -total : total) * 1_000_000n;
}
