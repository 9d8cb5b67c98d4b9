import { toJson } from "@bufbuild/protobuf";
import * as apache from "apache-arrow";
import { expect } from "chai";
import { type Relation, RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import {
  type CreateDataFrameOptions,
  type LocalSource,
  localDataRelation,
} from "../../../src/sql/create-data-frame.ts";
import {
  type DataType,
  Decimal,
  DecimalType,
  IntegerType,
  LongType,
  StringType,
  StructType,
} from "../../../src/sql/index.ts";
import { inferSchema, type RowLike } from "../../../src/sql/local-data.ts";
import { typeFromJson } from "../../../src/sql/types/type-json.ts";
import { scriptedClient } from "../connect/scripted-client.ts";

const { client, log } = scriptedClient({});
const relationOf = (
  data: LocalSource,
  schema?: DataType | readonly string[],
  options: CreateDataFrameOptions = {},
): Promise<Relation> => localDataRelation(client, data, schema, options);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => (error as { code?: string }).code,
  );

function contentOf({ relType }: Relation): { schema: string; rows: unknown[][] } {
  if (relType.case !== "localRelation") throw new Error(`got ${relType.case}`);
  const { schema = "", data } = relType.value;
  const rows = data === undefined ? [] : decodeBatch(data).rows();
  return { schema: typeFromJson(schema).simpleString(), rows: rows.map((row) => [...row]) };
}

