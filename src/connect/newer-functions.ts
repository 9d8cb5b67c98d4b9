const bySuffix = (stem: string, suffixes: string): readonly string[] =>
  suffixes.split(" ").map((suffix) => `${stem}_${suffix}`);

const numbers = "double integer";
const sketched = "bigint double float";

/** The functions that Spark gained after 4.0. Source: the PySpark distributions 4.0.5, 4.1.4 and 4.2.1, compared. */
const functions: Readonly<Record<string, readonly string[]>> = {
  "4.1": [
    ..."bitmap_and_agg chr current_time make_time quote time_diff time_trunc to_time".split(" "),
    ..."try_to_date try_to_time uuid st_asbinary st_geogfromwkb st_geomfromwkb st_setsrid st_srid".split(" "),
    ...bySuffix("kll_merge_agg", sketched),
    ...bySuffix("kll_sketch_agg", sketched),
    ...bySuffix("kll_sketch_get_n", sketched),
    ...bySuffix("kll_sketch_get_quantile", sketched),
    ...bySuffix("kll_sketch_get_rank", sketched),
    ...bySuffix("kll_sketch_merge", sketched),
    ...bySuffix("kll_sketch_to_string", sketched),
    ...bySuffix(
      "theta",
      "difference intersection intersection_agg sketch_agg sketch_estimate union union_agg",
    ),
  ],
  "4.2": [
    ..."current_path is_valid_variant time_bucket".split(" "),
    ...bySuffix("time_from", "micros millis seconds"),
    ...bySuffix("time_to", "micros millis seconds"),
    ...bySuffix("tuple_difference", numbers),
    ...bySuffix("tuple_difference_theta", numbers),
    ...bySuffix("tuple_intersection", numbers),
    ...bySuffix("tuple_intersection_agg", numbers),
    ...bySuffix("tuple_intersection_theta", numbers),
    ...bySuffix("tuple_sketch_agg", numbers),
    ...bySuffix("tuple_sketch_estimate", numbers),
    ...bySuffix("tuple_sketch_summary", numbers),
    ...bySuffix("tuple_sketch_theta", numbers),
    ...bySuffix("tuple_union", numbers),
    ...bySuffix("tuple_union_agg", numbers),
    ...bySuffix("tuple_union_theta", numbers),
  ],
};

/** The release that has a function of which a server says that there is no such routine; `undefined` for others. */
export function releaseOfFunction(routineName: string): string | undefined {
  const name = routineName.replaceAll("`", "").toLowerCase();
  return Object.keys(functions).find((since) => functions[since]?.includes(name));
}
