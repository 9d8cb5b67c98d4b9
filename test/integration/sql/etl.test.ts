import { join } from "node:path";
import { expect } from "chai";
import { rowValues } from "../../../src/arrow/row.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import {
  avg,
  broadcast,
  coalesce,
  col,
  collectList,
  concat,
  count,
  countDistinct,
  createMap,
  type DataFrame,
  dateAdd,
  desc,
  explode,
  expr,
  lag,
  lit,
  max,
  Observation,
  percentile,
  rank,
  regexpReplace,
  round,
  rowNumber,
  type SparkSession,
  sortArray,
  split,
  struct,
  sum,
  toDate,
  Window,
  when,
} from "../../../src/sql/index.ts";
import { getSpark, scratchFolder } from "../spark.ts";

const values = async (df: DataFrame) => (await df.collect()).map((row) => rowValues(row));

describe("ETL", () => {
  let spark: SparkSession;
  let flights: DataFrame;
  let airports: DataFrame;
  before(async () => {
    spark = await getSpark();
    flights = await spark.createDataFrame(
      [
        ["2001-01-01", "SFO", "LAX", 10, 337],
        ["2001-01-01", "SFO", "JFK", 90, 2586],
        ["2001-01-02", "LAX", "SFO", -5, 337],
        ["2001-01-02", "LAX", "LAX", 0, 0],
        ["2001-01-03", "JFK", "SFO", null, 2586],
      ],
      ["day", "origin", "destination", "delay", "distance"],
    );
    airports = await spark.createDataFrame([
      { iata: "SFO", city: "San Francisco" },
      { iata: "LAX", city: "Los Angeles" },
      { iata: "ORD", city: "Chicago" },
    ]);
  });

  it("selects, filters, adds, renames and drops columns", async () => {
    const df = flights
      .withColumn("day", toDate("day"))
      .filter(
        col("delay")
          .isNotNull()
          .and(col("origin").notEqual(col("destination"))),
      )
      .withColumns({
        late: col("delay").gt(15),
        next: dateAdd("day", 1),
        how: when(col("delay").lt(0), "early").when(col("delay").leq(15), "on time").otherwise("late"),
      })
      .withColumnRenamed("origin", "from")
      .drop("destination", "distance")
      .orderBy("day", desc("delay"));
    expect(await df.columns()).to.deep.equal(["day", "from", "delay", "late", "next", "how"]);
    expect(await values(df.select("from", "delay", "late", "how"))).to.deep.equal([
      ["SFO", 90, true, "late"],
      ["SFO", 10, false, "on time"],
      ["LAX", -5, false, "early"],
    ]);
    expect(String((await df.first())?.["next"])).to.equal("2001-01-02");
  });

  it("groups and aggregates", async () => {
    const df = flights
      .groupBy("origin")
      .agg(
        count("*").as("flights"),
        sum("distance").as("miles"),
        avg("delay").as("mean"),
        percentile("delay", 0.5).as("median"),
        countDistinct("destination").as("destinations"),
        sortArray(collectList("delay")).as("delays"),
      )
      .orderBy("origin");
    expect(await values(df)).to.deep.equal([
      ["JFK", 1n, 2586n, null, null, 1n, []],
      ["LAX", 2n, 337n, -2.5, -2.5, 2n, [-5, 0]],
      ["SFO", 2n, 2923n, 50, 50, 2n, [10, 90]],
    ]);
    expect(await values(flights.agg({ delay: "max" }))).to.deep.equal([[90]]);
    expect(await values(flights.groupBy("origin").count().orderBy("origin"))).to.deep.equal([
      ["JFK", 1n],
      ["LAX", 2n],
      ["SFO", 2n],
    ]);
    expect(await values(flights.groupBy().max("delay", "distance"))).to.deep.equal([[90, 2586]]);
    expect(
      await values(flights.groupBy("day").pivot("origin", ["SFO", "LAX"]).agg(count("*")).orderBy("day")),
    ).to.deep.equal([
      ["2001-01-01", 2n, null],
      ["2001-01-02", null, 2n],
      ["2001-01-03", null, null],
    ]);
    expect(await flights.rollup("origin").count().count()).to.equal(4n);
    expect(await flights.cube("origin", "day").count().count()).to.equal(10n);
  });

  it("joins in every way", async () => {
    const f = flights.select("origin", "destination");
    const on = f.col("origin").eq(airports.col("iata"));
    const counts: Record<string, bigint> = {};
    for (const how of ["inner", "left", "right", "full", "semi", "anti"] as const) {
      counts[how] = await f.join(airports, on, how).count();
    }
    expect(counts).to.deep.equal({ inner: 4n, left: 5n, right: 5n, full: 6n, semi: 4n, anti: 1n });
    expect(await f.crossJoin(airports).count()).to.equal(15n);
    expect(await f.join(airports.withColumnRenamed("iata", "origin"), "origin").columns()).to.deep.equal([
      "origin",
      "destination",
      "city",
    ]);
    const both = f
      .join(broadcast(airports.alias("o")), col("origin").eq(col("o.iata")), "left")
      .join(airports.alias("d"), [col("destination").eq(col("d.iata"))], "left")
      .select(
        concat(coalesce(col("o.city"), lit("?")), lit(" > "), coalesce(col("d.city"), lit("?"))).as("leg"),
      );
    expect((await values(both)).flat().sort()).to.deep.equal([
      "? > San Francisco",
      "Los Angeles > Los Angeles",
      "Los Angeles > San Francisco",
      "San Francisco > ?",
      "San Francisco > Los Angeles",
    ]);
  });

  it("joins a DataFrame with what was made of itself", async () => {
    const worst = flights.groupBy(col("origin").as("from")).agg(max("delay").as("delay"));
    const df = flights
      .join(
        worst,
        flights
          .col("origin")
          .eq(worst.col("from"))
          .and(flights.col("delay").eq(worst.col("delay"))),
      )
      .select(flights.col("origin"), worst.col("delay"), flights.col("destination"))
      .orderBy(flights.col("origin"));
    expect(await values(df)).to.deep.equal([
      ["LAX", 0, "LAX"],
      ["SFO", 90, "JFK"],
    ]);
  });

  it("ranks in windows", async () => {
    const byDelay = Window.partitionBy("origin").orderBy(col("delay").desc());
    const df = flights
      .filter("delay IS NOT NULL")
      .select(
        "origin",
        "delay",
        rank().over(byDelay).as("rank"),
        rowNumber().over(byDelay).as("n"),
        lag("delay").over(byDelay).as("before"),
        sum("delay").over(byDelay.rowsBetween(Window.unboundedPreceding, Window.currentRow)).as("running"),
      )
      .orderBy("origin", "rank");
    expect(await values(df)).to.deep.equal([
      ["LAX", 0, 1, 1, null, 0n],
      ["LAX", -5, 2, 2, 0, -5n],
      ["SFO", 90, 1, 1, null, 90n],
      ["SFO", 10, 2, 2, 90, 100n],
    ]);
  });

  it("combines sets of rows", async () => {
    const [a, b] = [spark.range(0, 4), spark.range(2, 6)];
    const ids = async (df: DataFrame) => (await df.orderBy("id").collect()).map((row) => Number(row["id"]));
    expect(await ids(a.union(b))).to.deep.equal([0, 1, 2, 2, 3, 3, 4, 5]);
    expect(await ids(a.union(b).distinct())).to.deep.equal([0, 1, 2, 3, 4, 5]);
    expect(await ids(a.intersect(b))).to.deep.equal([2, 3]);
    expect(await ids(a.except(b))).to.deep.equal([0, 1]);
    expect(await ids(a.union(a).exceptAll(b))).to.deep.equal([0, 0, 1, 1, 2, 3]);
    const named = a.withColumn("x", lit(1)).unionByName(b, { allowMissingColumns: true });
    expect(await named.filter(col("x").isNull()).count()).to.equal(4n);
    expect(await flights.dropDuplicates("origin").count()).to.equal(3n);
    expect(await ids(spark.range(10).limit(5).offset(3))).to.deep.equal([3, 4]);
    expect((await spark.range(10).tail(2)).map((row) => row["id"])).to.deep.equal([8n, 9n]);
    expect(await spark.range(1000).sample(0.5, { seed: 1 }).count()).to.equal(
      await spark.range(1000).sample(0.5, { seed: 1 }).count(),
    );
  });

  it("fills, drops and replaces what is missing", async () => {
    expect(
      await values(flights.na.fill(0, ["delay"]).filter("origin = 'JFK'").select("delay")),
    ).to.deep.equal([[0]]);
    expect(
      await values(flights.na.fill({ delay: -1 }).filter("origin = 'JFK'").select("delay")),
    ).to.deep.equal([[-1]]);
    expect(await flights.na.drop({ subset: ["delay"] }).count()).to.equal(4n);
    expect(
      await flights.na
        .replace([["SFO", "OAK"]], ["origin"])
        .filter("origin = 'OAK'")
        .count(),
    ).to.equal(2n);
  });

  it("takes nested values apart and puts them together", async () => {
    const df = spark
      .range(1)
      .select(
        struct(lit(1).as("a"), lit("x").as("b")).as("s"),
        createMap(lit("k"), lit(Decimal.parse("1.50"))).as("m"),
        split(lit("p,q"), ",").as("parts"),
      )
      .withColumn(
        "s",
        col("s")
          .withField("c", lit(new LocalDate(0)))
          .dropFields("b"),
      );
    const [row] = await df.collect();
    expect(JSON.parse(JSON.stringify(row))).to.deep.equal({
      s: { a: 1, c: "1970-01-01" },
      m: { k: "1.50" },
      parts: ["p", "q"],
    });
    expect(
      await values(df.select(explode("parts"), col("m").getItem("k"), col("s").getField("a"))),
    ).to.deep.equal([
      ["p", new Decimal(150n, 2), 1],
      ["q", new Decimal(150n, 2), 1],
    ]);
    expect(
      await values(df.select(regexpReplace(lit("a1b2"), "[0-9]", "-"), round(lit(2.345), 2), expr("1 + 1"))),
    ).to.deep.equal([["a-b-", 2.35, 2]]);
  });

  it("reads back what it wrote, in every format and mode", async () => {
    const folder = scratchFolder();
    const data = spark.range(4).selectExpr("id", "concat('n', id) AS name", "id % 2 AS part");
    for (const format of ["parquet", "orc", "json", "csv", "delta"] as const) {
      const path = join(folder, format);
      await data.write.format(format).option("header", true).mode("error").save(path);
      const back = spark.read
        .format(format)
        .option("header", true)
        .schema("id BIGINT, name STRING, part BIGINT");
      const read = () => (format === "delta" ? spark.read.delta(path) : back.load(path));
      expect(await values(read().orderBy("id")), format).to.deep.equal(await values(data.orderBy("id")));
      await data.write.format(format).option("header", true).mode("append").save(path);
      expect(await read().count(), format).to.equal(8n);
      await data.write.format(format).option("header", true).mode("ignore").save(path);
      expect(await read().count(), format).to.equal(8n);
      await data.limit(1).write.format(format).option("header", true).mode("overwrite").save(path);
      expect(await read().count(), format).to.equal(1n);
      const again = await data.write
        .format(format)
        .save(path)
        .catch((error: unknown) => error);
      expect(again, format).to.be.instanceOf(Error);
    }
    await data.select("name").write.text(join(folder, "text"));
    expect(await spark.read.text(join(folder, "text")).count()).to.equal(4n);
    await data.write.partitionBy("part").parquet(join(folder, "parts"));
    expect(
      await values(spark.read.parquet(join(folder, "parts")).groupBy("part").count().orderBy("part")),
    ).to.deep.equal([
      [0, 2n],
      [1, 2n],
    ]);
  }).timeout(180_000);

  it("writes tables, replaces a window and skips a transaction that was made", async () => {
    await spark.sql("CREATE DATABASE IF NOT EXISTS sql_etl");
    const day = (d: number, n: number) => spark.range(n).selectExpr("id", `DATE'2001-01-0${d}' AS day`);
    await day(1, 3)
      .union(day(2, 3))
      .write.format("delta")
      .partitionBy("day")
      .mode("overwrite")
      .saveAsTable("sql_etl.t");
    await day(2, 1)
      .write.format("delta")
      .mode("overwrite")
      .option("replaceWhere", "day = '2001-01-02'")
      .saveAsTable("sql_etl.t");
    for (let attempt = 0; attempt < 2; attempt++) {
      await day(3, 5)
        .write.format("delta")
        .mode("append")
        .options({ txnAppId: "a", txnVersion: 1 })
        .saveAsTable("sql_etl.t");
    }
    const perDay = spark.table("sql_etl.t").groupBy("day").count().orderBy("day");
    expect((await values(perDay)).map(([, n]) => n)).to.deep.equal([3n, 1n, 5n]);
    await day(4, 2).write.insertInto("sql_etl.t");
    expect(await spark.read.table("sql_etl.t").count()).to.equal(11n);
    expect(await spark.catalog.tableExists("sql_etl.t")).to.equal(true);
    expect((await spark.catalog.listColumns("sql_etl.t")).map((column) => column.name)).to.deep.equal([
      "id",
      "day",
    ]);
    await day(5, 1).writeTo("sql_etl.v2").using("delta").partitionedBy("day").createOrReplace();
    await day(6, 2).writeTo("sql_etl.v2").append();
    await day(6, 1)
      .writeTo("sql_etl.v2")
      .overwrite(col("day").eq(LocalDate.parse("2001-01-06")));
    expect(await spark.table("sql_etl.v2").count()).to.equal(2n);
    await spark.sql("DROP DATABASE sql_etl CASCADE");
  }).timeout(180_000);

  it("counts exactly what a write writes", async () => {
    const folder = scratchFolder();
    const counts: unknown[] = [];
    for (const rows of [0, 1, 100_000]) {
      const written = new Observation();
      await spark
        .range(rows)
        .selectExpr("id", "id % 10 AS part")
        .repartition(3, "part")
        .observe(written, count("*").as("rows"), max("id").as("largest"))
        .write.format("delta")
        .partitionBy("part")
        .save(join(folder, String(rows)));
      counts.push((await written.get())["rows"]);
    }
    expect(counts).to.deep.equal([0n, 1n, 100_000n]);
    const seen = new Observation("seen");
    const df = spark.range(7).observe(seen, count("*").as("n"));
    await Promise.all([df.collect(), df.filter("id > 100").count()]);
    expect(seen.metrics).to.deep.equal({ n: 7n });
  }).timeout(180_000);

  it("shows, explains and describes", async () => {
    expect(await spark.range(2).showString()).to.equal("+---+\n| id|\n+---+\n|  0|\n|  1|\n+---+\n");
    expect(await spark.range(2).explainString("extended")).to.contain("== Physical Plan ==");
    const schema = await flights.schema();
    expect(schema.treeString()).to.equal(
      [
        "root",
        " |-- day: string (nullable = true)",
        " |-- origin: string (nullable = true)",
        " |-- destination: string (nullable = true)",
        " |-- delay: integer (nullable = true)",
        " |-- distance: integer (nullable = true)",
      ].join("\n"),
    );
    expect(await flights.dtypes()).to.deep.include(["delay", "int"]);
    expect(await spark.range(0).isEmpty()).to.equal(true);
    expect(await spark.range(1).isEmpty()).to.equal(false);
    expect(await spark.range(3).head()).to.deep.include({ id: 0n });
    expect(await values(spark.range(3).describe("id").select("summary", "id"))).to.deep.include([
      "count",
      "3",
    ]);
  });

  it("keeps settings, views and sessions apart", async () => {
    const other = spark.newSession();
    try {
      await other.conf.set("spark.sql.shuffle.partitions", 7);
      expect(await other.conf.get("spark.sql.shuffle.partitions")).to.equal("7");
      expect(await spark.conf.get("spark.sql.shuffle.partitions")).not.to.equal("7");
      expect(await other.conf.getOption("no.such.key")).to.equal(undefined);
      await other.range(1).createOrReplaceTempView("only_there");
      expect(await other.catalog.tableExists("only_there")).to.equal(true);
      expect(await spark.catalog.tableExists("only_there")).to.equal(false);
      expect(await other.catalog.dropTempView("only_there")).to.equal(true);
      expect(await other.catalog.currentDatabase()).to.equal("default");
      expect(await spark.version()).to.match(/^4\./);
    } finally {
      await other.stop();
    }
  });

  it("says which column does not exist", async () => {
    const error = await flights
      .select("dela")
      .collect()
      .catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "SPARK_UNRESOLVED_COLUMN_WITH_SUGGESTION" });
  });
});
