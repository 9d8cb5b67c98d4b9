import { Row, rowFields, rowValues } from "../../arrow/row.ts";
import { SparkwrightError } from "../../core/error.ts";
import { orderedEntries } from "../plan/ordered-entries.ts";
import {
  ArrayType,
  type DataType,
  DecimalType,
  DoubleType,
  LongType,
  MapType,
  NullType,
  StructField,
  StructType,
} from "./data-type.ts";
import { scalarTypeOf } from "./scalar-type.ts";
import { fromTemporal } from "./temporal.ts";

const structHint = "Give a schema with this struct, so that its fields are found by name.";

/**
 * The Spark type of a JavaScript value; containers take the type that holds all of their elements, and every
 * element may be NULL. Thrown when elements cannot share a type, or a value has none; `path` says where.
 */
export function inferType(value: unknown, path: string): DataType {
  const plain = typeof value === "object" && value !== null ? fromTemporal(value) : value;
  const scalar = scalarTypeOf(plain);
  if (scalar !== undefined) return scalar;
  if (Array.isArray(plain)) return new ArrayType(inferCommonType(plain, `${path}[]`));
  if (plain instanceof Map) {
    return new MapType(
      inferCommonType(plain.keys(), `${path} (key)`),
      inferCommonType(plain.values(), `${path} (value)`),
    );
  }
  if (plain instanceof Row) {
    const values = rowValues(plain);
    return structOf(
      rowFields(plain).map((name, i) => [name, values[i]]),
      path,
    );
  }
  const prototype: unknown = Object.getPrototypeOf(plain);
  if (prototype === Object.prototype || prototype === null) {
    return structOf(orderedEntries(path, plain as Record<string, unknown>, structHint), path);
  }
  throw new SparkwrightError("USAGE_UNSUPPORTED_VALUE", `${path}: a value of this class has no Spark type`, {
    hint: "Pass plain objects, arrays, Maps, or the value classes of sparkwright/sql.",
  });
}

/** The type that holds all of the values. Thrown when there is none. */
export function inferCommonType(values: Iterable<unknown>, path: string): DataType {
  let common: DataType = NullType;
  for (const value of values) common = mergeTypes(common, inferType(value, path), path);
  return common;
}

function structOf(entries: readonly (readonly [string, unknown])[], path: string): StructType {
  return new StructType(
    entries.map(([name, value]) => new StructField(name, inferType(value, `${path}.${name}`))),
  );
}

const integerDigits: Readonly<Record<string, number>> = { integer: 10, long: 19 };

/** The type that holds what both hold, without loss. Thrown when there is none. */
export function mergeTypes(a: DataType, b: DataType, path: string): DataType {
  if (a === b || b.kind === "null") return a;
  if (a.kind === "null") return b;
  if (a.kind === "array" && b.kind === "array") {
    return new ArrayType(mergeTypes(a.elementType, b.elementType, `${path}[]`));
  }
  if (a.kind === "map" && b.kind === "map") {
    return new MapType(
      mergeTypes(a.keyType, b.keyType, `${path} (key)`),
      mergeTypes(a.valueType, b.valueType, `${path} (value)`),
    );
  }
  if (a.kind === "struct" && b.kind === "struct") return mergeStructs(a, b, path);
  const kinds = new Set([a.kind, b.kind]);
  if (kinds.size === 2 && kinds.has("integer") && kinds.has("long")) return LongType;
  if (kinds.size === 2 && kinds.has("double") && (kinds.has("integer") || kinds.has("long")))
    return DoubleType;
  const left = asDecimal(a);
  const right = asDecimal(b);
  if (kinds.has("decimal") && left !== undefined && right !== undefined) {
    const scale = Math.max(left.scale, right.scale);
    const digits = Math.max(left.precision - left.scale, right.precision - right.scale);
    if (digits + scale <= 38) return new DecimalType(digits + scale, scale);
    throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${path}: these decimals need more than 38 digits`, {
      hint: "Give a schema with the DECIMAL that you want.",
    });
  }
  if (a.equals(b)) return a;
  throw new SparkwrightError(
    "USAGE_MIXED_TYPES",
    `${path}: ${a.simpleString()} and ${b.simpleString()} have no common type`,
    { hint: "Make the values alike, or give a schema or a cast." },
  );
}

function asDecimal(type: DataType): DecimalType | undefined {
  if (type.kind === "decimal") return type;
  const digits = integerDigits[type.kind];
  return digits === undefined ? undefined : new DecimalType(digits, 0);
}

/** By name: rows need not have the same fields; the order is that of first appearance. */
function mergeStructs(a: StructType, b: StructType, path: string): StructType {
  if (a.names.length === b.names.length && a.names.every((name, i) => name === b.names[i])) {
    let changed = false;
    const fields = a.fields.map((field, i) => {
      const merged = mergeTypes(field.dataType, b.fields[i]?.dataType ?? NullType, `${path}.${field.name}`);
      changed ||= merged !== field.dataType;
      return merged === field.dataType ? field : new StructField(field.name, merged);
    });
    return changed ? new StructType(fields) : a;
  }
  const types = new Map(a.fields.map((field) => [field.name, field.dataType]));
  for (const { name, dataType } of b.fields) {
    types.set(name, mergeTypes(types.get(name) ?? NullType, dataType, `${path}.${name}`));
  }
  return new StructType([...types].map(([name, type]) => new StructField(name, type)));
}
