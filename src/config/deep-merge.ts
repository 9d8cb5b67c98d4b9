type Values = Readonly<Record<string, unknown>>;

/** Merges maps per key, later ones over earlier ones; lists and scalars are replaced whole. */
export function deepMerge(...layers: readonly Values[]): Values {
  const merged = new Map<string, unknown>();
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      const below = merged.get(key);
      merged.set(key, isMap(below) && isMap(value) ? deepMerge(below, value) : value);
    }
  }
  return Object.fromEntries(merged);
}

export function isMap(value: unknown): value is Values {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
