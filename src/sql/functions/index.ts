// Every function of Spark, in files by the categories of Spark's documentation; names are flat and never repeat.

export * from "./aggregate-functions.ts";
export * from "./bitwise-functions.ts";
export { col, expr, lit } from "./call.ts";
export * from "./collection-functions.ts";
export * from "./conditional-functions.ts";
export * from "./datetime-functions.ts";
export * from "./hash-functions.ts";
export * from "./json-functions.ts";
export * from "./math-functions.ts";
export * from "./misc-functions.ts";
export * from "./sort-functions.ts";
export * from "./string-functions.ts";
export * from "./window-functions.ts";
