import {
  CalendarInterval,
  DayTimeInterval,
  Decimal,
  LocalDate,
  LocalDateTime,
  LocalTime,
  lit,
  Timestamp,
  YearMonthInterval,
} from "../../../../../src/sql/index.ts";
import { exactly, instance, matching, refusal } from "../checks.ts";
import type { FunctionTable } from "../function-cases.ts";

const date = lit(LocalDate.parse("2024-01-31"));
const time = (text: string) => lit(LocalTime.parse(text));
const isTime = (text: string) => exactly(LocalTime.parse(text));
const isInstant = (text: string) => exactly(Timestamp.parse(text));
const isClock = (text: string) => exactly(LocalDateTime.parse(text));

/** TIME is off by default in Spark 4.2. */
const conf = { "spark.sql.session.timeZone": "Asia/Tokyo", "spark.sql.timeType.enabled": "true" };

const timestamps: FunctionTable = {
  conf,
  cases: {
    makeTimestamp: (f) => [
      [f.makeTimestamp(2014, 12, 28, 6, 30, 45.887), isInstant("2014-12-27T21:30:45.887Z")],
      [f.makeTimestamp(2014, 12, 28, 6, 30, 45, f.lit("CET")), isInstant("2014-12-28T05:30:45Z")],
      [f.makeTimestamp({ date, time: time("10:11:12") }), isInstant("2024-01-31T01:11:12Z")],
      [
        f.makeTimestamp({ date, time: time("10:11:12"), timezone: f.lit("UTC") }),
        isInstant("2024-01-31T10:11:12Z"),
      ],
    ],
    makeTimestampLtz: (f) => [
      [f.makeTimestampLtz(2014, 12, 28, 6, 30, f.lit(45)), isInstant("2014-12-27T21:30:45Z")],
      [f.makeTimestampLtz(2014, 12, 28, 6, 30, 45.887, f.lit("CET")), isInstant("2014-12-28T05:30:45.887Z")],
    ],
    makeTimestampNtz: (f) => [
      [f.makeTimestampNtz(2014, 12, 28, 6, 30, 45.887), isClock("2014-12-28T06:30:45.887")],
      [f.makeTimestampNtz({ date, time: time("10:11:12") }), isClock("2024-01-31T10:11:12")],
    ],
    tryMakeTimestamp: (f) => [
      [f.tryMakeTimestamp(2014, 12, 28, 6, 30, 45), isInstant("2014-12-27T21:30:45Z")],
      [f.tryMakeTimestamp(2014, 13, 28, 6, 30, 45, f.lit("UTC")), null],
      [f.tryMakeTimestamp({ date, time: time("10:11:12") }), isInstant("2024-01-31T01:11:12Z")],
    ],
    tryMakeTimestampLtz: (f) => [
      [f.tryMakeTimestampLtz(2014, 12, 28, 6, 30, 45, f.lit("UTC")), isInstant("2014-12-28T06:30:45Z")],
      [f.tryMakeTimestampLtz(2014, 13, 28, 6, 30, 45), null],
    ],
    tryMakeTimestampNtz: (f) => [
      [f.tryMakeTimestampNtz(2014, 12, 28, 6, 30, 45), isClock("2014-12-28T06:30:45")],
      [f.tryMakeTimestampNtz(2014, 2, 30, 6, 30, 45), null],
      [f.tryMakeTimestampNtz({ date, time: time("10:11:12") }), isClock("2024-01-31T10:11:12")],
    ],
  },
};

const micros = (seconds: number) => BigInt(Math.round(seconds * 1e6));

const intervals: FunctionTable = {
  cases: {
    makeDtInterval: (f) => [
      [
        f.makeDtInterval({ days: 1, hours: 12, mins: f.lit(30), secs: 1.001001 }),
        exactly(new DayTimeInterval(micros(131_401.001001))),
      ],
      [f.makeDtInterval(), exactly(new DayTimeInterval(0n))],
    ],
    makeInterval: (f) => [
      [
        f.makeInterval({ years: 100, months: 11, weeks: 1, days: 1, hours: 12, mins: 30, secs: 1.001001 }),
        exactly(new CalendarInterval(1211, 8, micros(45_001.001001))),
      ],
      [f.makeInterval({ secs: f.lit(2) }), exactly(new CalendarInterval(0, 0, 2_000_000n))],
    ],
    makeYmInterval: (f) => [
      [f.makeYmInterval({ years: 1, months: f.lit(2) }), exactly(new YearMonthInterval(14))],
      [f.makeYmInterval({ months: -1 }), exactly(new YearMonthInterval(-1))],
    ],
    tryMakeInterval: (f) => [
      [f.tryMakeInterval({ weeks: 2 }), exactly(new CalendarInterval(0, 14, 0n))],
      [f.tryMakeInterval({ years: 2_147_483_647 }), null],
    ],
  },
};

const times: FunctionTable = {
  conf,
  cases: {
    currentTime: (f) => [
      [f.currentTime(), instance(LocalTime)],
      [f.typeOf(f.currentTime(0)), "time(0)"],
      [f.currentTime(6).eq(f.toTime(f.dateFormat(f.currentTimestamp(), "HH:mm:ss.SSSSSS"))), true],
    ],
    makeTime: (f) => [[f.makeTime(6, 30, 45.887), isTime("06:30:45.887")]],
    timeDiff: (f) => [[f.timeDiff(f.lit("MINUTE"), time("10:00:00"), time("11:30:59")), 90n]],
    timeFromMicros: (f) => [[f.timeFromMicros(f.lit(1)), isTime("00:00:00.000001")]],
    timeFromMillis: (f) => [[f.timeFromMillis(f.lit(3_661_500)), isTime("01:01:01.5")]],
    timeFromSeconds: (f) => [[f.timeFromSeconds(f.lit(Decimal.parse("3661.5"))), isTime("01:01:01.5")]],
    timeToMicros: (f) => [[f.timeToMicros(time("01:01:01.5")), 3_661_500_000n]],
    timeToMillis: (f) => [[f.timeToMillis(time("01:01:01.5")), 3_661_500n]],
    timeToSeconds: (f) => [[f.timeToSeconds(time("01:01:01.5")), Decimal.parse("3661.500000")]],
    timeTrunc: (f) => [[f.timeTrunc(f.lit("MINUTE"), time("12:34:56")), isTime("12:34:00")]],
    toTime: (f) => [
      [f.toTime(f.lit("10:11:12.5")), isTime("10:11:12.5")],
      [f.toTime(f.lit("10-11"), f.lit("HH-mm")), isTime("10:11:00")],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.toTime(f.lit("x")))
              .collect(),
          ),
        matching(/CANNOT_PARSE_TIME/),
      ],
    ],
    tryToTime: (f) => [
      [f.tryToTime(f.lit("10:11:12")), isTime("10:11:12")],
      [f.tryToTime(f.lit("x"), f.lit("HH-mm")), null],
    ],
  },
};

export const tables: readonly FunctionTable[] = [timestamps, intervals, times];
