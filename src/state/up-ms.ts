/** Milliseconds since the boot of this machine, by a clock that nobody sets. */
export function upMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
