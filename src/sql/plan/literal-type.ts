import { Row, rowFields, rowValues } from "../../arrow/row.ts";
import { SparkwrightError } from "../../core/error.ts";
import {
  ArrayType,
  ByteType,
  type DataType,
  DecimalType,
  DoubleType,
  FloatType,
  IntegerType,
  LongType,
  MapType,
  NullType,
  ShortType,
  StructField,
  StructType,
} from "../types/data-type.ts";
import { mergeTypes } from "../types/infer-type.ts";
import { scalarTypeOf } from "../types/scalar-type.ts";
import { fromTemporal } from "../types/temporal.ts";
import { checkTemporalRange } from "./literal-range.ts";
import { orderedEntries } from "./ordered-entries.ts";

const typedArrays: Readonly<Record<string, DataType>> = {
  Int8Array: ByteType,
  Uint8ClampedArray: ShortType,
  Int16Array: ShortType,
  Uint16Array: IntegerType,
  Int32Array: IntegerType,
  Uint32Array: LongType,
  BigInt64Array: LongType,
  BigUint64Array: new DecimalType(20, 0),
  Float16Array: FloatType,
  Float32Array: FloatType,
  Float64Array: DoubleType,
};

/** Our value of a `Temporal` object; anything else comes back as it is. */
export function plainValue(value: unknown): unknown {
  return typeof value === "object" && value !== null ? fromTemporal(value) : value;
}

/**
 * The type of a literal that is not a container; undefined when it is one.
 *
 * Thrown when the literal could not be what was written: `USAGE_UNSAFE_INTEGER`, `USAGE_OUT_OF_RANGE`,
 * `USAGE_INEXACT_VALUE`, `USAGE_UNSUPPORTED_VALUE`.
 */
export function scalarLiteralType(plain: unknown): DataType | undefined {
  const type = scalarTypeOf(plain);
  if (typeof plain === "bigint" && type?.kind !== "long") {
    throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${plain} is beyond the 64 bits of a LONG`, {
      hint: `Pass Decimal.parse("${plain}") for a DECIMAL.`,
    });
  }
  if (typeof plain === "string" && !plain.isWellFormed()) {
    throw new SparkwrightError(
      "USAGE_UNSUPPORTED_VALUE",
      `the text ${JSON.stringify(plain)} has half a surrogate pair, which UTF-8 cannot hold`,
      { hint: "Pass text.toWellFormed(), or the bytes as a Uint8Array." },
    );
  }
  if (typeof plain === "object") checkTemporalRange(plain);
  return type;
}

/** The type of a literal; elements of containers share the one that holds them all. `path` says where it is. */
export function literalType(value: unknown, path: string): DataType {
  const plain = plainValue(value);
  const scalar = scalarLiteralType(plain);
  if (scalar !== undefined) return scalar;
  const of = plain as object;
  if (Array.isArray(of)) return new ArrayType(commonType(of, (i) => `${path}[${i}]`));
  if (of instanceof Map) {
    const keys = [...of.keys()];
    return new MapType(
      commonType(keys, (i) => `${path} (key ${i})`),
      commonType([...of.values()], (i) => `${path} (value ${i})`),
    );
  }
  const elementType = typedArrays[String(Reflect.get(of, Symbol.toStringTag))];
  if (elementType !== undefined) return new ArrayType(elementType);
  return new StructType(
    structEntries(of, path).map(
      ([name, item]) => new StructField(name, literalType(item, `${path}.${name}`)),
    ),
  );
}

/** The names and values of a struct. Thrown when the object is none: `USAGE_UNSUPPORTED_VALUE`. */
export function structEntries(of: object, path: string): readonly (readonly [string, unknown])[] {
  if (of instanceof Row) {
    const values = rowValues(of);
    return rowFields(of).map((name, i) => [name, values[i]]);
  }
  const prototype: unknown = Object.getPrototypeOf(of);
  if (prototype === Object.prototype || prototype === null) {
    const hint = 'Build it with namedStruct(lit("10"), value, …) of the functions, which keeps the order.';
    return orderedEntries(path, of as Record<string, unknown>, hint);
  }
  const name = (of.constructor as { name?: string } | undefined)?.name ?? "unknown";
  throw new SparkwrightError(
    "USAGE_UNSUPPORTED_VALUE",
    `${path}: a value of class ${name} has no Spark type`,
    {
      hint:
        "toProto" in of
          ? "Put columns together with array(), createMap() or struct() of the functions."
          : "Pass a plain object, an array, a Map or one of the value classes of sparkwright/sql.",
    },
  );
}

function commonType(values: readonly unknown[], path: (index: number) => string): DataType {
  return values.reduce<DataType>(
    (common, value, i) => mergeTypes(common, literalType(value, path(i)), path(i)),
    NullType,
  );
}
