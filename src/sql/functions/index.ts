// Every function of Spark, in files by the categories of Spark's documentation; names are flat and never repeat.

export * from "./aggregate-functions.ts";
export * from "./array-functions.ts";
export * from "./bitmap-functions.ts";
export * from "./bitwise-functions.ts";
export * from "./collection-functions.ts";
export * from "./conditional-functions.ts";
export * from "./datetime-functions.ts";
export * from "./generator-functions.ts";
export * from "./hash-functions.ts";
export * from "./hll-sketch-functions.ts";
export * from "./json-functions.ts";
export * from "./kll-sketch-functions.ts";
export * from "./map-functions.ts";
export * from "./math-functions.ts";
export * from "./misc-functions.ts";
export * from "./normal-functions.ts";
export * from "./predicate-functions.ts";
export * from "./sort-functions.ts";
export * from "./statistics-functions.ts";
export * from "./string-functions.ts";
export * from "./struct-functions.ts";
export * from "./theta-sketch-functions.ts";
export * from "./tuple-set-functions.ts";
export * from "./tuple-sketch-functions.ts";
export type { TupleSketchOptions, TupleSummaryMode } from "./tuple-sketch-options.ts";
export * from "./window-functions.ts";