describe("createDataFrame", () => {
  after(() => expect(log).to.deep.equal([]));

  it("takes rows that come once, one by one, or later", async () => {
    const expected = {
      schema: "struct<id:int,name:string>",
      rows: [
        [1, "a"],
        [2, null],
      ],
    };
    const rows = [{ id: 1, name: "a" }, { id: 2 }];
    const later = (async function* () {
      yield* rows;
    })();
    for (const data of [rows, new Set(rows), rows.values(), later]) {
      expect(contentOf(await relationOf(data))).to.deep.equal(expected);
    }
    const schema = new StructType().add("id", IntegerType).add("name", new StringType());
    expect(contentOf(await relationOf(rows.values(), schema))).to.deep.equal(expected);
  });

  it("takes what an array leaves out for NULL", async () => {
    const sparse = [1, 2, 3];
    delete sparse[1];
    expect(contentOf(await relationOf([sparse])).rows).to.deep.equal([[1, null, 3]]);
  });

  it("takes single values, a type or names for the columns, and nothing", async () => {
    expect(contentOf(await relationOf([1n, null], LongType))).to.deep.equal({
      schema: "struct<value:bigint>",
      rows: [[1n], [null]],
    });
    expect(contentOf(await relationOf([[1, "a"]], ["n", "t"]))).to.deep.equal({
      schema: "struct<n:int,t:string>",
      rows: [[1, "a"]],
    });
    for (const verifySchema of [true, false]) {
      const none = contentOf(await relationOf([], new StructType().add("n", LongType), { verifySchema }));
      expect(none).to.deep.equal({ schema: "struct<n:bigint>", rows: [] });
    }
    expect(await codeOf(relationOf([]))).to.equal("USAGE_EMPTY_DATA");
    expect(await codeOf(relationOf("rows"))).to.equal("USAGE_LOCAL_DATA");
    expect(await codeOf(relationOf(5 as unknown as LocalSource))).to.equal("USAGE_LOCAL_DATA");
  });

  it("names row, column and value of what does not fit", async () => {
    const schema = new StructType().add("d", new DecimalType(4, 2));
    const error = await relationOf([["1.25"], [null], ["100.5"]], schema).catch((thrown: unknown) => thrown);
    expect(String(error)).to.match(/column "d", row 2: '100.5' does not fit DECIMAL\(4,2\)/);
    expect(error).to.have.property("code", "VALUE_OUT_OF_RANGE");
  });

  it("casts by position what need not fit", async () => {
    const schema = new StructType().add("a", LongType).add("a", new StringType());
    const rows = [
      ["17", 1],
      ["18", 2],
    ];
    const cast = await relationOf(rows, schema, { verifySchema: false });
    const plan = toJson(RelationSchema, cast) as { project: { expressions: unknown[] } };
    expect(plan.project.expressions).to.deep.equal([
      {
        alias: {
          expr: { cast: { expr: { unresolvedAttribute: { unparsedIdentifier: "_1" } }, type: { long: {} } } },
          name: ["a"],
        },
      },
      {
        alias: {
          expr: {
            cast: {
              expr: { unresolvedAttribute: { unparsedIdentifier: "_2" } },
              type: { string: {} },
            },
          },
          name: ["a"],
        },
      },
    ]);
    const { relType } = cast;
    const input = relType.case === "project" ? relType.value.input : undefined;
    expect(contentOf(input as Relation)).to.deep.equal({ schema: "struct<_1:string,_2:int>", rows });
    expect(await codeOf(relationOf([["17"]], schema, { verifySchema: false }))).to.equal("USAGE_ROW");
  });

  it("sends as texts what has no type in common and need not fit", async () => {
    const rows = [[1], ["2"], [null], [true], [2n ** 60n], [Decimal.parse("1.50")], [new LocalDate(0)]];
    const schema = new StructType().add("v", new StringType());
    expect(contentOf(await relationOf(rows, schema, { verifySchema: false }))).to.deep.equal({
      schema: "struct<v:string>",
      rows: [["1"], ["2"], [null], ["true"], ["1152921504606846976"], ["1.50"], ["1970-01-01"]],
    });
    expect(await codeOf(relationOf([[1], [[2]]], schema, { verifySchema: false }))).to.equal(
      "USAGE_MIXED_TYPES",
    );
    expect(await codeOf(relationOf(rows, schema))).to.equal("VALUE_WRONG_TYPE");
  });

  it("infers the type that holds all values of a column", () => {
    const typeOf = (...values: readonly unknown[]) => {
      const schema = inferSchema(values.map((v) => ({ v })) as readonly RowLike[]);
      return schema.fields[0]?.dataType.simpleString();
    };
    const d = (text: string) => Decimal.parse(text);
    expect(typeOf(1, 2 ** 31)).to.equal("bigint");
    expect(typeOf(1, 2n)).to.equal("bigint");
    expect(typeOf(1, -0)).to.equal("double");
    expect(typeOf(null, 1, null)).to.equal("int");
    expect(typeOf(null)).to.equal("void");
    expect(typeOf(d("1.5"), d("123"))).to.equal("decimal(4,1)");
    expect(typeOf(d("0.001"), d("99.9"))).to.equal("decimal(5,3)");
    expect(typeOf(d("0.001"), 7)).to.equal("decimal(13,3)");
    expect(typeOf(2n ** 70n)).to.equal("decimal(38,0)");
    expect(typeOf([1, null], [2 ** 40])).to.equal("array<bigint>");
    expect(typeOf([], [null])).to.equal("array<void>");
    expect(typeOf({ a: 1 }, { a: 1.5, b: [] }, null)).to.equal("struct<a:double,b:array<void>>");
    expect(typeOf(new Map([["k", { a: 1 }]]), new Map([["l", { b: "x" }]]))).to.equal(
      "map<string,struct<a:int,b:string>>",
    );
    expect(() => typeOf(d("1e-30"), 10n ** 20n))
      .to.throw("row 1, column v")
      .with.property("code", "USAGE_OUT_OF_RANGE");
    expect(() => typeOf(1, "1"))
      .to.throw("row 1, column v")
      .with.property("code", "USAGE_MIXED_TYPES");
  });

  it("takes Arrow columns by name in another order, else by position", async () => {
    const table = new apache.Table({
      a: apache.vectorFromArray([1, 2], new apache.Int32()),
      b: apache.vectorFromArray(["x", null], new apache.Utf8()),
    });
    expect(contentOf(await relationOf(table, ["b", "a"]))).to.deep.equal({
      schema: "struct<b:string,a:int>",
      rows: [
        ["x", 1],
        [null, 2],
      ],
    });
    expect(contentOf(await relationOf(table, ["x", "y"])).schema).to.equal("struct<x:int,y:string>");
    expect(await codeOf(relationOf(table, ["b", "c"]))).to.equal("USAGE_AMBIGUOUS_COLUMNS");
    expect(await codeOf(relationOf(table, ["x"]))).to.equal("USAGE_ROW");
    const strict = new StructType().add("a", IntegerType).add("b", new StringType(), false);
    expect(await codeOf(relationOf(table, strict))).to.equal("VALUE_NULL");
    expect(await codeOf(relationOf(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])))).to.equal("ARROW_INVALID");
  });
});
