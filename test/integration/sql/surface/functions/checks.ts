import { expect } from "chai";

/** A DOUBLE but for its last digits. */
export function about(expected: number): (value: number) => void {
  return (value) => {
    expect(value).to.be.closeTo(expected, 1e-9);
  };
}

/** Any of the values. */
export function oneOf(...expected: readonly unknown[]): (value: unknown) => void {
  return (value) => {
    expect(expected).to.include(value);
  };
}

/** The elements in any order. */
export function inAnyOrder(...expected: readonly unknown[]): (value: readonly unknown[]) => void {
  return (value) => {
    expect(value).to.have.deep.members([...expected]);
  };
}
