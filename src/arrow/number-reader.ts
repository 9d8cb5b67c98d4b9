import type { ArrowType } from "./arrow-type.ts";
import { view } from "./typed-view.ts";

type NumberType = Extract<ArrowType, { kind: "int" | "float" }>;

/** Numbers, or bigints where there are 64 bits of integer: always, never by size of the value. */
export function readNumbers(type: NumberType, bytes: Uint8Array, length: number): (number | bigint)[] {
  const typed = typedView(type, bytes, length);
  const values = new Array<number | bigint>(length);
  for (let index = 0; index < length; index++) {
    values[index] = typed[index] as number | bigint;
  }
  return values;
}

function typedView(type: NumberType, bytes: Uint8Array, length: number): ArrayLike<number | bigint> {
  if (type.kind === "float") {
    return type.bits === 64 ? view(Float64Array, bytes, length) : view(Float32Array, bytes, length);
  }
  switch (type.bits) {
    case 8:
      return type.signed ? view(Int8Array, bytes, length) : view(Uint8Array, bytes, length);
    case 16:
      return type.signed ? view(Int16Array, bytes, length) : view(Uint16Array, bytes, length);
    case 32:
      return type.signed ? view(Int32Array, bytes, length) : view(Uint32Array, bytes, length);
    case 64:
      return type.signed ? view(BigInt64Array, bytes, length) : view(BigUint64Array, bytes, length);
  }
}
