import { expect } from "chai";
import fc from "fast-check";
import { makeRow } from "../../../src/arrow/row.ts";
import { Decimal } from "../../../src/sql/index.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { frames, whole } from "../../fuzz/values/columns.ts";
import { getSpark } from "../spark.ts";
import { exact } from "./exact-value.ts";

describe("any schema, any rows", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
    await spark.conf.set("spark.sql.timeType.enabled", true);
  });
  after(async () => {
    await spark.conf.unset("spark.sql.timeType.enabled");
  });

  it("come back from the server as they were sent", async () => {
    await fc.assert(
      fc.asyncProperty(frames, async ({ schema, rows }) => {
        const df = await spark.createDataFrame(rows, schema);
        const back = await df.collect();
        const expected = rows.map((values) => exact(makeRow(schema.names, values)));
        expect(back.map((row) => exact(row))).to.deep.equal(expected);
        expect((await df.schema()).simpleString()).to.equal(schema.simpleString());
      }),
      { numRuns: 60, interruptAfterTimeLimit: 20_000 },
    );
  }).timeout(120_000);

  it("are inferred as a type that holds every value", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record(
            {
              n: fc.oneof(whole(32), fc.maxSafeInteger()),
              x: fc.oneof(whole(32), fc.double({ min: -1e9, max: 1e9, noNaN: true })),
              d: fc
                .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 18 }))
                .map(([unscaled, scale]) => new Decimal(unscaled, scale)),
              s: fc.record({ a: fc.option(whole(32)), b: fc.string() }, { requiredKeys: [] }),
            },
            { requiredKeys: [] },
          ),
          { minLength: 1, maxLength: 8 },
        ),
        async (rows) => {
          fc.pre(rows.some((row) => Object.keys(row).length > 0));
          const back = await (await spark.createDataFrame(rows)).collect();
          const loose = (value: unknown): string =>
            value instanceof Decimal
              ? `${value.unscaled * 10n ** BigInt(20 - value.scale)}`
              : typeof value === "object" && value !== null
                ? `{${Object.entries(value)
                    .flatMap(([k, v]) => (v == null ? [] : [`${k}: ${loose(v)}`]))
                    .sort()}}`
                : String(value);
          expect(back.map(loose)).to.deep.equal(rows.map(loose));
        },
      ),
      { numRuns: 30, interruptAfterTimeLimit: 8_000 },
    );
  }).timeout(60_000);
});
