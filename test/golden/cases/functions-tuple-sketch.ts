import { functions as F } from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.tuple_difference_double('id', 'age')", () => F.tupleDifferenceDouble("id", "age")),
  golden("F.tuple_difference_theta_double('id', 'age')", () => F.tupleDifferenceThetaDouble("id", "age")),
  golden("F.tuple_intersection_agg_double('id')", () => F.tupleIntersectionAggDouble("id")),
  golden("F.tuple_intersection_agg_double('id', 'min')", () => F.tupleIntersectionAggDouble("id", "min")),
  golden("F.tuple_intersection_double('id', 'age')", () => F.tupleIntersectionDouble("id", "age")),
  golden("F.tuple_intersection_double('id', 'age', F.lit('max'))", () =>
    F.tupleIntersectionDouble("id", "age", F.lit("max")),
  ),
  golden("F.tuple_intersection_theta_double('id', 'age')", () => F.tupleIntersectionThetaDouble("id", "age")),
  golden("F.tuple_intersection_theta_double('id', 'age', 'min')", () =>
    F.tupleIntersectionThetaDouble("id", "age", "min"),
  ),
  golden("F.tuple_sketch_agg_double('id', 'age')", () => F.tupleSketchAggDouble("id", "age")),
  golden("F.tuple_sketch_agg_double('id', 'age', 10, 'max')", () =>
    F.tupleSketchAggDouble("id", "age", { lgNomEntries: 10, mode: "max" }),
  ),
  golden("F.tuple_sketch_agg_double('id', 'age', mode=F.lit('min'))", () =>
    F.tupleSketchAggDouble("id", "age", { mode: F.lit("min") }),
  ),
  golden("F.tuple_sketch_estimate_double('id')", () => F.tupleSketchEstimateDouble("id")),
  golden("F.tuple_sketch_summary_double('id')", () => F.tupleSketchSummaryDouble("id")),
  golden("F.tuple_sketch_summary_double('id', 'alwaysone')", () =>
    F.tupleSketchSummaryDouble("id", "alwaysone"),
  ),
  golden("F.tuple_sketch_theta_double('id')", () => F.tupleSketchThetaDouble("id")),
  golden("F.tuple_union_agg_double('id')", () => F.tupleUnionAggDouble("id")),
  golden("F.tuple_union_agg_double('id', lgNomEntries=F.lit(8))", () =>
    F.tupleUnionAggDouble("id", { lgNomEntries: F.lit(8) }),
  ),
  golden("F.tuple_union_double('id', 'age')", () => F.tupleUnionDouble("id", "age")),
  golden("F.tuple_union_double('id', 'age', 8, 'min')", () =>
    F.tupleUnionDouble("id", "age", { lgNomEntries: 8, mode: "min" }),
  ),
  golden("F.tuple_union_theta_double('id', 'age')", () => F.tupleUnionThetaDouble("id", "age")),
  golden("F.tuple_union_theta_double('id', 'age', mode='max')", () =>
    F.tupleUnionThetaDouble("id", "age", { mode: "max" }),
  ),
  golden("F.tuple_difference_integer('id', 'age')", () => F.tupleDifferenceInteger("id", "age")),
  golden("F.tuple_difference_theta_integer('id', 'age')", () => F.tupleDifferenceThetaInteger("id", "age")),
  golden("F.tuple_intersection_agg_integer('id')", () => F.tupleIntersectionAggInteger("id")),
  golden("F.tuple_intersection_agg_integer('id', 'min')", () => F.tupleIntersectionAggInteger("id", "min")),
  golden("F.tuple_intersection_integer('id', 'age')", () => F.tupleIntersectionInteger("id", "age")),
  golden("F.tuple_intersection_integer('id', 'age', F.lit('max'))", () =>
    F.tupleIntersectionInteger("id", "age", F.lit("max")),
  ),
  golden("F.tuple_intersection_theta_integer('id', 'age')", () =>
    F.tupleIntersectionThetaInteger("id", "age"),
  ),
  golden("F.tuple_intersection_theta_integer('id', 'age', 'min')", () =>
    F.tupleIntersectionThetaInteger("id", "age", "min"),
  ),
  golden("F.tuple_sketch_agg_integer('id', 'age')", () => F.tupleSketchAggInteger("id", "age")),
  golden("F.tuple_sketch_agg_integer('id', 'age', 10, 'max')", () =>
    F.tupleSketchAggInteger("id", "age", { lgNomEntries: 10, mode: "max" }),
  ),
  golden("F.tuple_sketch_agg_integer('id', 'age', mode=F.lit('min'))", () =>
    F.tupleSketchAggInteger("id", "age", { mode: F.lit("min") }),
  ),
  golden("F.tuple_sketch_estimate_integer('id')", () => F.tupleSketchEstimateInteger("id")),
  golden("F.tuple_sketch_summary_integer('id')", () => F.tupleSketchSummaryInteger("id")),
  golden("F.tuple_sketch_summary_integer('id', 'alwaysone')", () =>
    F.tupleSketchSummaryInteger("id", "alwaysone"),
  ),
  golden("F.tuple_sketch_theta_integer('id')", () => F.tupleSketchThetaInteger("id")),
  golden("F.tuple_union_agg_integer('id')", () => F.tupleUnionAggInteger("id")),
  golden("F.tuple_union_agg_integer('id', lgNomEntries=F.lit(8))", () =>
    F.tupleUnionAggInteger("id", { lgNomEntries: F.lit(8) }),
  ),
  golden("F.tuple_union_integer('id', 'age')", () => F.tupleUnionInteger("id", "age")),
  golden("F.tuple_union_integer('id', 'age', 8, 'min')", () =>
    F.tupleUnionInteger("id", "age", { lgNomEntries: 8, mode: "min" }),
  ),
  golden("F.tuple_union_theta_integer('id', 'age')", () => F.tupleUnionThetaInteger("id", "age")),
  golden("F.tuple_union_theta_integer('id', 'age', mode='max')", () =>
    F.tupleUnionThetaInteger("id", "age", { mode: "max" }),
  ),
];
