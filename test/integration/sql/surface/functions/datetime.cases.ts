import { randomUUID } from "node:crypto";
import { expect } from "chai";
import {
  type Column,
  Decimal,
  LocalDate,
  LocalDateTime,
  lit,
  type SparkSession,
  Timestamp,
} from "../../../../../src/sql/index.ts";
import { exactly, instance, matching, refusal } from "../checks.ts";
import type { FunctionTable } from "../function-cases.ts";

const date = (text: string) => lit(LocalDate.parse(text));
const clock = (text: string) => lit(LocalDateTime.parse(text));
const instant = (text: string) => lit(Timestamp.parse(text));
const isDate = (text: string) => exactly(LocalDate.parse(text));
const isClock = (text: string) => exactly(LocalDateTime.parse(text));
const isInstant = (text: string) => exactly(Timestamp.parse(text));

/** Nine hours before UTC all year, so that a mistake of a zone shows. */
const conf = { "spark.sql.session.timeZone": "Asia/Tokyo" };

const arithmetic: FunctionTable = {
  conf,
  cases: {
    addMonths: (f) => [
      [f.addMonths(date("2016-08-31"), 1), isDate("2016-09-30")],
      [f.addMonths(date("2016-08-31"), f.lit(-2)), isDate("2016-06-30")],
    ],
    convertTimezone: (f) => [
      [
        f.convertTimezone(
          f.lit("Europe/Brussels"),
          f.lit("America/Los_Angeles"),
          clock("2021-12-06T00:00:00"),
        ),
        isClock("2021-12-05T15:00:00"),
      ],
      [
        f.convertTimezone(undefined, f.lit("UTC"), clock("2021-12-06T09:00:00")),
        isClock("2021-12-06T00:00:00"),
      ],
    ],
    curdate: (f) => [[f.curdate().eq(f.currentDate()), true]],
    currentDate: (f) => [
      [f.currentDate(), instance(LocalDate)],
      [f.currentDate().eq(f.toDate(f.currentTimestamp())), true],
    ],
    currentTimestamp: (f) => [
      [
        f.currentTimestamp(),
        (now: Timestamp) =>
          expect(Math.abs(Number(now.epochMicros / 1000n) - Date.now())).to.be.below(24 * 3_600_000),
      ],
    ],
    currentTimezone: (f) => [[f.currentTimezone(), "Asia/Tokyo"]],
    dateAdd: (f) => [
      [f.dateAdd(date("2016-07-30"), 2), isDate("2016-08-01")],
      [f.dateAdd(f.lit("2016-02-28").cast("date"), f.lit(1)), isDate("2016-02-29")],
    ],
    dateDiff: (f) => [[f.dateDiff(date("2009-07-31"), date("2009-06-30")), 31]],
    dateSub: (f) => [[f.dateSub(date("2016-07-30"), 30), isDate("2016-06-30")]],
    dateTrunc: (f) => [
      [f.dateTrunc("DAY", instant("2015-03-05T20:32:05Z")), isInstant("2015-03-05T15:00:00Z")],
      [f.dateTrunc(f.lit("HOUR"), instant("2015-03-05T09:32:05Z")), isInstant("2015-03-05T09:00:00Z")],
    ],
    dateadd: (f) => [[f.dateadd(date("2016-07-30"), 1), isDate("2016-07-31")]],
    datediff: (f) => [[f.datediff(date("2009-07-30"), date("2009-07-31")), -1]],
    fromUtcTimestamp: (f) => [
      [f.fromUtcTimestamp(instant("2016-08-31T00:00:00Z"), "Asia/Seoul"), isInstant("2016-08-31T09:00:00Z")],
    ],
    lastDay: (f) => [[f.lastDay(date("2024-02-12")), isDate("2024-02-29")]],
    localtimestamp: (f) => [
      [f.localtimestamp(), instance(LocalDateTime)],
      [f.localtimestamp().cast("timestamp").eq(f.currentTimestamp()), true],
    ],
    monthsBetween: (f) => [
      [f.monthsBetween(clock("1997-02-28T10:30:00"), date("1996-10-30")), 3.94959677],
      [f.monthsBetween(clock("1997-02-28T10:30:00"), date("1996-10-30"), false), 3.9495967741935485],
    ],
    nextDay: (f) => [[f.nextDay(date("2015-01-14"), "TU"), isDate("2015-01-20")]],
    now: (f) => [[f.now().eq(f.currentTimestamp()), true]],
    timestampAdd: (f) => [
      [f.timestampAdd("HOUR", 8, instant("2022-02-11T20:30:00Z")), isInstant("2022-02-12T04:30:00Z")],
      [
        f.timestampAdd("MONTH", f.lit(-1), instant("2022-03-31T00:00:00Z")),
        isInstant("2022-02-28T00:00:00Z"),
      ],
    ],
    timestampDiff: (f) => [
      [f.timestampDiff("MINUTE", instant("2022-02-11T20:30:00Z"), instant("2022-02-12T04:30:59Z")), 480n],
    ],
    toUtcTimestamp: (f) => [
      [f.toUtcTimestamp(instant("2016-08-31T09:00:00Z"), "Asia/Seoul"), isInstant("2016-08-31T00:00:00Z")],
    ],
    trunc: (f) => [
      [f.trunc(date("2019-08-04"), "week"), isDate("2019-07-29")],
      [f.trunc(date("2019-08-04"), "year"), isDate("2019-01-01")],
    ],
  },
};

