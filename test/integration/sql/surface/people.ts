import {
  type DataFrame,
  DoubleType,
  IntegerType,
  LongType,
  type SparkSession,
  StringType,
  StructType,
} from "../../../../src/sql/index.ts";

const text = new StringType();

/** `id`, `name`, `city`, `age`, `height`: Dan's city and height are NULL, Eve's height is NaN. */
export async function people(spark: SparkSession): Promise<DataFrame> {
  const schema = new StructType()
    .add("id", LongType, false)
    .add("name", text)
    .add("city", text)
    .add("age", IntegerType)
    .add("height", DoubleType);
  return await spark.createDataFrame(
    [
      [1n, "Ann", "Oslo", 30, 1.7],
      [2n, "Bob", "Rome", 40, 1.8],
      [3n, "Cid", "Oslo", 50, 1.9],
      [4n, "Dan", null, 60, null],
      [5n, "Eve", "Rome", 20, Number.NaN],
    ],
    schema,
  );
}

/** `order`, `person`, `amount`: two of Ann, one of Bob, one of nobody. */
export async function orders(spark: SparkSession): Promise<DataFrame> {
  const schema = new StructType().add("order", IntegerType).add("person", LongType).add("amount", DoubleType);
  return await spark.createDataFrame(
    [
      [10, 1n, 5],
      [11, 1n, 7.5],
      [12, 2n, 1],
      [13, 9n, 2],
    ],
    schema,
  );
}
