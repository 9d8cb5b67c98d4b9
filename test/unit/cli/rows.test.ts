import { expect } from "chai";
import * as fc from "fast-check";
import { makeRow } from "../../../src/arrow/row.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import { cellText } from "../../../src/cli/rows/cell-text.ts";
import { csvHeader, csvRecord } from "../../../src/cli/rows/csv.ts";
import { jsonText, requireDistinctNames, rowJson } from "../../../src/cli/rows/json-text.ts";
import { table } from "../../../src/cli/rows/table.ts";
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
  StringType,
  StructType,
} from "../../../src/sql/types/data-type.ts";

const string = new StringType();
const map = new Map<unknown, unknown>([["a", 1n]]);
const struct = new StructType().add("x", LongType).add("y", string);
const bytes = new Uint8Array([0x1a, 0x2b]);

// value, type, JSON, cell
const cases: [string, unknown, DataType, string, string][] = [
  ["NULL", null, string, "null", "NULL"],
  ["a LONG beyond 2^53", 9223372036854775807n, LongType, "9223372036854775807", "9223372036854775807"],
  ["a DECIMAL", Decimal.parse("-0.10"), new DecimalType(3, 2), "-0.10", "-0.10"],
  ["an INT", 42, IntegerType, "42", "42"],
  ["a DOUBLE without fraction", 3, DoubleType, "3.0", "3.0"],
  ["a negative zero", -0, DoubleType, "-0.0", "-0.0"],
  ["a large DOUBLE", 1e300, DoubleType, "1e+300", "1e+300"],
  ["NaN", Number.NaN, DoubleType, '"NaN"', "NaN"],
  ["infinity", Number.NEGATIVE_INFINITY, DoubleType, '"-Infinity"', "-Infinity"],
  ["a FLOAT", Math.fround(0.1), FloatType, "0.1", "0.1"],
  ["a BOOLEAN", true, BooleanType, "true", "true"],
  ["a DATE", LocalDate.parse("2001-02-03"), DateType, '"2001-02-03"', "2001-02-03"],
  ["BINARY", bytes, BinaryType, '"Gis="', "[1A 2B]"],
  ["an ARRAY", [1n, null], new ArrayType(LongType), "[1,null]", "[1, NULL]"],
  ["a MAP", map, new MapType(string, LongType), '{"a":1}', "{a -> 1}"],
  ["a MAP with other keys", new Map([[1, 2n]]), new MapType(IntegerType, LongType), "[[1,2]]", "{1 -> 2}"],
  ["a STRUCT", makeRow(["x", "y"], [1n, "z"]), struct, '{"x":1,"y":"z"}', "{1, z}"],
  ["a FLOAT in an ARRAY", [Math.fround(0.1)], new ArrayType(FloatType), "[0.1]", "[0.1]"],
];

describe("cli: rows of sql", () => {
  for (const [name, value, type, json, cell] of cases) {
    it(`${name} as JSON and as a cell`, () => {
      expect(jsonText(value, type)).to.equal(json);
      expect(cellText(value, type)).to.equal(cell);
    });
  }

  it("a JSON row reads back whatever names and texts it holds", () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 }),
        fc.string(),
        (names, value) => {
          const schema = names.reduce((type, name) => type.add(name, string), new StructType());
          const parsed: unknown = JSON.parse(
            rowJson(
              makeRow(
                names,
                names.map(() => value),
              ),
              schema,
            ),
          );
          expect(Object.entries(parsed as object).sort()).to.deep.equal(
            names.map((name) => [name, value]).sort(),
          );
        },
      ),
    ));

  it("a FLOAT reads back as the same float", () =>
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(Number(jsonText(value, FloatType)))).to.equal(value);
      }),
    ));

  it("two columns of one name cannot be JSON, at any depth", () => {
    const twice = new StructType().add("a", LongType).add("a", LongType);
    const nested = new StructType().add("b", new ArrayType(twice));
    for (const schema of [twice, nested]) {
      expect(() => requireDistinctNames(schema))
        .to.throw()
        .with.property("code", "USAGE_DUPLICATE_COLUMN");
    }
    requireDistinctNames(new StructType().add("a", LongType).add("A", LongType));
  });

  it("CSV follows RFC 4180, and NULL is not an empty text", () => {
    expect(csvHeader(["a", "b,c", 'd"e'])).to.equal('a,"b,c","d""e"\r\n');
    expect(
      csvRecord([null, "", "x\ny", 'say "hi"', " pad"], [string, string, string, string, string]),
    ).to.equal(',"","x\ny","say ""hi"""," pad"\r\n');
    expect(csvRecord([bytes, [1n, 2n]], [BinaryType, new ArrayType(LongType)])).to.equal('Gis=,"[1,2]"\r\n');
  });

  it("a table is as wide as its widest cell, wide characters counted twice", () => {
    const rows = [
      ["東京", 1n],
      [null, 22n],
      ["a\nb", null],
    ];
    expect(table(["city", "n"], [string, LongType], rows)).to.equal(
      [
        "+----+----+",
        "|city|   n|",
        "+----+----+",
        "|東京|   1|",
        "|NULL|  22|",
        "|a\\nb|NULL|",
        "+----+----+",
        "",
      ].join("\n"),
    );
  });
});
