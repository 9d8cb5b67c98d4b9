import { expect } from "chai";
import fc from "fast-check";
import {
  ArrayType,
  AtomicType,
  type DataType,
  DayTimeIntervalType,
  DecimalType,
  IntegerType,
  LengthType,
  LongType,
  MapType,
  StringType,
  StructField,
  StructType,
  TimeType,
  YearMonthIntervalType,
} from "../../../../src/sql/types/data-type.ts";
import { inferCommonType } from "../../../../src/sql/types/infer-type.ts";
import { typeFromJson } from "../../../../src/sql/types/type-json.ts";
import { typeFromProto, typeToProto } from "../../../../src/sql/types/type-proto.ts";

const atomic = fc.constantFrom(
  ...(["null", "binary", "boolean", "byte", "short", "integer", "long", "float", "double", "date"] as const),
  ...(["timestamp", "timestampNtz", "calendarInterval", "variant"] as const),
);
const { type: anyType } = fc.letrec<{ type: DataType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small" },
    atomic.map((kind) => new AtomicType(kind)),
    fc.constantFrom(undefined, "UNICODE_CI").map((collation) => new StringType(collation)),
    fc
      .tuple(fc.constantFrom("char" as const, "varChar" as const), fc.nat(99))
      .map(([kind, n]) => new LengthType(kind, n)),
    fc.tuple(fc.integer({ min: 1, max: 38 }), fc.nat(38)).map(([p, s]) => new DecimalType(p, Math.min(p, s))),
    fc.nat(6).map((precision) => new TimeType(precision)),
    fc.constantFrom(
      new YearMonthIntervalType(),
      new YearMonthIntervalType(1, 1),
      new DayTimeIntervalType(),
      new DayTimeIntervalType(0, 1),
    ),
    fc.tuple(tie("type"), fc.boolean()).map(([element, nulls]) => new ArrayType(element, nulls)),
    fc
      .tuple(tie("type"), tie("type"), fc.boolean())
      .map(([key, value, nulls]) => new MapType(key, value, nulls)),
    fc
      .array(fc.tuple(fc.string(), tie("type"), fc.boolean(), fc.dictionary(fc.string(), fc.string())))
      .map(
        (fields) =>
          new StructType(
            fields.map(([name, type, nullable, meta]) => new StructField(name, type, nullable, meta)),
          ),
      ),
  ),
}));

describe("data types", () => {
  it("come back from the protocol and from schema JSON", () => {
    fc.assert(
      fc.property(anyType, (type) => {
        expect(typeFromProto(typeToProto(type)).json()).to.equal(type.json());
        expect(typeFromJson(type.json()).json()).to.equal(type.json());
      }),
    );
  });

  it("print as Spark prints them", () => {
    const schema = new StructType()
      .add("id", LongType, false)
      .add("a b", new ArrayType(new DecimalType(10, 2)))
      .add("m", new MapType(new StringType(), new StructType().add("x", IntegerType)));
    expect(schema.simpleString()).to.equal(
      "struct<id:bigint,a b:array<decimal(10,2)>,m:map<string,struct<x:int>>>",
    );
    expect(schema.toDDL()).to.equal(
      "`id` bigint not null, `a b` array<decimal(10,2)>, `m` map<string, struct<`x`: int>>",
    );
    expect(schema.treeString()).to.equal(
      [
        "root",
        " |-- id: long (nullable = false)",
        " |-- a b: array (nullable = true)",
        " |    |-- element: decimal(10,2) (containsNull = true)",
        " |-- m: map (nullable = true)",
        " |    |-- key: string",
        " |    |-- value: struct (valueContainsNull = true)",
        " |    |    |-- x: integer (nullable = true)",
      ].join("\n"),
    );
  });

  it("are refused when Spark has none of that name", () => {
    for (const json of ['"bigdecimal"', '{"type":"list"}', "null"]) {
      expect(() => typeFromJson(json))
        .to.throw()
        .with.property("code", "SPARK_UNKNOWN_TYPE");
    }
  });
});

describe("type inference", () => {
  const cases: readonly (readonly [readonly unknown[], string])[] = [
    [[1, 2], "int"],
    [[1, 3_000_000_000], "bigint"],
    [[1, 2n], "bigint"],
    [[1, 2.5], "double"],
    [[null, undefined], "void"],
    [[null, "x"], "string"],
    [[[1], [], [null, 2n]], "array<bigint>"],
    [[{ a: 1 }, { b: "x" }, { a: 2.5 }], "struct<a:double,b:string>"],
    [[new Map([[1, null]]), new Map([[2n, "x"]])], "map<bigint,string>"],
  ];
  for (const [values, type] of cases) {
    it(type, () => expect(inferCommonType(values, "x").simpleString()).to.equal(type));
  }

  it("says where values do not go together", () => {
    expect(() => inferCommonType([{ a: [1] }, { a: ["x"] }], "row 1, column c"))
      .to.throw("row 1, column c.a[]: int and string have no common type")
      .with.property("code", "USAGE_MIXED_TYPES");
  });
});
