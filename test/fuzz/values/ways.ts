import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeRow } from "../../../src/arrow/row.ts";
import {
  type DataFrame,
  functions,
  IntegerType,
  SparkError,
  SparkwrightError,
  StructField,
  StructType,
} from "../../../src/sql/index.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { exact } from "../../integration/sql/exact-value.ts";
import type { AnyFrame } from "./columns.ts";

/** What came of sending values one way and getting them back. */
export interface WayResult {
  readonly way: string;
  /** What differs; `undefined` when nothing does. */
  readonly wrong?: string;
  /** The code with which the values were refused, and its message. */
  readonly refused?: { readonly code: string; readonly message: string };
}

type Way = (spark: SparkSession, frame: AnyFrame) => Promise<string | undefined>;

/** Every way in and out. Each resolves to what differs, if anything does. */
const ways: Readonly<Record<string, Way>> = {
  rows: async (spark, { schema, rows }) => {
    const df = await spark.createDataFrame(rows, schema);
    const type = (await df.schema()).simpleString();
    if (type !== schema.simpleString()) return `schema ${type} instead of ${schema.simpleString()}`;
    return await difference(df, { schema, rows });
  },
  arrow: async (spark, { schema, rows }) => {
    const sent = await spark.createDataFrame(rows, schema);
    const pieces: Uint8Array[] = [];
    for await (const piece of sent.toArrowStream()) pieces.push(piece);
    return await difference(await spark.createDataFrame(Buffer.concat(pieces), schema), { schema, rows });
  },
  literals: async (spark, { schema, rows }) => {
    const [values] = rows;
    if (values === undefined) return undefined;
    const columns = values.map((value, i) => functions.lit(value).cast(typeAt(schema, i)).alias(`_${i}`));
    return await difference(spark.range(1).select(...columns), plainlyNamed({ schema, rows: [values] }));
  },
  parameters: async (spark, { schema, rows }) => {
    const [values] = rows;
    if (values === undefined) return undefined;
    const args = Object.fromEntries(values.map((value, i) => [`p${i}`, value]));
    const query = `select ${values.map((_, i) => `:p${i} as _${i}`).join(", ")}`;
    const df = (await spark.sql(query, args)).select(
      ...values.map((_, i) => functions.col(`_${i}`).cast(typeAt(schema, i))),
    );
    return await difference(df, plainlyNamed({ schema, rows: [values] }));
  },
  parquet: async (spark, frame) => await throughFiles(spark, frame, "parquet"),
  delta: async (spark, frame) => await throughFiles(spark, frame, "delta"),
};

export async function throughAllWays(spark: SparkSession, frame: AnyFrame): Promise<readonly WayResult[]> {
  const results: WayResult[] = [];
  for (const [way, go] of Object.entries(ways)) {
    try {
      const wrong = await go(spark, frame);
      results.push({ way, ...(wrong !== undefined && { wrong }) });
    } catch (error) {
      const refusal = refusalOf(way, error);
      results.push(refusal === undefined ? { way, wrong: String(error) } : { way, refused: refusal });
    }
  }
  return results;
}

/** Refusals that the documents, or Spark's own, name; anything else that is thrown is a fault. */
function refusalOf(way: string, error: unknown): WayResult["refused"] {
  if (way === "rows" || way === "arrow") return undefined;
  if (error instanceof SparkError) {
    const { errorClass = "", message } = error;
    const isOfType =
      /UNSUPPORTED_DATA_TYPE|UNSUPPORTED_DATATYPE|UNSUPPORTED_TYPE|INVALID_MAP_KEY_TYPE|DUPLICATED_MAP_KEY|COLUMN_ALREADY_EXISTS|DUPLICATE_COLUMN|EMPTY_SCHEMA|VOID|NULL_MAP_KEY|INVALID_COLUMN_NAME|DELTA_INVALID_CHARACTERS|CAST_WITHOUT_SUGGESTION|TIMESTAMP_OUT_OF_RANGE|LEGACY/;
    return isOfType.test(errorClass) || isOfType.test(message)
      ? { code: `${way} ${errorClass}`, message }
      : undefined;
  }
  if (error instanceof SparkwrightError && error.code.startsWith("USAGE_"))
    return { code: `${way} ${error.code}`, message: error.message };
  return undefined;
}

async function throughFiles(
  spark: SparkSession,
  frame: AnyFrame,
  format: string,
): Promise<string | undefined> {
  const named = plainlyNamed(frame);
  const schema = new StructType([new StructField("n", IntegerType), ...named.schema.fields]);
  const rows = frame.rows.map((values, n) => [n, ...values]);
  const folder = mkdtempSync(join(tmpdir(), "sparkwright-values-"));
  try {
    const df = await spark.createDataFrame(rows, schema);
    await df.write.format(format).mode("overwrite").save(folder);
    const stored = spark.read.format(format).load(folder).orderBy("n").drop("n");
    return await difference(stored, named);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function difference(df: DataFrame, { schema, rows }: AnyFrame): Promise<string | undefined> {
  const back = (await df.collect()).map((row) => exact(row));
  const expected = rows.map((values) => exact(makeRow(schema.names, values)));
  if (back.length !== expected.length) return `${back.length} rows instead of ${expected.length}`;
  const at = expected.findIndex((row, i) => row !== back[i]);
  return at < 0 ? undefined : `row ${at}: sent ${expected[at]}, got ${back[at]}`;
}

/** The columns under names that every format takes. */
function plainlyNamed({ schema, rows }: AnyFrame): AnyFrame {
  const fields = schema.fields.map(
    ({ dataType, nullable }, i) => new StructField(`_${i}`, dataType, nullable),
  );
  return { schema: new StructType(fields), rows };
}

function typeAt({ fields }: StructType, index: number) {
  const field = fields[index];
  if (field === undefined) throw new RangeError(`no column ${index}`);
  return field.dataType;
}
