import { SparkwrightError } from "../src/core/error.ts";

/** The error of ours that a function throws; anything else is a failure of the test. */
export function thrownBy(run: () => unknown): SparkwrightError {
  try {
    run();
  } catch (error) {
    if (error instanceof SparkwrightError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
