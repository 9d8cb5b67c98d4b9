import { expect } from "chai";
import {
  array,
  type Column,
  col,
  count,
  Decimal,
  explode,
  lit,
  rowValues,
  type SparkSession,
  sum,
  Window,
  when,
} from "../../../../src/sql/index.ts";
import { getSpark } from "../../spark.ts";
import { covers } from "./covers.ts";
import { rowsOf } from "./rows-of.ts";

const nil = lit(null).cast("int");

/** The values of columns over one row. */
async function valuesOf(spark: SparkSession, ...columns: readonly Column[]): Promise<unknown[]> {
  const [row] = await spark
    .range(1)
    .select(...columns.map((column, i) => column.alias(`c${i}`)))
    .collect();
  return row === undefined ? [] : rowValues(row);
}

/** The values 1, NULL, 2 in an order. */
async function ordered(spark: SparkSession, order: (column: Column) => Column): Promise<unknown[]> {
  const df = spark.range(1).select(explode(array(lit(1), nil, lit(2))).alias("x"));
  return (await rowsOf(df.orderBy(order(col("x"))))).map(([x]) => x);
}

describe("surface: columns", () => {
  covers("Column.alias", async (spark) => {
    const df = spark.range(1).select(col("id").alias("a"), col("id").alias("b", { unit: "m" }));
    const { fields } = await df.schema();
    expect(fields.map(({ name, metadata }) => [name, metadata])).to.deep.equal([
      ["a", {}],
      ["b", { unit: "m" }],
    ]);
    const pairs = spark.range(1).select(explode(lit(new Map([["k", 1]]))).alias(["key", "value"]));
    expect(await pairs.columns()).to.deep.equal(["key", "value"]);
  });

  covers("Column.name", async (spark) => {
    expect(await spark.range(1).select(col("id").name("n")).columns()).to.deep.equal(["n"]);
  });

  covers("Column.asc", async (spark) => {
    expect(await ordered(spark, (x) => x.asc())).to.deep.equal([null, 1, 2]);
  });

  covers("Column.asc_nulls_first", async (spark) => {
    expect(await ordered(spark, (x) => x.ascNullsFirst())).to.deep.equal([null, 1, 2]);
  });

  covers("Column.asc_nulls_last", async (spark) => {
    expect(await ordered(spark, (x) => x.ascNullsLast())).to.deep.equal([1, 2, null]);
  });

  covers("Column.desc", async (spark) => {
    expect(await ordered(spark, (x) => x.desc())).to.deep.equal([2, 1, null]);
  });

  covers("Column.desc_nulls_first", async (spark) => {
    expect(await ordered(spark, (x) => x.descNullsFirst())).to.deep.equal([null, 2, 1]);
  });

  covers("Column.desc_nulls_last", async (spark) => {
    expect(await ordered(spark, (x) => x.descNullsLast())).to.deep.equal([2, 1, null]);
  });

  covers("Column.astype", async (spark) => {
    expect(await valuesOf(spark, lit("12").cast("int"), lit(1.5).cast("string"))).to.deep.equal([12, "1.5"]);
  });

  covers("Column.cast", async (spark) => {
    const [decimal, bool] = await valuesOf(spark, lit("1.005").cast("decimal(5,2)"), lit(1).cast("boolean"));
    expect(String(decimal)).to.equal("1.01");
    expect(decimal).to.be.instanceOf(Decimal);
    expect(bool).to.equal(true);
  });

  covers("Column.try_cast", async (spark) => {
    expect(await valuesOf(spark, lit("x").tryCast("int"), lit("7").tryCast("int"))).to.deep.equal([null, 7]);
  });

  covers("Column.between", async (spark) => {
    const values = [lit(1).between(1, 2), lit(3).between(1, 2), nil.between(1, 2), lit(3).between(nil, 2)];
    expect(await valuesOf(spark, ...values), "false wins over NULL").to.deep.equal([
      true,
      false,
      null,
      false,
    ]);
  });

  covers("Column.bitwiseAND", async (spark) => {
    expect(await valuesOf(spark, lit(12).bitwiseAND(10))).to.deep.equal([8]);
  });

  covers("Column.bitwiseOR", async (spark) => {
    expect(await valuesOf(spark, lit(12).bitwiseOR(10))).to.deep.equal([14]);
  });

  covers("Column.bitwiseXOR", async (spark) => {
    expect(await valuesOf(spark, lit(12).bitwiseXOR(10))).to.deep.equal([6]);
  });

  covers("Column.contains", async (spark) => {
    expect(await valuesOf(spark, lit("a_b").contains("_"), lit("ab").contains("_"))).to.deep.equal([
      true,
      false,
    ]);
  });

  covers("Column.startswith", async (spark) => {
    expect(await valuesOf(spark, lit("ab").startsWith("a"), lit("ab").startsWith(lit("b")))).to.deep.equal([
      true,
      false,
    ]);
  });

  covers("Column.endswith", async (spark) => {
    expect(await valuesOf(spark, lit("ab").endsWith("b"), nil.cast("string").endsWith("b"))).to.deep.equal([
      true,
      null,
    ]);
  });

  covers("Column.like", async (spark) => {
    expect(await valuesOf(spark, lit("abc").like("a%"), lit("abc").like("a_"))).to.deep.equal([true, false]);
  });

  covers("Column.ilike", async (spark) => {
    expect(await valuesOf(spark, lit("ABC").ilike("a%"), lit("ABC").like("a%"))).to.deep.equal([true, false]);
  });

  covers("Column.rlike", async (spark) => {
    expect(await valuesOf(spark, lit("abc").rlike("b+c$"), lit("abc").rlike("^b"))).to.deep.equal([
      true,
      false,
    ]);
  });

  covers("Column.substr", async (spark) => {
    expect(
      await valuesOf(spark, lit("abcdef").substr(2, 3), lit("abcdef").substr(lit(-2), lit(9))),
    ).to.deep.equal(["bcd", "ef"]);
  });

  covers("Column.eqNullSafe", async (spark) => {
    const values = [nil.eqNullSafe(null), nil.eqNullSafe(1), lit(1).eqNullSafe(1), nil.eq(null)];
    expect(await valuesOf(spark, ...values)).to.deep.equal([true, false, true, null]);
  });

  covers("Column.isNull", async (spark) => {
    expect(await valuesOf(spark, nil.isNull(), lit(Number.NaN).isNull())).to.deep.equal([true, false]);
  });

  covers("Column.isNotNull", async (spark) => {
    expect(await valuesOf(spark, nil.isNotNull(), lit(0).isNotNull())).to.deep.equal([false, true]);
  });

  covers("Column.isNaN", async (spark) => {
    expect(await valuesOf(spark, lit(Number.NaN).isNaN(), lit(1.5).isNaN())).to.deep.equal([true, false]);
  });

  covers("Column.getItem", async (spark) => {
    const values = [lit([5, 6]).getItem(1), lit(new Map([["k", 7]])).getItem("k")];
    expect(await valuesOf(spark, ...values)).to.deep.equal([6, 7]);
  });

  covers("Column.getField", async (spark) => {
    expect(
      await valuesOf(
        spark,
        lit({ a: { b: 3 } })
          .getField("a")
          .getField("b"),
      ),
    ).to.deep.equal([3]);
  });

  covers("Column.withField", async (spark) => {
    const changed = lit({ a: 1, b: { c: 2 } })
      .withField("b.d", lit("x"))
      .withField("a", 9);
    const [struct] = await valuesOf(spark, changed);
    expect(JSON.parse(JSON.stringify(struct))).to.deep.equal({ a: 9, b: { c: 2, d: "x" } });
  });

  covers("Column.dropFields", async (spark) => {
    const [struct] = await valuesOf(spark, lit({ a: 1, b: { c: 2, d: 3 }, e: 4 }).dropFields("a", "b.c"));
    expect(JSON.parse(JSON.stringify(struct))).to.deep.equal({ b: { d: 3 }, e: 4 });
  });

  covers("Column.when", async (spark) => {
    const size = (x: Column) => when(x.lt(1), "small").when(x.lt(5), "middle");
    expect(await valuesOf(spark, size(lit(0)), size(lit(3)), size(lit(9)))).to.deep.equal([
      "small",
      "middle",
      null,
    ]);
  });

  covers("Column.otherwise", async (spark) => {
    expect(
      await valuesOf(spark, when(lit(false), 1).otherwise(2), when(nil.gt(1), 1).otherwise(3)),
    ).to.deep.equal([2, 3]);
  });

  covers("Column.over", async (spark) => {
    const total = sum("id").over(Window.partitionBy(col("id").mod(2)));
    expect(await rowsOf(spark.range(4).select("id", total).orderBy("id"))).to.deep.equal([
      [0n, 2n],
      [1n, 4n],
      [2n, 2n],
      [3n, 4n],
    ]);
  });

  covers("Column.transform", async (spark) => {
    expect(
      await valuesOf(
        spark,
        lit(2).transform((x) => x.plus(x).multiply(10)),
      ),
    ).to.deep.equal([40]);
  });

  covers("Column.to_plan", async () => {
    const { exprType } = col("id").toProto();
    expect(exprType.case === "unresolvedAttribute" && exprType.value.unparsedIdentifier).to.equal("id");
  });

  it("computes and compares by its operators", async () => {
    const spark = await getSpark();
    const seven = lit(7);
    const values = [
      seven.plus(2),
      seven.minus(2),
      seven.multiply(2),
      seven.divide(2),
      lit(-7).mod(4),
      seven.pow(2),
      seven.negate(),
      seven.eq(7),
      seven.notEqual(7),
      seven.lt(8),
      seven.leq(7),
      seven.gt(8),
      seven.geq(8),
      lit(true).and(nil.cast("boolean")),
      lit(false).and(nil.cast("boolean")),
      lit(true).or(nil.cast("boolean")),
      lit(true).not(),
    ];
    expect(await valuesOf(spark, ...values)).to.deep.equal([
      9,
      5,
      14,
      3.5,
      -3,
      49,
      -7,
      true,
      false,
      true,
      true,
      false,
      false,
      null,
      false,
      true,
      false,
    ]);
    expect(await rowsOf(spark.range(3).agg(count(when(col("id").gt(0), 1))))).to.deep.equal([[2n]]);
  });
});