const fields: FunctionTable = {
  conf,
  cases: {
    datePart: (f) => [
      [f.datePart(f.lit("YEAR"), date("2019-08-12")), 2019],
      [f.datePart(f.lit("SECONDS"), clock("2019-10-01T00:00:01.000001")), Decimal.parse("1.000001")],
    ],
    datepart: (f) => [[f.datepart(f.lit("WEEK"), date("2019-08-12")), 33]],
    day: (f) => [[f.day(date("2009-07-30")), 30]],
    dayName: (f) => [[f.dayName(date("2008-02-20")), "Wed"]],
    dayOfMonth: (f) => [[f.dayOfMonth(date("2009-07-30")), 30]],
    dayOfWeek: (f) => [[f.dayOfWeek(date("2009-07-30")), 5]],
    dayOfYear: (f) => [[f.dayOfYear(date("2016-04-09")), 100]],
    extract: (f) => [[f.extract(f.lit("MONTH"), date("2019-08-12")), 8]],
    hour: (f) => [[f.hour(instant("2009-07-30T12:58:59Z")), 21]],
    minute: (f) => [[f.minute(instant("2009-07-30T12:58:59Z")), 58]],
    month: (f) => [[f.month(date("2016-07-30")), 7]],
    monthName: (f) => [[f.monthName(date("2008-02-20")), "Feb"]],
    quarter: (f) => [[f.quarter(date("2016-08-31")), 3]],
    second: (f) => [[f.second(instant("2009-07-30T12:58:59.5Z")), 59]],
    weekOfYear: (f) => [[f.weekOfYear(date("2008-02-20")), 8]],
    weekday: (f) => [[f.weekday(date("2009-07-30")), 3]],
    year: (f) => [[f.year(date("2016-07-30")), 2016]],
  },
};

