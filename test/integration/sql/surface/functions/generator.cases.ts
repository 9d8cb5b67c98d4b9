import type { FunctionTable } from "../function-cases.ts";

export const tables: readonly FunctionTable[] = [
  {
    from: (spark) =>
      spark.sql(`SELECT array('a', 'b') AS xs, map('k', 1) AS m, CAST(array() AS array<string>) AS none,
        array(named_struct('x', 1, 'y', 'p'), named_struct('x', 2, 'y', 'q')) AS points,
        CAST(NULL AS array<struct<x: int, y: string>>) AS nowhere, 1 AS one, 2 AS two, 3 AS three`),
    apart: true,
    cases: {
      explode: (f) => [
        [f.explode("xs"), [["a"], ["b"]]],
        [f.explode("m"), [["k", 1]]],
        [f.explode("none"), []],
      ],
      explodeOuter: (f) => [[f.explodeOuter("none"), [[null]]]],
      inline: (f) => [
        [
          f.inline("points"),
          [
            [1, "p"],
            [2, "q"],
          ],
        ],
      ],
      inlineOuter: (f) => [[f.inlineOuter("nowhere"), [[null, null]]]],
      posexplode: (f) => [
        [
          f.posexplode("xs"),
          [
            [0, "a"],
            [1, "b"],
          ],
        ],
      ],
      posexplodeOuter: (f) => [
        [f.posexplodeOuter("none"), [[null, null]]],
        [f.posexplodeOuter("m").alias(["at", "key", "value"]), [[0, "k", 1]]],
      ],
      stack: (f) => [
        [
          f.stack(2, "one", "two", "three"),
          [
            [1, 2],
            [3, null],
          ],
        ],
      ],
    },
  },
];
