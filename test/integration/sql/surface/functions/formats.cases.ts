import {
  ArrayType,
  IntegerType,
  lit,
  StringType,
  StructField,
  StructType,
  Variant,
} from "../../../../../src/sql/index.ts";
import { instance, matching, refusal } from "../checks.ts";
import type { FunctionTable } from "../function-cases.ts";

const structure = new StructType([new StructField("a", IntegerType), new StructField("b", new StringType())]);

const json: FunctionTable = {
  cases: {
    fromJson: (f) => [
      [f.fromJson(f.lit('{"a":1,"b":"x"}'), "a INT, b STRING"), { a: 1, b: "x" }],
      [f.fromJson(f.lit('{"a":1}'), structure), { a: 1, b: null }],
      [f.fromJson(f.lit("{x"), "a INT"), { a: null }],
      [f.fromJson(f.lit("[1, 2]"), new ArrayType(IntegerType)), [1, 2]],
      [f.fromJson(f.lit('{"a":1}'), f.schemaOfJson('{"a":0}')), { a: 1n }],
      [f.fromJson(f.lit('{"a":01}'), "a INT", { allowNumericLeadingZeros: true }), { a: 1 }],
    ],
    getJsonObject: (f) => [
      [f.getJsonObject(f.lit('{"a":[{"b":"x"}]}'), "$.a[0].b"), "x"],
      [f.getJsonObject(f.lit("{}"), "$.a"), null],
    ],
    jsonArrayLength: (f) => [
      [f.jsonArrayLength(f.lit("[1,2,[3]]")), 3],
      [f.jsonArrayLength(f.lit("{}")), null],
    ],
    jsonObjectKeys: (f) => [
      [f.jsonObjectKeys(f.lit('{"a":1,"b":{"c":2}}')), ["a", "b"]],
      [f.jsonObjectKeys(f.lit("[1]")), null],
    ],
    jsonTuple: (f) => [
      [
        async (spark) =>
          (
            await spark
              .range(1)
              .select(f.jsonTuple(f.lit('{"a":1,"b":"x"}'), "b", "a", "z"))
              .collect()
          ).map((row) => [...row]),
        [["x", "1", null]],
      ],
    ],
    schemaOfJson: (f) => [
      [f.schemaOfJson('{"a":0}'), "STRUCT<a: BIGINT>"],
      [f.schemaOfJson(f.lit('{"a":0}'), { primitivesAsString: true }), "STRUCT<a: STRING>"],
    ],
    toJson: (f) => [
      [f.toJson(f.lit({ a: 1, b: null })), '{"a":1}'],
      [f.toJson(f.lit({ a: 1, b: null }), { ignoreNullFields: false }), '{"a":1,"b":null}'],
    ],
  },
};

const csv: FunctionTable = {
  cases: {
    fromCsv: (f) => [
      [f.fromCsv(f.lit("1,0.8"), "a INT, b DOUBLE"), { a: 1, b: 0.8 }],
      [f.fromCsv(f.lit("1;x"), f.schemaOfCsv("1;x", { sep: ";" }), { sep: ";" }), { _c0: 1, _c1: "x" }],
    ],
    schemaOfCsv: (f) => [[f.schemaOfCsv(f.lit("1|a"), { sep: "|" }), "STRUCT<_c0: INT, _c1: STRING>"]],
    toCsv: (f) => [
      [f.toCsv(f.lit({ a: 1, b: "x" })), "1,x"],
      [f.toCsv(f.lit({ a: 1, b: "x" }), { sep: "|" }), "1|x"],
    ],
  },
};

const document = lit("<a><b>1</b><b>2.5</b><c>x</c></a>");

const xml: FunctionTable = {
  cases: {
    fromXml: (f) => [
      [f.fromXml(f.lit("<p><a>1</a><b>x</b></p>"), "a INT, b STRING"), { a: 1, b: "x" }],
      [f.fromXml(f.lit("<p><a>1</a></p>"), structure), { a: 1, b: null }],
      [f.fromXml(f.lit('<p n="7"/>'), "_n INT", { rowTag: "p" }), { _n: 7 }],
      [f.fromXml(f.lit("<p><a>1</a></p>"), f.schemaOfXml("<p><a>0</a></p>")), { a: 1n }],
    ],
    schemaOfXml: (f) => [
      [f.schemaOfXml("<p><a>1</a></p>"), "STRUCT<a: BIGINT>"],
      [f.schemaOfXml(f.lit('<p n="1"><a>1</a></p>'), { excludeAttribute: true }), "STRUCT<a: BIGINT>"],
    ],
    toXml: (f) => [
      [f.toXml(f.lit({ a: 1 })), "<ROW>\n    <a>1</a>\n</ROW>"],
      [f.toXml(f.lit({ a: 1 }), { rowTag: "p" }), "<p>\n    <a>1</a>\n</p>"],
    ],
    xpath: (f) => [[f.xpath(document, f.lit("a/b/text()")), ["1", "2.5"]]],
    xpathBoolean: (f) => [
      [f.xpathBoolean(document, f.lit("a/c")), true],
      [f.xpathBoolean(document, f.lit("a/b = 3")), false],
    ],
    xpathDouble: (f) => [
      [f.xpathDouble(document, f.lit("sum(a/b)")), 3.5],
      [f.xpathDouble(document, f.lit("a/z")), Number.NaN],
    ],
    xpathFloat: (f) => [[f.xpathFloat(document, f.lit("sum(a/b)")), 3.5]],
    xpathInt: (f) => [
      [f.xpathInt(document, f.lit("sum(a/b)")), 3],
      [f.xpathInt(document, f.lit("a/z")), 0],
    ],
    xpathLong: (f) => [[f.xpathLong(document, f.lit("sum(a/b)")), 3n]],
    xpathNumber: (f) => [[f.xpathNumber(document, f.lit("a/c")), Number.NaN]],
    xpathShort: (f) => [[f.xpathShort(document, f.lit("a/b[1]")), 1]],
    xpathString: (f) => [[f.xpathString(document, f.lit("a/c")), "x"]],
  },
};

