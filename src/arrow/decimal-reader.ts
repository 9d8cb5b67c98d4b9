import type { ArrowType } from "./arrow-type.ts";
import { view } from "./typed-view.ts";
import { Decimal } from "./values/decimal.ts";

/** Little-endian two's complement integers of 32 to 256 bits. */
export function readDecimals(
  type: Extract<ArrowType, { kind: "decimal" }>,
  bytes: Uint8Array,
  length: number,
): Decimal[] {
  const { scale } = type;
  const values = new Array<Decimal>(length);
  if (type.bits === 32) {
    const ints = view(Int32Array, bytes, length);
    for (let index = 0; index < length; index++) {
      values[index] = new Decimal(BigInt(ints[index] as number), scale);
    }
    return values;
  }
  const limbs = type.bits / 64;
  const halves = view(Int32Array, bytes, length * limbs * 2);
  const low = view(BigInt64Array, bytes, length * limbs);
  for (let index = 0; index < length; index++) {
    const start = index * limbs;
    values[index] = new Decimal(
      fitsInt64(halves, start * 2, limbs) ? (low[start] as bigint) : joinLimbs(low, start, limbs),
      scale,
    );
  }
  return values;
}

/** True where all upper halves only repeat the sign; big integers are slow and rarely needed. */
function fitsInt64(halves: Int32Array, start: number, limbs: number): boolean {
  const sign = (halves[start + 1] as number) >> 31;
  for (let half = 2; half < limbs * 2; half++) {
    if (halves[start + half] !== sign) {
      return false;
    }
  }
  return true;
}

function joinLimbs(low: BigInt64Array, start: number, limbs: number): bigint {
  let value = low[start + limbs - 1] as bigint;
  for (let limb = limbs - 2; limb >= 0; limb--) {
    value = (value << 64n) | BigInt.asUintN(64, low[start + limb] as bigint);
  }
  return value;
}
