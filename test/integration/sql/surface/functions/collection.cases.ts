import { col } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";

export const tables: readonly FunctionTable[] = [
  {
    from: (spark) =>
      spark.sql(
        "SELECT array(1, 2, 3) AS xs, array('a', 'b') AS words, map('x', 10) AS m, 'x' AS key, 2 AS two",
      ),
    cases: {
      aggregate: (f) => [
        [f.aggregate("xs", f.lit(0), (sum, x) => sum.plus(x)), 6],
        [
          f.aggregate(
            "xs",
            "two",
            (sum, x) => sum.plus(x),
            (sum) => sum.multiply(10),
          ),
          80,
        ],
      ],
      cardinality: (f) => [
        [f.cardinality("xs"), 3],
        [f.cardinality("m"), 1],
      ],
      elementAt: (f) => [
        [f.elementAt("xs", -1), 3],
        [f.elementAt("m", "x"), 10],
        [f.elementAt("m", col("key")), 10],
      ],
      exists: (f) => [
        [f.exists("xs", (x) => x.gt(2)), true],
        [f.exists("xs", (x) => x.gt(col("two").plus(1))), false],
      ],
      filter: (f) => [
        [f.filter("xs", (x) => x.gt(1)), [2, 3]],
        [f.filter("xs", (_, i) => i.mod(2).eq(0)), [1, 3]],
      ],
      forall: (f) => [[f.forall("xs", (x) => x.gt(0)), true]],
      reduce: (f) => [
        [f.reduce("words", f.lit(""), (all, word) => f.concat(all, word)), "ab"],
        [f.reduce("words", f.lit(""), (all, word) => f.concat(all, word), f.upper), "AB"],
      ],
      size: (f) => [[f.size("words"), 2]],
      transform: (f) => [
        [f.transform("words", f.upper), ["A", "B"]],
        [f.transform("xs", (x, i) => x.multiply(i)), [0, 2, 6]],
        [
          f.transform("xs", (x) => f.transform("words", (word) => f.concat(word, x.cast("string"), "key"))),
          [
            ["a1x", "b1x"],
            ["a2x", "b2x"],
            ["a3x", "b3x"],
          ],
        ],
        [
          f.transform("xs", (x, i) =>
            f.aggregate("xs", f.lit(0), (sum, y) => sum.plus(y.multiply(x)).plus(i)),
          ),
          [6, 15, 24],
        ],
      ],
      tryElementAt: (f) => [
        [f.tryElementAt("xs", 9), null],
        [f.tryElementAt("xs", "two"), 2],
        [f.tryElementAt("m", f.lit("none")), null],
      ],
      zipWith: (f) => [
        [f.zipWith("xs", "words", (x, word) => f.concat(x.cast("string"), word)), ["1a", "2b", null]],
      ],
    },
  },
];
