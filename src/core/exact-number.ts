/** Whether a number, written with as many digits as the decimal that it was read from, is that decimal. */
export function keepsDigits(written: string, read: number): boolean {
  const digits = significantDigits(written);
  // No more can be asked of a number.
  if (digits.length > 100) return false;
  return significantDigits(read.toPrecision(Math.max(1, digits.length))) === digits;
}

function significantDigits(decimal: string): string {
  return decimal
    .replace(/e.*$/i, "")
    .replaceAll(/\D/g, "")
    .replaceAll(/^0+|0+$/g, "");
}
