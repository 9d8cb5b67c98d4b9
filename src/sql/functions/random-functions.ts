import type { Column } from "../column.ts";
import { call, lit, randomSeed } from "./call.ts";

/** The seed of a function that draws at random. */
export type Seed = Column | number | bigint;

/**
 * A random DOUBLE from 0 to before 1 for every row. Without a seed one is drawn here, so a DataFrame gives the
 * same numbers at every action as long as its rows come in the same order and partitions.
 *
 * @since 1.4.0
 */
export function rand(seed: Seed = randomSeed()): Column {
  return call("rand", lit(seed));
}

/**
 * A random DOUBLE of the standard normal distribution for every row; the seed is as in `rand`.
 *
 * @since 1.4.0
 */
export function randn(seed: Seed = randomSeed()): Column {
  return call("randn", lit(seed));
}

/**
 * The same as `rand`. Spark: `rand`.
 *
 * @since 4.0.0
 */
export function random(seed: Seed = randomSeed()): Column {
  return rand(seed);
}

/**
 * A random text of digits and letters, so many characters long, for every row; the seed is as in `rand`.
 *
 * @since 4.0.0
 */
export function randstr(length: Column | number, seed: Seed = randomSeed()): Column {
  return call("randstr", lit(length), lit(seed));
}

/**
 * A random number from `min` to before `max` for every row, of their wider type; the seed is as in `rand`.
 *
 * @since 4.0.0
 */
export function uniform(min: Column | number, max: Column | number, seed: Seed = randomSeed()): Column {
  return call("uniform", lit(min), lit(max), lit(seed));
}

/**
 * A random UUID as text for every row; the seed is as in `rand`.
 *
 * @since 4.1.0
 */
export function uuid(seed: Seed = randomSeed()): Column {
  return call("uuid", lit(seed));
}
