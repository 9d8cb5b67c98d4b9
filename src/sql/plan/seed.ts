import { SparkwrightError } from "../../core/error.ts";

/** The seed given, or a random one. Thrown when it is no whole number that a LONG holds. */
export function seedOf(method: string, seed: number | bigint | undefined): bigint {
  if (seed === undefined) return BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER));
  if (typeof seed === "bigint" ? BigInt.asIntN(64, seed) === seed : Number.isSafeInteger(seed)) {
    return BigInt(seed);
  }
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${method}(): ${String(seed)} is not a seed`, {
    hint: "Pass a whole number; beyond 2^53 as a bigint.",
  });
}
