import { col, count, lit, max } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("df.describe()", () => df.describe()),
  golden("df.describe('age', 'height')", () => df.describe("age", "height")),
  golden("df.summary()", () => df.summary()),
  golden("df.summary('count', '75%')", () => df.summary("count", "75%")),
  golden("df.na.fill(0)", () => df.na.fill(0)),
  golden("df.na.fill(1.5)", () => df.na.fill(1.5)),
  golden("df.na.fill('-')", () => df.na.fill("-")),
  golden("df.na.fill(True)", () => df.na.fill(true)),
  golden("df.na.fill(9223372036854775807)", () => df.na.fill(9223372036854775807n)),
  golden("df.na.fill(0, ['age', 'id'])", () => df.na.fill(0, ["age", "id"])),
  golden("df.na.fill({'age': 50, 'name': 'unknown', 'active': False, 'height': 0.5})", () =>
    df.na.fill({ age: 50, name: "unknown", active: false, height: 0.5 }),
  ),
  golden("df.fillna('x', subset=['name'])", () => df.fillNa("x", ["name"])),
  golden("df.na.drop()", () => df.na.drop()),
  golden("df.na.drop('all')", () => df.na.drop({ how: "all" })),
  golden("df.na.drop(thresh=2)", () => df.na.drop({ thresh: 2 })),
  golden("df.na.drop('all', 3, ['age', 'name'])", () =>
    df.na.drop({ how: "all", thresh: 3, subset: ["age", "name"] }),
  ),
  golden("df.dropna(subset=['age'])", () => df.dropNa({ subset: ["age"] })),
  golden("df.na.replace(10, 20)", () => df.na.replace([[10, 20]])),
  golden("df.na.replace([1, 2], [3, 4], ['age'])", () =>
    df.na.replace(
      [
        [1, 3],
        [2, 4],
      ],
      ["age"],
    ),
  ),
  golden("df.na.replace('Ann', None)", () => df.na.replace([["Ann", null]])),
  golden("df.na.replace({'Ann': 'Anna', 'Bob': 'Robert'}, subset=['name'])", () =>
    df.na.replace(
      new Map([
        ["Ann", "Anna"],
        ["Bob", "Robert"],
      ]),
      ["name"],
    ),
  ),
  golden("df.replace({True: False})", () => df.replace([[true, false]])),
  golden("df.replace({1.5: 2})", () => df.replace([[1.5, 2]])),
  golden("df.stat.crosstab('name', 'age')", () => df.stat.crosstab("name", "age")),
  golden("df.crosstab('name', 'age')", () => df.crosstab("name", "age")),
  golden("df.stat.freqItems(['name', 'age'])", () => df.stat.freqItems(["name", "age"])),
  golden("df.freqItems(['name'], 0.4)", () => df.freqItems(["name"], 0.4)),
  golden("df.stat.sampleBy('name', {'Ann': 0.5, 'Bob': 1}, 3)", () =>
    df.stat.sampleBy("name", { Ann: 0.5, Bob: 1 }, 3),
  ),
  golden("df.sampleBy(F.col('age'), {30: 0.25}, 3)", () => df.sampleBy(col("age"), new Map([[30, 0.25]]), 3)),
  golden("df.stat.cov('age', 'height')", () => df.stat.cov("age", "height")),
  golden("df.cov('age', 'height')", () => df.cov("age", "height")),
  golden("df.stat.corr('age', 'height')", () => df.stat.corr("age", "height")),
  golden("df.corr('age', 'height', 'pearson')", () => df.corr("age", "height", "pearson")),
  golden("df.stat.approxQuantile('age', [0.5], 0.1)", () => df.stat.approxQuantile("age", [0.5], 0.1)),
  golden("df.approxQuantile(['age', 'height'], [0.0, 0.5, 1.0], 0.0)", () =>
    df.approxQuantile(["age", "height"], [0, 0.5, 1], 0),
  ),
  golden("df.observe('seen', F.count(F.lit(1)).alias('rows'), F.max('age'))", () =>
    df.observe("seen", count("*").alias("rows"), max("age")),
  ),
  golden("df.observe('seen', F.count(F.lit(1))).select('id')", () =>
    df.observe("seen", count(lit(1))).select("id"),
  ),
];
