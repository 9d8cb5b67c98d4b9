import type { DirectKind } from "./influence.ts";
import { callsAround } from "./plan-expression.ts";

/** As plans print them; `first(a#1, true)`, `percentile(…)`. */
const names: ReadonlySet<string> = new Set(
  `any any_value approx_count_distinct approx_percentile approx_top_k array_agg avg bit_and bit_or bit_xor
  bitmap_construct_agg bitmap_or_agg bool_and bool_or collect_list collect_set corr count count_if count_min_sketch
  covar_pop covar_samp every first first_value grouping grouping_id histogram_numeric hll_sketch_agg hll_union_agg
  kurtosis last last_value listagg max max_by mean median min min_by mode percentile percentile_approx
  percentile_cont percentile_disc pivotfirst regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
  regr_sxy regr_syy skewness some std stddev stddev_pop stddev_samp string_agg sum try_avg try_sum var_pop var_samp
  variance`.split(/\s+/),
);

/** `AGGREGATION` in an argument of an aggregate function that is known, else `TRANSFORMATION`. */
export function aggregateKind(text: string, index: number): DirectKind {
  return callsAround(text, index).some((name) => names.has(name)) ? "AGGREGATION" : "TRANSFORMATION";
}
