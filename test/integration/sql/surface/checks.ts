import { expect } from "chai";
import { SparkError } from "../../../../src/sql/index.ts";

/** That a double is this number, but for its last digits. */
export function near(expected: number): (value: number) => void {
  return (value) => expect(value).to.be.closeTo(expected, 1e-12 * Math.max(1, Math.abs(expected)));
}

/** That a text matches. */
export function matching(pattern: RegExp): (value: string) => void {
  return (value) => expect(value).to.match(pattern);
}

/** That a value is of the same class as this one, and equal. */
export function exactly(expected: object): (value: unknown) => void {
  return (value) => {
    expect(value).to.be.instanceOf(expected.constructor);
    expect(value).to.deep.equal(expected);
  };
}

/** That a value is of this class. */
export function instance(type: new (...args: never[]) => object): (value: unknown) => void {
  return (value) => expect(value).to.be.instanceOf(type);
}

/** The message with which the server refuses; fails when it does not. */
export async function refusal(action: PromiseLike<unknown>): Promise<string> {
  try {
    await action;
  } catch (error) {
    if (error instanceof SparkError) return error.message;
    throw error;
  }
  throw new Error("it was not refused");
}
