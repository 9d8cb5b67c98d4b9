import { SparkwrightError } from "../../core/error.ts";

/**
 * The names and values of an object in the order in which they were written.
 *
 * Thrown where JavaScript has lost that order, which it does for keys that are whole numbers such as "10": it puts
 * them first, the smallest in front. `USAGE_COLUMN_ORDER`; `hint` says how to give the same with an order.
 */
export function orderedEntries<T>(
  what: string,
  of: Readonly<Record<string, T>>,
  hint: string,
): [name: string, value: T][] {
  const entries = Object.entries(of);
  const [first] = entries;
  // Such keys come first: where the first is none, there is none.
  if (first !== undefined && entries.length > 1 && isArrayIndex(first[0])) {
    throw new SparkwrightError(
      "USAGE_COLUMN_ORDER",
      `${what}: an object with the key "${first[0]}" does not keep the order of its keys, for JavaScript puts whole numbers first`,
      { hint, details: { key: first[0] } },
    );
  }
  return entries;
}

/** The keys that every JavaScript object lists first, in numeric order. */
function isArrayIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}
