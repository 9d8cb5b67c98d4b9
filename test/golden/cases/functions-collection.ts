import { functions as F } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.aggregate('tags', F.lit(0), lambda acc, x: acc + F.length(x))", () =>
    F.aggregate("tags", F.lit(0), (acc, x) => acc.plus(F.length(x))),
  ),
  golden("F.aggregate('tags', 'age', lambda acc, x: acc + 1, lambda acc: acc * 2)", () =>
    F.aggregate(
      "tags",
      "age",
      (acc) => acc.plus(1),
      (acc) => acc.multiply(2),
    ),
  ),
  golden("F.cardinality('tags')", () => F.cardinality("tags")),
  golden("F.element_at('tags', 1)", () => F.elementAt("tags", 1)),
  golden("F.element_at('scores', 'x')", () => F.elementAt("scores", "x")),
  golden("F.element_at('scores', F.col('name'))", () => F.elementAt("scores", F.col("name"))),
  golden("F.exists('tags', lambda x: x == 'a')", () => F.exists("tags", (x) => x.eq("a"))),
  golden("F.filter('tags', lambda x: x > 'a')", () => F.filter("tags", (x) => x.gt("a"))),
  golden("F.filter('tags', lambda x, i: i % 2 == 0)", () => F.filter("tags", (_, i) => i.mod(2).eq(0))),
  golden("F.forall('tags', lambda x: x.isNotNull())", () => F.forall("tags", (x) => x.isNotNull())),
  golden("F.reduce('tags', F.lit(''), lambda acc, x: F.concat(acc, x))", () =>
    F.reduce("tags", F.lit(""), (acc, x) => F.concat(acc, x)),
  ),
  golden("F.reduce('tags', F.lit(''), lambda acc, x: F.concat(acc, x), lambda acc: F.upper(acc))", () =>
    F.reduce("tags", F.lit(""), (acc, x) => F.concat(acc, x), F.upper),
  ),
  golden("F.size('scores')", () => F.size("scores")),
  golden("F.transform('tags', lambda x: F.upper(x))", () => F.transform("tags", F.upper)),
  golden("F.transform('tags', lambda x, i: F.concat(x, i.cast('string')))", () =>
    F.transform("tags", (x, i) => F.concat(x, i.cast("string"))),
  ),
  golden(
    "F.transform(F.array('tags'), lambda inner: F.transform(inner, lambda x: F.concat(x, inner[0], F.col('name'))))",
    () =>
      F.transform(F.array("tags"), (inner) =>
        F.transform(inner, (x) => F.concat(x, inner.getItem(0), F.col("name"))),
      ),
  ),
  golden("F.try_element_at('tags', F.lit(1))", () => F.tryElementAt("tags", F.lit(1))),
  golden("F.try_element_at('scores', 'name')", () => F.tryElementAt("scores", "name")),
  golden("F.zip_with('tags', 'tags', lambda x, y: F.concat(x, y))", () =>
    F.zipWith("tags", "tags", (x, y) => F.concat(x, y)),
  ),
  golden("df.select(F.transform('tags', lambda x: F.exists('tags', lambda y: x == y)))", () =>
    df.select(F.transform("tags", (x) => F.exists("tags", (y) => x.eq(y)))),
  ),
  golden(
    "F.aggregate('amounts', F.lit(0), lambda sum, amount: sum + amount, lambda sum: sum / F.size('amounts'))",
    () =>
      F.aggregate(
        "amounts",
        F.lit(0),
        (sum, amount) => sum.plus(amount),
        (sum) => sum.divide(F.size("amounts")),
      ),
  ),
  golden("F.filter('dates', lambda date, i: (i > 0) & (F.year(date) == 2026))", () =>
    F.filter("dates", (date, i) => i.gt(0).and(F.year(date).eq(2026))),
  ),
];
