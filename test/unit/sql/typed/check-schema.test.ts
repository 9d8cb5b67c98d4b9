import { expect } from "chai";
import { z } from "zod";
import * as mini from "zod/mini";
import { Decimal } from "../../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../../src/arrow/values/local-date.ts";
import { Timestamp } from "../../../../src/arrow/values/timestamp.ts";
import { schemaFaults } from "../../../../src/sql/typed/check-schema.ts";
import { schemaMismatch } from "../../../../src/sql/typed/schema-fault.ts";
import {
  ArrayType,
  BinaryType,
  BooleanType,
  type DataType,
  DateType,
  DecimalType,
  DoubleType,
  FloatType,
  IntegerType,
  LongType,
  MapType,
  NullType,
  ShortType,
  StringType,
  StructType,
  TimestampType,
  VariantType,
} from "../../../../src/sql/types/data-type.ts";

const string = new StringType();

/** The codes and places of what differs. */
function faults(schema: Parameters<typeof schemaFaults>[0], actual: StructType): string[] {
  return schemaFaults(schema, actual).map(({ code, column }) => `${code} ${column}`);
}

const fits = (schema: z.ZodType, type: DataType, nullable = false) =>
  schemaFaults(z.object({ x: schema }), new StructType().add("x", type, nullable)).length === 0;

describe("schemaFaults", () => {
  it("takes each type as the values that results have", () => {
    const pairs: readonly (readonly [z.ZodType, readonly DataType[]])[] = [
      [z.bigint(), [LongType]],
      [z.int(), [IntegerType, ShortType]],
      [z.number().int().min(1), [IntegerType, ShortType]],
      [z.float64(), [DoubleType, FloatType]],
      [z.number().positive(), [IntegerType, ShortType, DoubleType, FloatType]],
      [z.string(), [string]],
      [z.email(), [string]],
      [z.enum(["a", "b"]), [string]],
      [z.literal(["a", "b"]), [string]],
      [z.literal([1, 2]), [IntegerType, ShortType, DoubleType, FloatType]],
      [z.boolean(), [BooleanType]],
      [z.instanceof(Decimal), [new DecimalType(38, 2)]],
      [z.instanceof(LocalDate), [DateType]],
      [z.instanceof(Timestamp), [TimestampType]],
      [z.instanceof(Uint8Array), [BinaryType]],
      [z.null(), [NullType]],
      [z.union([z.string(), z.bigint()]), [string, LongType]],
      [z.string().transform(Number), [string]],
      [z.lazy(() => z.bigint().brand()), [LongType]],
      [z.bigint().readonly(), [LongType]],
    ];
    const types = [...new Set(pairs.flatMap(([, list]) => list)), VariantType, new ArrayType(string)];
    for (const [schema, wanted] of pairs) {
      for (const type of types) {
        expect(fits(schema, type), `${schema._zod.def.type} and ${type}`).to.equal(wanted.includes(type));
      }
    }
    for (const type of types) {
      expect(fits(z.unknown(), type, true)).to.equal(true);
      expect(fits(z.coerce.number(), type, true)).to.equal(true);
      expect(fits(z.custom<object>(), type, true)).to.equal(true);
      expect(fits(z.date(), type)).to.equal(false);
    }
  });

  it("wants NULL to be said", () => {
    expect(fits(z.string(), string, true)).to.equal(false);
    for (const schema of [z.string().nullable(), z.string().nullish(), z.union([z.string(), z.null()])]) {
      expect(fits(schema, string, true)).to.equal(true);
      expect(fits(schema, string, false)).to.equal(true);
    }
    expect(fits(z.array(z.string()), new ArrayType(string, true))).to.equal(false);
    expect(fits(z.array(z.string().nullable()), new ArrayType(string, true))).to.equal(true);
    expect(fits(z.map(z.string(), z.bigint()), new MapType(string, LongType, false))).to.equal(true);
    expect(fits(z.map(z.string(), z.bigint()), new MapType(string, LongType, true))).to.equal(false);
    expect(fits(z.record(z.string(), z.bigint()), new MapType(string, LongType, false))).to.equal(false);
  });

  it("tells every column that differs, nested ones by their place", () => {
    const schema = z.object({
      id: z.bigint(),
      gone: z.string(),
      maybe: z.string().optional(),
      twice: z.string(),
      pos: z.object({ x: z.number(), y: z.number() }),
      items: z.array(z.object({ price: z.instanceof(Decimal) })),
    });
    const actual = new StructType()
      .add("id", IntegerType)
      .add("Gone", string)
      .add("twice", string, false)
      .add("twice", string, false)
      .add("pos", new StructType().add("x", DoubleType), false)
      .add("items", new ArrayType(new StructType().add("price", DoubleType, false), false), false);
    expect(faults(schema, actual)).to.deep.equal([
      "OTHER_TYPE id",
      "NULLABLE id",
      "MISSING_COLUMN gone",
      "REPEATED_COLUMN twice",
      "NULLABLE pos.x",
      "MISSING_COLUMN pos.y",
      "OTHER_TYPE items[].price",
    ]);
    const error = schemaMismatch(schemaFaults(schema, actual));
    expect(error.code).to.equal("SPARK_SCHEMA_MISMATCH");
    expect(error.message).to.include("id: OTHER_TYPE, expected bigint, found int");
    expect(error.message).to.include("gone: MISSING_COLUMN, expected string, found Gone");
    expect(error.details["columns"]).to.have.lengthOf(7);
  });

  it("takes more columns, but not for a strict schema", () => {
    const actual = new StructType().add("a", LongType, false).add("b", LongType);
    expect(faults(z.object({ a: z.bigint() }), actual)).to.deep.equal([]);
    expect(faults(z.strictObject({ a: z.bigint() }), actual)).to.deep.equal(["UNEXPECTED_COLUMN b"]);
  });

  it("reads schemas of zod/mini", () => {
    const schema = mini.object({ a: mini.nullable(mini.bigint()), d: mini.instanceof(Decimal) });
    const actual = new StructType().add("a", LongType).add("d", new DecimalType(10, 2), false);
    expect(faults(schema, actual)).to.deep.equal([]);
    expect(faults(schema, new StructType().add("a", string, false))).to.deep.equal([
      "OTHER_TYPE a",
      "MISSING_COLUMN d",
    ]);
  });
});
