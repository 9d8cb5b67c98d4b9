import { expect } from "chai";
import { z } from "zod";
import {
  col,
  count,
  Decimal,
  lit,
  Observation,
  type SparkSession,
  SparkwrightError,
  sum,
  Timestamp,
} from "../../../src/sql/index.ts";
import { getSpark } from "../spark.ts";

const flightSchema = z.object({
  id: z.bigint(),
  delay: z.int().nullable(),
  fare: z.instanceof(Decimal),
  at: z.instanceof(Timestamp),
  tags: z.array(z.string()),
});

describe("DataFrame.as", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
  });

  const flights = () =>
    spark
      .range(3)
      .selectExpr(
        "id",
        "IF(id = 1, NULL, CAST(id AS INT) * 10) AS delay",
        "CAST(1.50 AS DECIMAL(10, 2)) AS fare",
        "TIMESTAMP'2024-05-06 07:08:09Z' AS at",
        "array('a') AS tags",
      );

  it("types what results have", async () => {
    const typed = flights().as(flightSchema);
    const [first] = await typed.orderBy("id").collect();
    const id: bigint | undefined = first?.id;
    expect(id).to.equal(0n);
    expect(first?.fare.equals(Decimal.parse("1.50"))).to.equal(true);
    expect(first?.at.toString()).to.equal("2024-05-06T07:08:09Z");
    const delays: (number | null)[] = [];
    for await (const flight of typed.orderBy("id")) delays.push(flight.delay);
    expect(delays).to.deep.equal([0, null, 20]);
  });

  it("tells names and NULLs as the server has them", async () => {
    const typed = flights().as(flightSchema);
    const grouped = typed
      .withColumn("late", typed.col("delay").gt(5))
      .groupBy("late")
      .agg(sum("id"), count("*"), sum(col("delay").cast("bigint")).alias("total"));
    const rows = await grouped.orderBy("late").collect();
    expect(rows.map((row) => [row.late, row["sum(id)"], row["count(1)"], row.total])).to.deep.equal([
      [null, 1n, 1n, null],
      [false, 0n, 1n, 0n],
      [true, 2n, 1n, 20n],
    ]);
    const other = flights()
      .as(z.object({ id: z.bigint() }))
      .select("id", lit("x").alias("x"))
      .filter("id = 0");
    const joined = await typed.select("id").join(other, "id", "left").orderBy("id").collect();
    expect(joined.map((row) => row.x)).to.deep.equal(["x", null, null]);
    const cast = typed.select(typed.col("id").cast("string"), col("delay").cast("string").alias("d"));
    expect((await cast.schema()).toDDL()).to.equal("`id` string not null, `d` string");
  });

  it("tells every column that is not as expected, once an action runs, also of what is made from it", async () => {
    const typed = flights().as(z.object({ id: z.int(), delay: z.int(), gone: z.string() }));
    const error = await typed
      .filter("id > 0")
      .join(spark.range(1), "id")
      .count()
      .catch((e: unknown) => e);
    expect(error).to.be.instanceOf(SparkwrightError);
    expect((error as SparkwrightError).details["columns"]).to.deep.equal([
      { code: "OTHER_TYPE", column: "id", expected: "safeint", actual: "bigint" },
      { code: "NULLABLE", column: "delay", expected: "safeint", actual: "NULLs" },
      { code: "MISSING_COLUMN", column: "gone", expected: "string", actual: "no such column" },
    ]);
    expect(await typed.schema())
      .to.have.property("names")
      .with.lengthOf(5);
    const writing = typed.write.format("noop").mode("overwrite").save();
    expect(await writing.catch((e: SparkwrightError) => e.code)).to.equal("SPARK_SCHEMA_MISMATCH");
  });

  it("asks for the schema once, and leaves the DataFrame it was made from alone", async () => {
    const plain = flights();
    const wrong = plain.as(z.object({ gone: z.string() }));
    expect(await wrong.first().catch((e: SparkwrightError) => e.code)).to.equal("SPARK_SCHEMA_MISMATCH");
    expect(await plain.count()).to.equal(3n);

    const observation = new Observation();
    const observed = plain.observe(observation, count("*").alias("n")).as(flightSchema);
    let asked = 0;
    const analyze = spark.analyze.bind(spark);
    Reflect.set(spark, "analyze", (...args: Parameters<typeof analyze>) => {
      asked++;
      return analyze(...args);
    });
    try {
      await observed.collect();
      await observed.limit(1).collect();
      await observed.filter(observed.col("id").gt(0)).count();
    } finally {
      Reflect.deleteProperty(spark, "analyze");
    }
    expect(asked).to.equal(1);
    expect(await observation.get()).to.deep.equal({ n: 3n });
  });

  it("takes nothing but an object schema", () => {
    expect(() => flights().as("f" as never))
      .to.throw()
      .with.property("code", "USAGE_SCHEMA");
    expect(() => flights().as(z.string() as never))
      .to.throw()
      .with.property("code", "USAGE_SCHEMA");
  });
});
