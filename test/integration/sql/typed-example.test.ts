import { expect } from "chai";
import { DataFrame, Decimal, type SparkSession } from "../../../src/sql/index.ts";
import { getSpark } from "../spark.ts";
import { chainTyped, fallBack, inspect, readTyped, refuseUnknown } from "./typed-example.ts";

describe("docs/typed-dataframes.md", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
    const fare = Decimal.parse("1.50");
    const flights = await spark.createDataFrame(
      [
        [1n, "SFO", 20, fare],
        [2n, "SFO", 30, fare],
        [3n, "JFK", 40, fare],
        [4n, "JFK", null, fare],
      ],
      "id BIGINT NOT NULL, origin STRING NOT NULL, delay INT, fare DECIMAL(10, 2) NOT NULL",
    );
    await flights.createOrReplaceTempView("typed_flights");
    const airports = await spark.createDataFrame(
      [["JFK", "New York"]],
      "origin STRING NOT NULL, city STRING NOT NULL",
    );
    await airports.createOrReplaceTempView("typed_airports");
  });
  after(async () => {
    await spark.catalog.dropTempView("typed_flights");
    await spark.catalog.dropTempView("typed_airports");
  });

  it("reads rows of known type", async () => {
    expect(await readTyped(spark)).to.deep.equal([
      "SFO 1.50 20",
      "SFO 1.50 30",
      "JFK 1.50 40",
      "JFK 1.50 cancelled",
    ]);
  });

  it("knows the row at the end of a chain", async () => {
    expect(await chainTyped(spark)).to.deep.equal([null, 2n, "3.00"]);
  });

  it("compiles where it says so", () => {
    expect(() => refuseUnknown(spark)).not.to.throw();
    for (const df of fallBack(spark)) expect(df).to.be.instanceOf(DataFrame);
  });

  it("shows a plan and where its columns come from", () => {
    expect(inspect(spark)).to.equal(
      [
        "Aggregate by [origin], [sum(fare) AS fares]",
        "+- Filter (delay > 15)",
        "   +- Read typed_flights",
        "",
      ].join("\n"),
    );
  });
});
