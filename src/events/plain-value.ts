import { messageOf } from "../core/error.ts";

const deepest = 6;

/** Any value as plain JSON data: whatever a node logs, the log must not fail on it. */
export function plainValue(value: unknown): unknown {
  return plain(value, []);
}

function plain(value: unknown, above: readonly object[]): unknown {
  if (typeof value === "bigint") return plainBigint(value);
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value === "function" || typeof value === "symbol") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (above.includes(value)) return "[circular]";
  if (above.length >= deepest) return "[…]";
  try {
    return plainObject(value, [...above, value]);
  } catch (error) {
    return `[unreadable: ${messageOf(error)}]`;
  }
}

function plainObject(value: object, above: readonly object[]): unknown {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item, above));
  if (value instanceof Set) return plain([...value], above);
  if (value instanceof Map) return [...value].map(([key, item]) => [plain(key, above), plain(item, above)]);
  const toJson: unknown = Reflect.get(value, "toJSON");
  if (typeof toJson === "function") return plain(toJson.call(value), above);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, above)]));
}

/** The one decision about 64-bit numbers in JSON: a number where it is exact, else a string. */
export function plainBigint(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
