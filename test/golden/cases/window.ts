import { col, count, desc, lag, rank, rowNumber, sum, Window } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

const byName = Window.partitionBy("name");
const ordered = byName.orderBy("age");

export const cases: readonly GoldenCase[] = [
  golden("F.rank().over(W.partitionBy('name').orderBy('age'))", () => rank().over(ordered)),
  golden("F.row_number().over(W.partitionBy('name', F.col('age') > 1).orderBy(F.desc('id')))", () =>
    rowNumber().over(Window.partitionBy("name", col("age").gt(1)).orderBy(desc("id"))),
  ),
  golden("F.sum('age').over(W.partitionBy('name'))", () => sum("age").over(byName)),
  golden("F.sum('age').over(W.orderBy('id'))", () => sum("age").over(Window.orderBy("id"))),
  golden("F.sum('age').over(W.orderBy('id', df.age.desc_nulls_first()))", () =>
    sum("age").over(Window.orderBy("id", df.col("age").descNullsFirst())),
  ),
  golden("F.sum('age').over(W.orderBy('id').partitionBy('name'))", () =>
    sum("age").over(Window.orderBy("id").partitionBy("name")),
  ),
  golden("F.sum('age').over(W.partitionBy('name').orderBy('age').orderBy('id'))", () =>
    sum("age").over(ordered.orderBy("id")),
  ),
  golden("F.sum('age').over(W.partitionBy('name').orderBy('age').rowsBetween(-1, 1))", () =>
    sum("age").over(ordered.rowsBetween(-1, 1)),
  ),
  golden("F.sum('age').over(W.partitionBy('name').orderBy('age').rowsBetween(W.currentRow, 3))", () =>
    sum("age").over(ordered.rowsBetween(Window.currentRow, 3)),
  ),
  golden(
    "F.sum('age').over(W.partitionBy('name').orderBy('age').rowsBetween(W.unboundedPreceding, W.currentRow))",
    () => sum("age").over(ordered.rowsBetween(Window.unboundedPreceding, Window.currentRow)),
  ),
  golden(
    "F.sum('age').over(W.partitionBy('name').orderBy('age').rowsBetween(-2, W.unboundedFollowing))",
    () => sum("age").over(ordered.rowsBetween(-2, Window.unboundedFollowing)),
  ),
  golden("F.sum('age').over(W.rowsBetween(W.unboundedPreceding, W.unboundedFollowing))", () =>
    sum("age").over(Window.rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)),
  ),
  golden(
    "F.count(F.lit(1)).over(W.partitionBy('name').orderBy('age').rangeBetween(W.unboundedPreceding, W.currentRow))",
    () => count("*").over(ordered.rangeBetween(Window.unboundedPreceding, Window.currentRow)),
  ),
  golden(
    "F.count(F.lit(1)).over(W.partitionBy('name').orderBy('id').rangeBetween(-3000000000, 3000000000))",
    () => count("*").over(byName.orderBy("id").rangeBetween(-3000000000, 3000000000)),
  ),
  golden("F.count(F.lit(1)).over(W.rangeBetween(W.currentRow, W.unboundedFollowing).orderBy('id'))", () =>
    count("*").over(Window.rangeBetween(Window.currentRow, Window.unboundedFollowing).orderBy("id")),
  ),
  golden("F.lag('age', 2, 0).over(W.partitionBy('name').orderBy('age'))", () =>
    lag("age", 2, 0).over(ordered),
  ),
  golden("df.withColumn('n', F.row_number().over(W.partitionBy(df.name).orderBy(df.age)))", () =>
    df.withColumn("n", rowNumber().over(Window.partitionBy(df.col("name")).orderBy(df.col("age")))),
  ),
];
