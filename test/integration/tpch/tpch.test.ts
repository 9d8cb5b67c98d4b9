import type { DuckDBConnection } from "@duckdb/node-api";
import { expect } from "chai";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { remote } from "../spark.ts";
import { tpchData } from "./data.ts";
import { type Answer, ask, openOracle } from "./oracle.ts";
import * as q01 from "./queries/q01.ts";
import * as q02 from "./queries/q02.ts";
import * as q03 from "./queries/q03.ts";
import * as q04 from "./queries/q04.ts";
import * as q05 from "./queries/q05.ts";
import * as q06 from "./queries/q06.ts";
import * as q07 from "./queries/q07.ts";
import * as q08 from "./queries/q08.ts";
import * as q09 from "./queries/q09.ts";
import * as q10 from "./queries/q10.ts";
import * as q11 from "./queries/q11.ts";
import * as q12 from "./queries/q12.ts";
import * as q13 from "./queries/q13.ts";
import * as q14 from "./queries/q14.ts";
import * as q15 from "./queries/q15.ts";
import * as q16 from "./queries/q16.ts";
import * as q17 from "./queries/q17.ts";
import * as q18 from "./queries/q18.ts";
import * as q19 from "./queries/q19.ts";
import * as q20 from "./queries/q20.ts";
import * as q21 from "./queries/q21.ts";
import * as q22 from "./queries/q22.ts";
import { expectSameRows } from "./same-rows.ts";
import { type Tables, tableNames } from "./tables.ts";

interface Query {
  readonly sql: string;
  readonly frame: (tables: Tables) => DataFrame;
}

const queries: Readonly<Record<string, Query>> = {
  q01,
  q02,
  q03,
  q04,
  q05,
  q06,
  q07,
  q08,
  q09,
  q10,
  q11,
  q12,
  q13,
  q14,
  q15,
  q16,
  q17,
  q18,
  q19,
  q20,
  q21,
  q22,
};

/** The 22 queries on data of scale factor 0.1, as SQL and as DataFrames, against another engine. */
describe("TPC-H", function () {
  this.timeout(180_000);
  let spark: SparkSession | undefined;
  let oracle: DuckDBConnection | undefined;
  let tables: Tables;
  const answers = new Map<string, Answer>();

  before(async function () {
    const folder = await tpchData();
    if (folder === undefined) return skip(this, "there is no pip here to install the generator with");
    // A session of its own: the views have common names. Few partitions, since the data is small.
    spark = await SparkSession.builder()
      .remote(await remote())
      .config("spark.sql.shuffle.partitions", 2)
      .create();
    if (!(await sees(spark, folder))) return skip(this, `the server does not see ${folder}`);
    oracle = await openOracle(folder);
    const frames: Record<string, DataFrame> = {};
    for (const name of tableNames) {
      frames[name] = spark.read.parquet(`${folder}/${name}.parquet`);
      await frames[name].createOrReplaceTempView(name);
    }
    tables = frames as Record<string, DataFrame> & Tables;
  });

  after(async () => {
    oracle?.closeSync();
    await spark?.stop();
  });

  async function answer(name: string, query: Query): Promise<Answer> {
    const known = answers.get(name) ?? (await ask(oracle as DuckDBConnection, query.sql));
    expect(known.rows, "an empty answer shows nothing").not.to.be.empty;
    answers.set(name, known);
    return known;
  }

  for (const [name, query] of Object.entries(queries)) {
    it(`${name} as SQL gives the rows of DuckDB`, async () => {
      const rows = await (await (spark as SparkSession).sql(query.sql)).collect();
      expectSameRows(rows, await answer(name, query));
    });

    it(`${name} as a DataFrame gives the rows of DuckDB`, async () => {
      expectSameRows(await query.frame(tables).collect(), await answer(name, query));
    });
  }
});

/** On the embedded server nothing may be missing: there a test that cannot run proves nothing. */
function skip(context: Mocha.Context, why: string): void {
  if (process.env["CI"] && !process.env["SPARK_REMOTE"]) throw new Error(`TPC-H cannot be tested: ${why}`);
  console.log(`    TPC-H is skipped: ${why}`);
  context.skip();
}

/** Whether the server finds the folder under the same path; one on another machine does not. */
async function sees(spark: SparkSession, folder: string): Promise<boolean> {
  try {
    return (await spark.read.parquet(`${folder}/region.parquet`).count()) === 5n;
  } catch (error) {
    if ((error as { errorClass?: string }).errorClass === "PATH_NOT_FOUND") return false;
    throw error;
  }
}
