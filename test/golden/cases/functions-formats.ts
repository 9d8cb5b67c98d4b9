import {
  ArrayType,
  DateType,
  DecimalType,
  functions as F,
  IntegerType,
  LongType,
  MapType,
  StringType,
  StructType,
} from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden('F.get_json_object("name", "x")', () => F.getJsonObject("name", "x")),
  golden('F.json_array_length("name")', () => F.jsonArrayLength("name")),
  golden('F.json_object_keys("name")', () => F.jsonObjectKeys("name")),
  golden('F.xpath("name", "tags")', () => F.xpath("name", "tags")),
  golden('F.xpath_boolean("name", "tags")', () => F.xpathBoolean("name", "tags")),
  golden('F.xpath_double("name", "tags")', () => F.xpathDouble("name", "tags")),
  golden('F.xpath_float("name", "tags")', () => F.xpathFloat("name", "tags")),
  golden('F.xpath_int("name", "tags")', () => F.xpathInt("name", "tags")),
  golden('F.xpath_long("name", "tags")', () => F.xpathLong("name", "tags")),
  golden('F.xpath_number("name", "tags")', () => F.xpathNumber("name", "tags")),
  golden('F.xpath_short("name", "tags")', () => F.xpathShort("name", "tags")),
  golden('F.xpath_string("name", "tags")', () => F.xpathString("name", "tags")),
  golden('F.parse_url("name", "tags")', () => F.parseUrl("name", "tags")),
  golden('F.parse_url("name", "tags", "address")', () => F.parseUrl("name", "tags", "address")),
  golden('F.try_parse_url("name", "tags")', () => F.tryParseUrl("name", "tags")),
  golden('F.try_parse_url("name", "tags", "address")', () => F.tryParseUrl("name", "tags", "address")),
  golden('F.try_url_decode("name")', () => F.tryUrlDecode("name")),
  golden('F.url_decode("name")', () => F.urlDecode("name")),
  golden('F.url_encode("name")', () => F.urlEncode("name")),
  golden('F.is_valid_variant("name")', () => F.isValidVariant("name")),
  golden('F.is_variant_null("name")', () => F.isVariantNull("name")),
  golden('F.parse_json("name")', () => F.parseJson("name")),
  golden('F.schema_of_variant("name")', () => F.schemaOfVariant("name")),
  golden('F.schema_of_variant_agg("name")', () => F.schemaOfVariantAgg("name")),
  golden('F.to_variant_object("name")', () => F.toVariantObject("name")),
  golden('F.try_parse_json("name")', () => F.tryParseJson("name")),
  golden('F.try_variant_get("name", "x", "x")', () => F.tryVariantGet("name", "x", "x")),
  golden('F.variant_get("name", "x", "x")', () => F.variantGet("name", "x", "x")),
  golden('F.st_asbinary("name")', () => F.stAsBinary("name")),
  golden('F.st_asbinary("name", "x")', () => F.stAsBinary("name", "x")),
  golden('F.st_geogfromwkb("name")', () => F.stGeogFromWkb("name")),
  golden('F.st_geomfromwkb("name")', () => F.stGeomFromWkb("name")),
  golden('F.st_geomfromwkb("name", F.lit(1))', () => F.stGeomFromWkb("name", 1)),
  golden('F.st_geomfromwkb("name", "age")', () => F.stGeomFromWkb("name", "age")),
  golden('F.st_setsrid("name", F.lit(1))', () => F.stSetSrid("name", 1)),
  golden('F.st_setsrid("name", "age")', () => F.stSetSrid("name", "age")),
  golden('F.st_srid("name")', () => F.stSrid("name")),
  golden('F.from_json("name", "a INT, b STRING")', () => F.fromJson("name", "a INT, b STRING")),
  golden('F.from_json("name", F.schema_of_json("{}"))', () => F.fromJson("name", F.schemaOfJson("{}"))),
  golden('F.from_json("name", T.IntegerType(), {"mode": "FAILFAST"})', () =>
    F.fromJson("name", IntegerType, { mode: "FAILFAST" }),
  ),
  golden('F.from_json("name", T.ArrayType(T.LongType(), False))', () =>
    F.fromJson("name", new ArrayType(LongType, false)),
  ),
  golden(
    'F.from_json("name", T.StructType().add("a", T.DecimalType(10, 2), False, {"b": 1}).add("m", T.MapType(T.StringType(), T.DateType())))',
    () =>
      F.fromJson(
        "name",
        new StructType()
          .add("a", new DecimalType(10, 2), false, { b: 1 })
          .add("m", new MapType(new StringType(), DateType)),
      ),
  ),
  golden('F.from_xml("name", T.StructType().add("a", T.LongType()))', () =>
    F.fromXml("name", new StructType().add("a", LongType)),
  ),
  golden('F.json_tuple("name", "a", "b")', () => F.jsonTuple("name", "a", "b")),
  golden('F.schema_of_json("{}")', () => F.schemaOfJson("{}")),
  golden('F.schema_of_json(F.lit("{}"), {"allowNumericLeadingZeros": "true"})', () =>
    F.schemaOfJson(F.lit("{}"), { allowNumericLeadingZeros: true }),
  ),
  golden('F.to_json("address")', () => F.toJson("address")),
  golden('F.to_json("address", {"pretty": "true", "n": "3"})', () =>
    F.toJson("address", { pretty: true, n: 3 }),
  ),
  golden('F.from_csv("name", "a INT")', () => F.fromCsv("name", "a INT")),
  golden('F.from_csv("name", F.schema_of_csv("1,a"), {"sep": ";"})', () =>
    F.fromCsv("name", F.schemaOfCsv("1,a"), { sep: ";" }),
  ),
  golden('F.schema_of_csv(F.lit("1|a"), {"sep": "|"})', () => F.schemaOfCsv(F.lit("1|a"), { sep: "|" })),
  golden('F.to_csv("address")', () => F.toCsv("address")),
  golden('F.to_csv("address", {"sep": "|"})', () => F.toCsv("address", { sep: "|" })),
  golden('F.from_xml("name", "a INT")', () => F.fromXml("name", "a INT")),
  golden('F.from_xml("name", F.schema_of_xml("<p/>"), {"rowTag": "p"})', () =>
    F.fromXml("name", F.schemaOfXml("<p/>"), { rowTag: "p" }),
  ),
  golden('F.schema_of_xml("<p/>", {"excludeAttribute": "true"})', () =>
    F.schemaOfXml("<p/>", { excludeAttribute: true }),
  ),
  golden('F.to_xml("address")', () => F.toXml("address")),
  golden('F.to_xml("address", {"rowTag": "p"})', () => F.toXml("address", { rowTag: "p" })),
  golden('F.variant_get("name", F.col("address"), "int")', () =>
    F.variantGet("name", F.col("address"), "int"),
  ),
  golden('F.try_variant_get("name", F.lit("$.a"), "int")', () =>
    F.tryVariantGet("name", F.lit("$.a"), "int"),
  ),
  golden('F.parse_url("name", F.lit("QUERY"), F.lit("a"))', () =>
    F.parseUrl("name", F.lit("QUERY"), F.lit("a")),
  ),
  golden('F.st_asbinary("name", F.lit("XDR"))', () => F.stAsBinary("name", F.lit("XDR"))),
  golden('F.xpath("name", F.lit("a/b"))', () => F.xpath("name", F.lit("a/b"))),
];
