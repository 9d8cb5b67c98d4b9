import { expect } from "chai";
import type { FunctionTable } from "../function-cases.ts";
import { inAnyOrder } from "./checks.ts";

export const tables: readonly FunctionTable[] = [
  {
    from: (spark) =>
      spark.sql(`SELECT array(3, 1, NULL, 1) AS xs, array(1, 2) AS ys, array('bb', 'a', 'ccc') AS words,
        array(array(1), array(2, 3)) AS nested, 2 AS two`),
    cases: {
      array: (f) => [
        [f.array("two", f.lit(5)), [2, 5]],
        [f.array(["two", "two"]), [2, 2]],
        [f.array(), []],
      ],
      arrayAppend: (f) => [
        [f.arrayAppend("ys", 3), [1, 2, 3]],
        [f.arrayAppend("ys", f.col("two")), [1, 2, 2]],
      ],
      arrayCompact: (f) => [[f.arrayCompact("xs"), [3, 1, 1]]],
      arrayContains: (f) => [
        [f.arrayContains("ys", 2), true],
        [f.arrayContains("words", "zz"), false],
      ],
      arrayDistinct: (f) => [[f.arrayDistinct("xs"), [3, 1, null]]],
      arrayExcept: (f) => [[f.arrayExcept("xs", "ys"), [3, null]]],
      arrayInsert: (f) => [
        [f.arrayInsert("ys", 1, 9), [9, 1, 2]],
        [f.arrayInsert("ys", "two", 9), [1, 9, 2]],
        [f.arrayInsert("ys", -1, 9), [1, 2, 9]],
        [f.arrayInsert("ys", 4, 9), [1, 2, null, 9]],
      ],
      arrayIntersect: (f) => [[f.arrayIntersect("xs", "ys"), [1]]],
      arrayJoin: (f) => [
        [f.arrayJoin("words", "-"), "bb-a-ccc"],
        [f.arrayJoin("xs", ","), "3,1,1"],
        [f.arrayJoin("xs", ",", "none"), "3,1,none,1"],
      ],
      arrayMax: (f) => [[f.arrayMax("xs"), 3]],
      arrayMin: (f) => [[f.arrayMin("xs"), 1]],
      arrayPosition: (f) => [
        [f.arrayPosition("xs", 1), 2n],
        [f.arrayPosition("ys", 7), 0n],
      ],
      arrayPrepend: (f) => [[f.arrayPrepend("ys", 0), [0, 1, 2]]],
      arrayRemove: (f) => [[f.arrayRemove("xs", 1), [3, null]]],
      arrayRepeat: (f) => [
        [f.arrayRepeat("two", 3), [2, 2, 2]],
        [f.arrayRepeat(f.lit("a"), "two"), ["a", "a"]],
      ],
      arraySize: (f) => [[f.arraySize("xs"), 4]],
      arraySort: (f) => [
        [f.arraySort("xs"), [1, 1, 3, null]],
        [f.arraySort("words", (l, r) => f.length(r).minus(f.length(l))), ["ccc", "bb", "a"]],
      ],
      arrayUnion: (f) => [[f.arrayUnion("ys", f.lit([2, 3])), [1, 2, 3]]],
      arraysOverlap: (f) => [
        [f.arraysOverlap("xs", "ys"), true],
        [f.arraysOverlap("ys", f.lit([8])), false],
      ],
      arraysZip: (f) => [
        [
          f.toJson(f.arraysZip("ys", "words")),
          '[{"ys":1,"words":"bb"},{"ys":2,"words":"a"},{"words":"ccc"}]',
        ],
      ],
      flatten: (f) => [[f.flatten("nested"), [1, 2, 3]]],
      get: (f) => [
        [f.get("ys", 0), 1],
        [f.get("ys", "two"), null],
      ],
      sequence: (f) => [
        [f.sequence(f.lit(1), "two"), [1, 2]],
        [f.sequence(9, 1, -4), [9, 5, 1]],
      ],
      shuffle: (f) => [
        [f.shuffle("xs"), inAnyOrder(3, 1, null, 1)],
        [
          f.struct(f.shuffle("xs", 7), f.shuffle("xs", 7)),
          ([a, b]: readonly unknown[]) => expect(a).to.deep.equal(b),
        ],
      ],
      slice: (f) => [
        [f.slice("words", 2, 1), ["a"]],
        [f.slice("words", -2, "two"), ["a", "ccc"]],
      ],
      sortArray: (f) => [
        [f.sortArray("xs"), [null, 1, 1, 3]],
        [f.sortArray("xs", false), [3, 1, 1, null]],
      ],
    },
  },
];
