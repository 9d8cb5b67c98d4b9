import { expect } from "chai";
import fc from "fast-check";
import { CalendarInterval } from "../../../../src/arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../../../src/arrow/values/day-time-interval.ts";
import { LocalDate } from "../../../../src/arrow/values/local-date.ts";
import { LocalDateTime } from "../../../../src/arrow/values/local-date-time.ts";
import { LocalTime } from "../../../../src/arrow/values/local-time.ts";
import { Timestamp } from "../../../../src/arrow/values/timestamp.ts";
import { YearMonthInterval } from "../../../../src/arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../../../src/core/error.ts";

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe("values of time", () => {
  const laws: Readonly<
    Record<string, fc.Arbitrary<{ toString(): string; equals(other: unknown): boolean }>>
  > = {
    LocalDate: int32.map((days) => new LocalDate(days)),
    Timestamp: int64.map((micros) => new Timestamp(micros)),
    LocalDateTime: int64.map((micros) => new LocalDateTime(micros)),
    LocalTime: fc.integer({ min: 0, max: 86_399_999_999_999 }).map((nanos) => new LocalTime(nanos)),
    YearMonthInterval: int32.map((months) => new YearMonthInterval(months)),
    DayTimeInterval: int64.map((micros) => new DayTimeInterval(micros)),
    CalendarInterval: fc
      .tuple(int32, int32, int64)
      .map(([months, days, micros]) => new CalendarInterval(months, days, micros)),
  };
  const parse: Readonly<Record<string, (text: string) => unknown>> = {
    LocalDate: (text) => LocalDate.parse(text),
    Timestamp: (text) => Timestamp.parse(text),
    LocalDateTime: (text) => LocalDateTime.parse(text),
    LocalTime: (text) => LocalTime.parse(text),
    YearMonthInterval: (text) => YearMonthInterval.parse(text),
    DayTimeInterval: (text) => DayTimeInterval.parse(text),
    CalendarInterval: (text) => CalendarInterval.parse(text),
  };
  for (const [name, values] of Object.entries(laws)) {
    it(`${name} reads back what it writes, over its whole range`, () => {
      fc.assert(
        fc.property(values, (value) => {
          const back = parse[name]?.(String(value));
          expect(back, String(value)).to.deep.equal(value);
          expect(value.equals(back)).to.equal(true);
        }),
        { numRuns: 500 },
      );
    });
  }

  it("agree with JavaScript's Date wherever that reaches", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        const timestamp = Timestamp.fromDate(date);
        expect(timestamp.toDate()).to.deep.equal(date);
        const [iso, ours] = [date.toISOString(), String(timestamp)];
        expect(ours).to.equal(iso.replace(".000Z", "Z"));
        expect(new LocalDate(Math.floor(date.getTime() / 86_400_000)).toString()).to.equal(iso.split("T")[0]);
      }),
    );
  });

  it("are written as ISO 8601 and Spark write them", () => {
    const texts = [
      new Timestamp(-1n),
      new LocalDate(-719_162),
      new LocalDate(2_932_897),
      new LocalTime(45_296_123_456_000),
      new YearMonthInterval(-14),
      new DayTimeInterval(-93_784_500_000n),
      new CalendarInterval(14, -3, 3_600_500_000n),
      new CalendarInterval(0, 0, -1n),
      new CalendarInterval(0, 0, 0n),
    ];
    expect(texts.map(String)).to.deep.equal([
      "1969-12-31T23:59:59.999999Z",
      "0001-01-01",
      "+010000-01-01",
      "12:34:56.123456",
      "INTERVAL '-1-2' YEAR TO MONTH",
      "INTERVAL '-1 02:03:04.5' DAY TO SECOND",
      "1 years 2 months -3 days 1 hours 0.5 seconds",
      "-0.000001 seconds",
      "0 seconds",
    ]);
  });

  it("refuse what does not exist", () => {
    const wrong: (() => unknown)[] = [
      () => LocalDate.parse("2023-02-29"),
      () => LocalDate.parse("2023-13-01"),
      () => LocalDate.parse("23-1-1"),
      () => Timestamp.parse("2001-02-03T04:05:06"),
      () => Timestamp.parse("2001-02-03Z"),
      () => Timestamp.parse("2001-02-03T04:05:06.1234567Z"),
      () => Timestamp.parse("2001-02-03T04:05:06+25:00"),
      () => Timestamp.fromDate(new Date(Number.NaN)),
      () => LocalDateTime.parse("2001-02-03T24:00:00"),
      () => LocalTime.parse("12:60"),
      () => YearMonthInterval.parse("1-12"),
      () => DayTimeInterval.parse("1 24:00:00"),
      () => CalendarInterval.parse("3 moons"),
      () => CalendarInterval.parse(""),
    ];
    for (const parse of wrong) {
      expect(parse, String(parse)).to.throw(SparkwrightError);
    }
    expect(() => new Timestamp(2n ** 63n - 1n).toDate()).to.throw(SparkwrightError);
  });

  it("will not be compared in silence", () => {
    expect(() => new LocalDate(1) < new LocalDate(2)).to.throw(SparkwrightError);
    expect(new LocalDate(1).compare(new LocalDate(2))).to.be.below(0);
    expect(JSON.stringify([new Timestamp(0n)])).to.equal('["1970-01-01T00:00:00Z"]');
  });
});
