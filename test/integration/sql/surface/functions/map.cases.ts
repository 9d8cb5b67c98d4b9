import type { FunctionTable } from "../function-cases.ts";
import { inAnyOrder } from "./checks.ts";

export const tables: readonly FunctionTable[] = [
  {
    from: (spark) =>
      spark.sql(`SELECT map('a', 1, 'b', 2) AS m, map('b', 20, 'c', 30) AS n, array('k', 'l') AS keys, array(7, 8) AS vals,
        'x' AS name, 5 AS value, 'a:1,b:2' AS text`),
    cases: {
      createMap: (f) => [
        [f.createMap("name", "value"), new Map([["x", 5]])],
        [f.createMap(["name", "value"]), new Map([["x", 5]])],
      ],
      mapConcat: (f) => [
        [
          f.mapConcat("m", f.createMap("name", "value")),
          new Map([
            ["a", 1],
            ["b", 2],
            ["x", 5],
          ]),
        ],
        [
          f.mapConcat(["m"]),
          new Map([
            ["a", 1],
            ["b", 2],
          ]),
        ],
      ],
      mapContainsKey: (f) => [
        [f.mapContainsKey("m", "a"), true],
        [f.mapContainsKey("m", f.col("name")), false],
      ],
      mapEntries: (f) => [[f.toJson(f.mapEntries("m")), '[{"key":"a","value":1},{"key":"b","value":2}]']],
      mapFilter: (f) => [[f.mapFilter("m", (_, value) => value.gt(1)), new Map([["b", 2]])]],
      mapFromArrays: (f) => [
        [
          f.mapFromArrays("keys", "vals"),
          new Map([
            ["k", 7],
            ["l", 8],
          ]),
        ],
      ],
      mapFromEntries: (f) => [
        [
          f.mapFromEntries(f.arraysZip("keys", "vals")),
          new Map([
            ["k", 7],
            ["l", 8],
          ]),
        ],
      ],
      mapKeys: (f) => [[f.mapKeys("m"), inAnyOrder("a", "b")]],
      mapValues: (f) => [[f.mapValues("m"), inAnyOrder(1, 2)]],
      mapZipWith: (f) => [
        [
          f.mapZipWith("m", "n", (key, left, right) => f.concatWs("", key, left, right)),
          new Map([
            ["a", "a1"],
            ["b", "b220"],
            ["c", "c30"],
          ]),
        ],
      ],
      strToMap: (f) => [
        [
          f.strToMap("text"),
          new Map([
            ["a", "1"],
            ["b", "2"],
          ]),
        ],
        [
          f.strToMap(f.lit("a=1;b"), f.lit(";"), f.lit("=")),
          new Map([
            ["a", "1"],
            ["b", null],
          ]),
        ],
      ],
      transformKeys: (f) => [
        [
          f.transformKeys("m", (key) => f.upper(key)),
          new Map([
            ["A", 1],
            ["B", 2],
          ]),
        ],
      ],
      transformValues: (f) => [
        [
          f.transformValues("m", (key, value) => f.concatWs("=", key, value)),
          new Map([
            ["a", "a=1"],
            ["b", "b=2"],
          ]),
        ],
      ],
      namedStruct: (f) => [
        [f.toJson(f.namedStruct(f.lit("a"), "value", f.lit("b"), "name")), '{"a":5,"b":"x"}'],
      ],
      struct: (f) => [
        [f.toJson(f.struct("name", f.col("value"))), '{"name":"x","value":5}'],
        [f.toJson(f.struct(["value"])), '{"value":5}'],
      ],
    },
  },
];
