import { DuckDBDateValue, DuckDBDecimalValue, type DuckDBValue } from "@duckdb/node-api";
import { expect } from "chai";
import { type Row, rowFields, rowValues } from "../../../src/arrow/row.ts";
import { Decimal, LocalDate } from "../../../src/sql/index.ts";
import type { Answer } from "./oracle.ts";

/**
 * Asserts that Spark gave the rows of DuckDB, all of them and in the same order: integers, strings, dates and decimals
 * equal to the last digit.
 *
 * Only where a query divides or averages decimals do the engines differ by design: Spark's result is a DECIMAL rounded
 * to a scale that its type names, DuckDB's is a double. There DuckDB's value is rounded to Spark's scale, and must then
 * be equal.
 */
export function expectSameRows(actual: readonly Row[], expected: Answer): void {
  const wanted = expected.rows.map((row, index) =>
    row.map((value, column) => plainOfDuckdb(value, valueAt(actual[index], column))),
  );
  expect(actual.map((row) => rowValues(row).map(plainOfSpark))).to.deep.equal(wanted);
  for (const row of actual.slice(0, 1)) expect(rowFields(row)).to.deep.equal(expected.names);
}

function valueAt(row: Row | undefined, column: number): unknown {
  return row === undefined ? undefined : rowValues(row)[column];
}

/** Integers of any width as bigint and decimals of any scale as text without trailing zeros. */
function plainOfSpark(value: unknown): unknown {
  if (value instanceof Decimal) return digits(value);
  if (value instanceof LocalDate) return String(value);
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value;
}

function plainOfDuckdb(value: DuckDBValue, counterpart: unknown): unknown {
  if (value instanceof DuckDBDecimalValue) return digits(new Decimal(value.value, value.scale));
  if (value instanceof DuckDBDateValue) return String(new LocalDate(value.days));
  if (typeof value === "number" && counterpart instanceof Decimal) {
    return digits(Decimal.parse(value.toFixed(counterpart.scale)));
  }
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value;
}

function digits(decimal: Decimal): string {
  return `DECIMAL ${decimal
    .toString()
    .replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "")}`;
}