const conversions: FunctionTable = {
  conf,
  cases: {
    dateFormat: (f) => [
      [f.dateFormat(date("2016-04-08"), "dd/MM/yyyy"), "08/04/2016"],
      [f.dateFormat(instant("2016-04-08T20:00:00Z"), f.lit("yyyy-MM-dd HH:mm")), "2016-04-09 05:00"],
    ],
    dateFromUnixDate: (f) => [[f.dateFromUnixDate(1), isDate("1970-01-02")]],
    fromUnixtime: (f) => [
      [f.fromUnixtime(f.lit(0)), "1970-01-01 09:00:00"],
      [f.fromUnixtime(f.lit(0), "HH:mm"), "09:00"],
    ],
    makeDate: (f) => [[f.makeDate(2013, 7, f.lit(15)), isDate("2013-07-15")]],
    timestampMicros: (f) => [
      [f.timestampMicros(f.lit(1_230_219_000_123_123n)), isInstant("2008-12-25T15:30:00.123123Z")],
    ],
    timestampMillis: (f) => [
      [f.timestampMillis(f.lit(1_230_219_000_123n)), isInstant("2008-12-25T15:30:00.123Z")],
    ],
    timestampSeconds: (f) => [
      [f.timestampSeconds(f.lit(1_230_219_000)), isInstant("2008-12-25T15:30:00Z")],
      [f.timestampSeconds(f.lit(0.5)), isInstant("1970-01-01T00:00:00.5Z")],
    ],
    toDate: (f) => [
      [f.toDate(f.lit("2009-07-30 04:17:52")), isDate("2009-07-30")],
      [f.toDate(f.lit("30.07.2009"), "dd.MM.yyyy"), isDate("2009-07-30")],
    ],
    toTimestamp: (f) => [
      [f.toTimestamp(f.lit("2016-12-31 00:12:00")), isInstant("2016-12-30T15:12:00Z")],
      [f.toTimestamp(f.lit("31.12.2016"), "dd.MM.yyyy"), isInstant("2016-12-30T15:00:00Z")],
    ],
    toTimestampLtz: (f) => [
      [f.toTimestampLtz(f.lit("2016-12-31 00:12:00")), isInstant("2016-12-30T15:12:00Z")],
      [f.toTimestampLtz(f.lit("31.12.2016"), f.lit("dd.MM.yyyy")), isInstant("2016-12-30T15:00:00Z")],
    ],
    toTimestampNtz: (f) => [
      [f.toTimestampNtz(f.lit("2016-12-31 00:12:00")), isClock("2016-12-31T00:12:00")],
      [f.toTimestampNtz(f.lit("31.12.2016"), f.lit("dd.MM.yyyy")), isClock("2016-12-31T00:00:00")],
    ],
    toUnixTimestamp: (f) => [
      [f.toUnixTimestamp(instant("1970-01-01T00:00:10Z")), 10n],
      [f.toUnixTimestamp(f.lit("1970-01-02"), f.lit("yyyy-MM-dd")), 54_000n],
    ],
    tryToDate: (f) => [
      [f.tryToDate(f.lit("2009-07-30")), isDate("2009-07-30")],
      [f.tryToDate(f.lit("foo"), "yyyy-MM-dd"), null],
    ],
    tryToTimestamp: (f) => [
      [f.tryToTimestamp(f.lit("2016-12-31 00:12:00")), isInstant("2016-12-30T15:12:00Z")],
      [f.tryToTimestamp(f.lit("foo"), f.lit("yyyy-MM-dd")), null],
    ],
    unixDate: (f) => [[f.unixDate(date("1970-01-02")), 1]],
    unixMicros: (f) => [[f.unixMicros(instant("1970-01-01T00:00:01.000001Z")), 1_000_001n]],
    unixMillis: (f) => [[f.unixMillis(instant("1970-01-01T00:00:01.0019Z")), 1001n]],
    unixSeconds: (f) => [[f.unixSeconds(instant("1970-01-01T00:00:01.9Z")), 1n]],
    unixTimestamp: (f) => [
      [f.unixTimestamp().eq(f.unixSeconds(f.currentTimestamp())), true],
      [f.unixTimestamp(f.lit("1970-01-01 09:00:05")), 5n],
      [f.unixTimestamp(f.lit("1970-01-02"), "yyyy-MM-dd"), 54_000n],
    ],
  },
};

