import { makeRow, type Row } from "../../arrow/row.ts";
import { Decimal } from "../../arrow/values/decimal.ts";
import { LocalDate } from "../../arrow/values/local-date.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import {
  ArrayType,
  AtomicType,
  type DataType,
  DecimalType,
  MapType,
  StructType,
} from "../types/data-type.ts";
import { typeFromJsonValue } from "../types/type-json.ts";
import { isJsonObject, JsonNumber, type JsonObject } from "./exact-json.ts";
import { asDouble, asLong } from "./json-fields.ts";

const numbers: readonly string[] = ["byte", "short", "integer", "long", "float", "double"];

/**
 * The row of an observed metric. Spark writes one in two ways: `{values, schema}`, from which every value gets its own
 * type, and in events the bare values by name.
 */
export function observedRow(json: JsonObject): Row {
  const typed = typedRow(json);
  if (typed !== undefined) return typed;
  return makeRow(Object.keys(json), Object.values(json).map(untyped));
}

function typedRow(json: JsonObject): Row | undefined {
  const { values, schema } = json;
  if (!Array.isArray(values) || !isJsonObject(schema)) return undefined;
  const type = typeFromJsonValue(JSON.parse(JSON.stringify(schema)));
  if (!(type instanceof StructType) || type.fields.length !== values.length) return undefined;
  return makeRow(
    type.names,
    type.fields.map((field, i) => typedValue(values[i], field.dataType)),
  );
}

/** The value as its type says; what Spark writes in no documented way stays as it is. */
function typedValue(json: unknown, type: DataType): unknown {
  if (json === null || json === undefined) return null;
  if (type instanceof DecimalType) {
    return json instanceof JsonNumber ? decimal(json.text, type.scale) : untyped(json);
  }
  if (type instanceof ArrayType && Array.isArray(json)) {
    return json.map((element) => typedValue(element, type.elementType));
  }
  if (type instanceof MapType && isJsonObject(json)) {
    return new Map(
      Object.entries(json).map(([key, value]) => [
        mapKey(key, type.keyType),
        typedValue(value, type.valueType),
      ]),
    );
  }
  if (type instanceof StructType && isJsonObject(json)) return observedRow(json);
  return scalar(json, type);
}

function scalar(json: unknown, type: DataType): unknown {
  switch (type instanceof AtomicType ? type.kind : undefined) {
    case "long":
      return asLong(json) ?? untyped(json);
    case "byte":
    case "short":
    case "integer":
    case "float":
    case "double":
      return asDouble(json) ?? untyped(json);
    case "binary":
      return typeof json === "string" ? new Uint8Array(Buffer.from(json, "base64")) : untyped(json);
    case "timestamp": {
      const millis = asLong(json);
      return millis === undefined ? untyped(json) : new Timestamp(millis * 1000n);
    }
    case "date": {
      // Midnight in the server's time zone, within half a day of midnight in UTC.
      const millis = asLong(json);
      return millis === undefined ? untyped(json) : new LocalDate(Math.round(Number(millis) / 86_400_000));
    }
    default:
      return untyped(json);
  }
}

/** JSON has only text for the keys of an object. */
function mapKey(key: string, type: DataType): unknown {
  const isNumber = type instanceof DecimalType || (type instanceof AtomicType && numbers.includes(type.kind));
  return isNumber && /^-?\d+(\.\d+)?(E-?\d+)?$/.test(key) ? typedValue(new JsonNumber(key), type) : key;
}

function decimal(text: string, scale: number): Decimal {
  const parsed = Decimal.parse(text);
  return parsed.rescale(scale) ?? parsed;
}

function untyped(json: unknown): unknown {
  if (json instanceof JsonNumber) return asLong(json) ?? Number(json.text);
  if (Array.isArray(json)) return json.map(untyped);
  return isJsonObject(json) ? observedRow(json) : json;
}
