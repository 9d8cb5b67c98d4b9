/**
 * What JSON can hold of a value without losing any: LONG is always a string, as in the JSON of Protocol Buffers
 * (a number would be rounded beyond 2^53); NaN and infinities are strings; binary is base64; a map is an object
 * when all its keys are strings, else a list of [key, value]. The exact value classes have their own `toJSON`.
 */
export function toJsonValue(value: unknown): unknown {
  switch (typeof value) {
    case "bigint":
      return String(value);
    case "number":
      return Number.isFinite(value) ? value : String(value);
    case "object":
      return value === null ? null : objectToJson(value);
    default:
      return value;
  }
}

function objectToJson(value: object): unknown {
  if (Array.isArray(value)) {
    return value.map(toJsonValue);
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, item]) => [key, toJsonValue(item)] as const);
    return entries.every(([key]) => typeof key === "string")
      ? Object.fromEntries(entries)
      : entries.map(([key, item]) => [toJsonValue(key), item]);
  }
  return Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toJsonValue(item)]))
    : value;
}
