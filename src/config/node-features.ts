import type * as z from "zod";
import { matching, setOf } from "./fields.ts";
import type { FeatureRef } from "./project.ts";

const featureNames = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[^.]+$/u;

/** `source.column`, each once; the source is a dataset, whose own name may hold dots. */
export function featuresField(): z.ZodType<readonly FeatureRef[]> {
  const name = matching(featureNames, "a dataset and its column, such as customer.orders_30d");
  return setOf(name, "features, dataset.column").transform((names) =>
    names.map((text): FeatureRef => {
      const dot = text.lastIndexOf(".");
      return { source: text.slice(0, dot), feature: text.slice(dot + 1) };
    }),
  );
}