const windows: FunctionTable = {
  conf,
  cases: {
    sessionWindow: (f) => [
      [
        async (spark) => {
          const events = await spark.sql(
            "SELECT make_timestamp_ntz(2024, 1, 1, 10, m, 0) AS at FROM VALUES (0), (3), (20) AS t(m)",
          );
          const sessions = events
            .groupBy(f.sessionWindow("at", "5 minutes").alias("w"))
            .agg(f.count("*").alias("n"));
          return (await sessions.select("w.start", "w.end", "n").orderBy("start").collect()).map((row) =>
            [...row].map(String),
          );
        },
        [
          ["2024-01-01T10:00:00", "2024-01-01T10:08:00", "2"],
          ["2024-01-01T10:20:00", "2024-01-01T10:25:00", "1"],
        ],
      ],
    ],
    timeBucket: (f) => [
      [
        f.timeBucket(f.expr("INTERVAL '15' MINUTE"), clock("2024-01-01T10:07:00")),
        isClock("2024-01-01T10:00:00"),
      ],
      [
        f.timeBucket(
          f.expr("INTERVAL '15' MINUTE"),
          clock("2024-01-01T10:07:00"),
          clock("2024-01-01T00:05:00"),
        ),
        isClock("2024-01-01T10:05:00"),
      ],
    ],
    window: (f) => [
      [
        f.window(clock("2024-01-01T10:07:00"), "10 minutes").getField("start"),
        isClock("2024-01-01T10:00:00"),
      ],
      [
        f.window(clock("2024-01-01T10:07:00"), "10 minutes", undefined, "5 minutes").getField("end"),
        isClock("2024-01-01T10:15:00"),
      ],
      [
        async (spark) => {
          const starts = await spark
            .range(1)
            .select(f.window(clock("2024-01-01T10:07:00"), "10 minutes", "5 minutes").alias("w"))
            .select("w.start")
            .orderBy("start")
            .collect();
          return starts.map((row) => String(row["start"]));
        },
        ["2024-01-01T10:00:00", "2024-01-01T10:05:00"],
      ],
    ],
    windowTime: (f) => [
      [
        async (spark) => {
          const [row] = await spark
            .range(1)
            .select(clock("2024-01-01T10:07:00").alias("at"))
            .groupBy(f.window("at", "10 minutes"))
            .count()
            .select(f.windowTime("window").alias("t"))
            .collect();
          return row?.["t"];
        },
        isClock("2024-01-01T10:09:59.999999"),
      ],
    ],
  },
};

/**
 * Tables are bucketed by the catalog of the session. The other transforms are for catalogs that know them, such as
 * Iceberg's; this one refuses them, by their names.
 */
const name = `partition_transforms_${randomUUID().slice(0, 8)}`;

const partitioned = (transform: Column) => (spark: SparkSession) =>
  refusal(
    spark
      .range(1)
      .select(instant("2024-01-01T00:00:00Z").alias("at"))
      .writeTo(name)
      .using("parquet")
      .partitionedBy(transform)
      .create(),
  );

const partitions: FunctionTable = {
  cases: {
    bucket: (f) => [
      [
        async (spark) => {
          await spark.range(10).writeTo(name).using("parquet").partitionedBy(f.bucket(4, "id")).create();
          const facts = await (await spark.sql(`DESCRIBE EXTENDED ${name}`)).collect();
          const told = facts
            .filter((row) => /Bucket/.test(String(row["col_name"])))
            .map((row) => row["data_type"]);
          await spark.sql(`DROP TABLE ${name}`);
          return told;
        },
        ["4", "[`id`]"],
      ],
    ],
    days: (f) => [[partitioned(f.days("at")), matching(/days\(at\)/)]],
    hours: (f) => [[partitioned(f.hours("at")), matching(/hours\(at\)/)]],
    months: (f) => [[partitioned(f.months("at")), matching(/months\(at\)/)]],
    years: (f) => [[partitioned(f.years("at")), matching(/years\(at\)/)]],
  },
};

export const tables: readonly FunctionTable[] = [arithmetic, fields, conversions, windows, partitions];
