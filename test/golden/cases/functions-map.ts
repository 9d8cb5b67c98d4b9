import { functions as F } from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.create_map()", () => F.createMap()),
  golden("F.create_map('name', 'age')", () => F.createMap("name", "age")),
  golden("F.create_map(['name', 'age'])", () => F.createMap(["name", "age"])),
  golden("F.create_map(F.lit('a'), F.lit(1), F.lit('b'), F.lit(2))", () =>
    F.createMap(F.lit("a"), F.lit(1), F.lit("b"), F.lit(2)),
  ),
  golden("F.map_concat('scores', 'scores')", () => F.mapConcat("scores", "scores")),
  golden("F.map_concat(['scores', 'scores'])", () => F.mapConcat(["scores", "scores"])),
  golden("F.map_contains_key('scores', 'x')", () => F.mapContainsKey("scores", "x")),
  golden("F.map_contains_key('scores', F.col('name'))", () => F.mapContainsKey("scores", F.col("name"))),
  golden("F.map_entries('scores')", () => F.mapEntries("scores")),
  golden("F.map_filter('scores', lambda k, v: v > 1)", () => F.mapFilter("scores", (_, v) => v.gt(1))),
  golden("F.map_from_arrays('tags', 'tags')", () => F.mapFromArrays("tags", "tags")),
  golden("F.map_from_entries(F.map_entries('scores'))", () => F.mapFromEntries(F.mapEntries("scores"))),
  golden("F.map_keys('scores')", () => F.mapKeys("scores")),
  golden("F.map_values('scores')", () => F.mapValues("scores")),
  golden("F.map_zip_with('scores', 'scores', lambda k, a, b: F.coalesce(a, b))", () =>
    F.mapZipWith("scores", "scores", (_, a, b) => F.coalesce(a, b)),
  ),
  golden("F.str_to_map('name')", () => F.strToMap("name")),
  golden("F.str_to_map('name', F.lit(';'))", () => F.strToMap("name", F.lit(";"))),
  golden("F.str_to_map('name', F.lit(';'), F.lit('='))", () => F.strToMap("name", F.lit(";"), F.lit("="))),
  golden("F.transform_keys('scores', lambda k, v: F.upper(k))", () =>
    F.transformKeys("scores", (k) => F.upper(k)),
  ),
  golden("F.transform_values('scores', lambda k, v: v + 1)", () =>
    F.transformValues("scores", (_, v) => v.plus(1)),
  ),
  golden("F.named_struct(F.lit('a'), 'age', F.lit('b'), F.col('id'))", () =>
    F.namedStruct(F.lit("a"), "age", F.lit("b"), F.col("id")),
  ),
  golden("F.struct('age', F.col('id'))", () => F.struct("age", F.col("id"))),
  golden("F.struct(['age', 'id'])", () => F.struct(["age", "id"])),
];