const address = lit("https://ann@spark.apache.org:8080/path?query=1&b=2#top");

const url: FunctionTable = {
  cases: {
    parseUrl: (f) => [
      [f.parseUrl(address, f.lit("HOST")), "spark.apache.org"],
      [f.parseUrl(address, f.lit("QUERY"), f.lit("b")), "2"],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.parseUrl(f.lit("inva lid://x"), f.lit("HOST")))
              .collect(),
          ),
        matching(/INVALID_URL/),
      ],
    ],
    tryParseUrl: (f) => [
      [f.tryParseUrl(address, f.lit("REF")), "top"],
      [f.tryParseUrl(f.lit("inva lid://x"), f.lit("HOST")), null],
    ],
    tryUrlDecode: (f) => [
      [f.tryUrlDecode(f.lit("a%2Fb")), "a/b"],
      [f.tryUrlDecode(f.lit("http%3A%2F%2spark")), null],
    ],
    urlDecode: (f) => [[f.urlDecode(f.lit("a%2Fb+c")), "a/b c"]],
    urlEncode: (f) => [[f.urlEncode(f.lit("a/b c")), "a%2Fb+c"]],
  },
};

const variant: FunctionTable = {
  cases: {
    isValidVariant: (f) => [[f.isValidVariant(f.parseJson(f.lit('{"a":1}'))), true]],
    isVariantNull: (f) => [
      [f.isVariantNull(f.parseJson(f.lit("null"))), true],
      [f.isVariantNull(f.parseJson(f.lit("13"))), false],
      [f.isVariantNull(f.parseJson(f.lit(null).cast("string"))), false],
    ],
    parseJson: (f) => [
      [f.parseJson(f.lit('{"a":1}')), instance(Variant)],
      [f.toJson(f.parseJson(f.lit('{"a": [1, null, "x"]}'))), '{"a":[1,null,"x"]}'],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.parseJson(f.lit("{x")))
              .collect(),
          ),
        matching(/MALFORMED_RECORD_IN_PARSING/),
      ],
    ],
    schemaOfVariant: (f) => [[f.schemaOfVariant(f.parseJson(f.lit('{"a":1}'))), "OBJECT<a: BIGINT>"]],
    toVariantObject: (f) => [[f.toJson(f.toVariantObject(f.lit({ a: 1, b: "x" }))), '{"a":1,"b":"x"}']],
    tryParseJson: (f) => [
      [f.toJson(f.tryParseJson(f.lit("[1]"))), "[1]"],
      [f.tryParseJson(f.lit("{x")), null],
    ],
    tryVariantGet: (f) => [
      [f.tryVariantGet(f.parseJson(f.lit('{"a":1}')), "$.a", "int"), 1],
      [f.tryVariantGet(f.parseJson(f.lit('{"a":"x"}')), f.lit("$.a"), "int"), null],
    ],
    variantGet: (f) => [
      [f.variantGet(f.parseJson(f.lit('{"a":[5]}')), "$.a[0]", "int"), 5],
      [f.variantGet(f.parseJson(f.lit('{"a":[5]}')), f.lit("$.b"), "int"), null],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.variantGet(f.parseJson(f.lit('"x"')), "$", "int"))
              .collect(),
          ),
        matching(/INVALID_VARIANT_CAST/),
      ],
    ],
  },
};

const variantAggregate: FunctionTable = {
  from: (spark) =>
    spark.sql(`SELECT parse_json(j) AS v FROM VALUES ('{"a":1}'), ('{"a":"x","b":2}') AS t(j)`),
  cases: {
    schemaOfVariantAgg: (f) => [[f.schemaOfVariantAgg("v"), "OBJECT<a: VARIANT, b: BIGINT>"]],
  },
};

export const tables: readonly FunctionTable[] = [json, csv, xml, url, variant, variantAggregate];
