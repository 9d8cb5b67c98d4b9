const unitBytes: Readonly<Record<string, number>> = {
  b: 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
};

/**
 * The bytes of a size as a setting of Spark may have it: `1048576`, `16m`, `3GB`, `1 GiB`; undefined for what is no
 * size. A server gives sizes back the way they were set.
 */
export function parseByteSize(text: string | undefined): number | undefined {
  const [, digits, unit = "b"] = /^\s*(\d+(?:\.\d+)?)\s*(?:([bkmgtp])(?:i?b)?)?\s*$/i.exec(text ?? "") ?? [];
  if (digits === undefined) return undefined;
  return Math.floor(Number(digits) * (unitBytes[unit.toLowerCase()] ?? 1));
}
