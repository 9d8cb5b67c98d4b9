import { expect } from "chai";
import { z } from "zod";
import { ConnectClient } from "../../../../src/connect/connect-client.ts";
import type { SparkwrightError } from "../../../../src/core/error.ts";
import type { DataFrame } from "../../../../src/sql/data-frame.ts";
import { count } from "../../../../src/sql/functions/aggregate-functions.ts";
import { Observation } from "../../../../src/sql/observation.ts";
import { expectations, observedRelations, resolvePlan } from "../../../../src/sql/plan/resolve.ts";
import { SparkSession } from "../../../../src/sql/spark-session.ts";
import { LongType, StructType } from "../../../../src/sql/types/data-type.ts";
import { typeToProto } from "../../../../src/sql/types/type-proto.ts";

const good = z.object({ id: z.bigint() });
const bad = z.object({ id: z.string(), gone: z.string() });

/** A session that answers with one schema, or fails first. */
function session(failures = 0): { spark: SparkSession; asked: () => number } {
  const spark = new SparkSession(new ConnectClient({ remote: "sc://localhost:1" }));
  let asked = 0;
  const schema = typeToProto(new StructType().add("id", LongType, false));
  Reflect.set(
    spark,
    "analyze",
    async (_request: unknown, _about: unknown, read: (result: object) => unknown) => {
      asked++;
      if (asked <= failures) throw new Error("not now");
      return read({ schema });
    },
  );
  return { spark, asked: () => asked };
}

/** What running it would first do. */
async function check(df: DataFrame): Promise<string> {
  try {
    for (const one of expectations(df.toPlan())) await one();
    return "fits";
  } catch (error) {
    return (error as SparkwrightError).code ?? (error as Error).message;
  }
}

describe("DataFrame.as", () => {
  it("checks what is made from it, once, and not what it was made from", async () => {
    const { spark, asked } = session();
    const plain = spark.range(9);
    const typed = plain.as(good);
    expect(await check(typed.filter("id > 1").join(plain, "id").limit(1))).to.equal("fits");
    expect(await check(typed.select("id").union(typed))).to.equal("fits");
    expect(asked()).to.equal(1);
    const wrong = plain.as(bad);
    expect(expectations(plain.toPlan())).to.deep.equal([]);
    expect(await check(plain.join(wrong.alias("w"), "id"))).to.equal("SPARK_SCHEMA_MISMATCH");
    expect(await check(wrong)).to.equal("SPARK_SCHEMA_MISMATCH");
    expect(await check(typed.unionByName(wrong))).to.equal("SPARK_SCHEMA_MISMATCH");
  });

  it("checks before a stream is written", async () => {
    const start = session().spark.range(9).as(bad).writeStream.start("/tmp/x");
    expect(await start.catch((error: unknown) => error)).to.have.property("code", "SPARK_SCHEMA_MISMATCH");
  });

  it("asks again when the server could not tell", async () => {
    const { spark, asked } = session(1);
    const typed = spark.range(9).as(good);
    expect(await check(typed)).to.equal("not now");
    expect(await check(typed)).to.equal("fits");
    expect(await check(typed)).to.equal("fits");
    expect(asked()).to.equal(2);
  });

  it("sends the same plan, and lets its columns be named by either", () => {
    const { spark } = session();
    const plain = spark.range(9);
    const typed = plain.as(good);
    expect(typed.toPlan()).to.deep.equal(plain.toPlan());
    expect(typed.toPlan()).not.to.equal(plain.toPlan());
    expect(typed.col("id").toProto()).to.deep.equal(plain.col("id").toProto());
    expect(resolvePlan(typed.toPlan())).to.equal(typed.toPlan());
  });

  it("reports to the observation of the DataFrame it was made from", () => {
    const { spark } = session();
    const observed = spark.range(9).observe(new Observation("o"), count("*").alias("n"));
    expect(observedRelations(observed.as(good).toPlan())).to.have.lengthOf(1);
  });

  it("takes an object schema only", () => {
    for (const schema of [z.string(), "name", undefined, {}]) {
      expect(() =>
        session()
          .spark.range(1)
          .as(schema as never),
      )
        .to.throw()
        .with.property("code", "USAGE_SCHEMA");
    }
  });
});
