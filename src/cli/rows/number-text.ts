/** A DOUBLE or FLOAT with the fewest digits that read back as the same value; `1.0`, `-0.0`, `NaN`, `Infinity`. */
export function numberText(value: number, kind: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (kind !== "double" && kind !== "float") return String(value);
  const text = Object.is(value, -0) ? "-0" : kind === "float" ? floatText(value) : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** A 32-bit float arrives widened; its own digits are the fewest that round to it. */
function floatText(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}
