import { expect } from "chai";
import { col, count, lit, max, Observation, StorageLevels } from "../../../../src/sql/index.ts";
import { getSpark } from "../../spark.ts";
import { refusal } from "./checks.ts";
import { covers } from "./covers.ts";
import { people } from "./people.ts";
import { printedBy, rowsOf } from "./rows-of.ts";

describe("surface: what a DataFrame tells", () => {
  covers("DataFrame.schema", async (spark) => {
    const schema = await (await people(spark)).schema();
    expect(schema.simpleString()).to.equal("struct<id:bigint,name:string,city:string,age:int,height:double>");
    expect(schema.fields.map(({ nullable }) => nullable)).to.deep.equal([false, true, true, true, true]);
  });

  covers("DataFrame.dtypes", async (spark) => {
    const df = spark.range(1).select("id", lit("x").alias("s"), lit(1.5).alias("d"));
    expect(await df.dtypes()).to.deep.equal([
      ["id", "bigint"],
      ["s", "string"],
      ["d", "double"],
    ]);
  });

  covers("DataFrame.printSchema", async (spark) => {
    const df = spark.range(1).select(lit({ a: { b: 1 } }).alias("s"));
    const tree = await printedBy(() => df.printSchema());
    expect(tree).to.match(
      /^root\n \|-- s: struct .*\n \| {4}\|-- a: struct .*\n \| {4}\| {4}\|-- b: integer/,
    );
    expect(await printedBy(() => df.printSchema(1))).to.equal("root\n |-- s: struct (nullable = false)\n\n");
  });

  covers("DataFrame.explain", async (spark) => {
    const df = spark.range(5).where("id > 2");
    expect(await printedBy(() => df.explain())).to.match(/^== Physical Plan ==[\s\S]*Filter[\s\S]*Range/);
    expect(await printedBy(() => df.explain("extended"))).to.match(/== Parsed Logical Plan ==/);
    expect(await printedBy(() => df.explain("cost"))).to.match(/Statistics/);
    expect(await df.explainString("codegen")).to.match(/WholeStageCodegen/);
  });

  covers("DataFrame.isLocal", async (spark) => {
    expect(await spark.range(1).isLocal()).to.equal(false);
    expect(await (await spark.sql("SHOW TABLES")).isLocal()).to.equal(true);
  });

  covers("DataFrame.isStreaming", async (spark) => {
    expect(await spark.range(1).isStreaming()).to.equal(false);
  });

  covers("DataFrame.inputFiles", async (spark) => {
    const table = `input_files_${Date.now()}`;
    await spark.range(0, 4, 1, 2).write.format("parquet").saveAsTable(table);
    try {
      const files = await spark.table(table).inputFiles();
      expect(files).to.have.length(2);
      for (const file of files) expect(file).to.match(/\.parquet$/);
    } finally {
      await spark.sql(`DROP TABLE ${table}`);
    }
  });

  covers("DataFrame.sameSemantics", async (spark) => {
    const df = spark.range(5).select(col("id").plus(1).alias("a"));
    expect(await df.sameSemantics(spark.range(5).select(col("id").plus(1).alias("b")))).to.equal(true);
    expect(await df.sameSemantics(spark.range(5).select(col("id").plus(2).alias("a")))).to.equal(false);
  });

  covers("DataFrame.semanticHash", async (spark) => {
    const hash = await spark.range(5).semanticHash();
    expect(hash).to.equal(await spark.range(5).semanticHash());
    expect(hash).not.to.equal(await spark.range(6).semanticHash());
  });

  covers("DataFrame.executionInfo", async (spark) => {
    const df = spark.range(0, 7, 1, 2).where("id >= 0");
    expect(df.executionInfo).to.equal(undefined);
    await df.collect();
    const counted = df.executionInfo?.metrics.flatMap(({ name, metrics }) =>
      metrics.map((metric) => [name, metric.name, metric.value] as const),
    );
    expect(counted).to.deep.include(["Range", "number of output rows", 7n]);
    const observed = df.observe("seen", count("*").alias("n"));
    await observed.count();
    expect(observed.executionInfo?.observed.get("seen")).to.deep.equal({ n: 7n });
  });
});

describe("surface: actions of a DataFrame", () => {
  covers("DataFrame.collect", async (spark) => {
    const rows = await (await people(spark)).select("name", "height").collect();
    expect(rows.map((row) => ({ ...row }))).to.deep.equal([
      { name: "Ann", height: 1.7 },
      { name: "Bob", height: 1.8 },
      { name: "Cid", height: 1.9 },
      { name: "Dan", height: null },
      { name: "Eve", height: Number.NaN },
    ]);
  });

  covers("DataFrame.count", async (spark) => {
    expect(await (await people(spark)).count()).to.equal(5n);
    expect(await spark.range(0).count()).to.equal(0n);
  });

  covers("DataFrame.first", async (spark) => {
    expect((await spark.range(3, 9, 1, 1).first())?.[0]).to.equal(3n);
    expect(await spark.range(0).first()).to.equal(undefined);
  });

  covers("DataFrame.head", async (spark) => {
    const df = spark.range(0, 9, 1, 1);
    expect((await df.head())?.[0]).to.equal(0n);
    expect((await df.head(2)).map(([id]) => id)).to.deep.equal([0n, 1n]);
    expect(await df.head(0)).to.deep.equal([]);
  });

  covers("DataFrame.take", async (spark) => {
    expect((await spark.range(0, 2, 1, 1).take(5)).map(([id]) => id)).to.deep.equal([0n, 1n]);
  });

  covers("DataFrame.tail", async (spark) => {
    expect((await spark.range(0, 9, 1, 3).tail(2)).map(([id]) => id)).to.deep.equal([7n, 8n]);
  });

  covers("DataFrame.isEmpty", async (spark) => {
    expect(await spark.range(1).isEmpty()).to.equal(false);
    expect(await spark.range(1).where("id > 3").isEmpty()).to.equal(true);
  });

  covers("DataFrame.toLocalIterator", async (spark) => {
    const seen: unknown[] = [];
    for await (const row of spark.range(0, 5, 1, 2).toLocalIterator()) seen.push(row[0]);
    expect(seen).to.deep.equal([0n, 1n, 2n, 3n, 4n]);
  });

  covers("DataFrame.show", async (spark) => {
    const df = spark.range(1).select("id", lit("long text, longer than twenty").alias("t"));
    expect(await printedBy(() => df.show())).to.include("|  0|long text, longer...|");
    expect(await printedBy(() => df.show(1, { truncate: 8, vertical: true }))).to.match(
      / t {3}\| long \.\.\./,
    );
    expect(await df.showString(1, { truncate: false })).to.include("|long text, longer than twenty|");
  });

  covers("DataFrame.observe", async (spark) => {
    const seen = new Observation();
    const df = spark.range(10).observe(seen, count("*").alias("rows"), max("id").alias("last"));
    expect(await df.where("id < 3").count()).to.equal(3n);
    expect(await seen.get()).to.deep.equal({ rows: 10n, last: 9n });
  });
});

describe("surface: what a DataFrame keeps on the server", () => {
  covers("DataFrame.cache", async (spark) => {
    const df = await spark.range(31).cache();
    try {
      expect(await df.storageLevel()).to.deep.include({ useMemory: true, useDisk: true });
      expect(await df.count()).to.equal(31n);
    } finally {
      await df.unpersist(true);
    }
  });

  covers("DataFrame.persist", async (spark) => {
    const df = await spark.range(32).persist(StorageLevels.DISK_ONLY);
    expect(await df.storageLevel()).to.deep.include({ useMemory: false, useDisk: true });
    await df.unpersist();
  });

  covers("DataFrame.unpersist", async (spark) => {
    const df = await spark.range(33).persist();
    expect(await (await df.unpersist(true)).isCached()).to.equal(false);
  });

  covers("DataFrame.is_cached", async (spark) => {
    const df = spark.range(34);
    expect(await df.isCached()).to.equal(false);
    await using kept = await df.cache();
    expect(await kept.isCached()).to.equal(true);
  });

  covers("DataFrame.storageLevel", async (spark) => {
    const df = spark.range(35);
    expect(await df.storageLevel()).to.deep.include({ useMemory: false, useDisk: false, replication: 1 });
  });

  covers("DataFrame.checkpoint", async (spark) => {
    const df = spark.range(5).withColumn("x", lit(1));
    if ((await spark.conf.get("spark.checkpoint.dir", "")) === "") {
      expect(await refusal(df.checkpoint())).to.match(/Checkpoint directory has not been set/);
      return;
    }
    const kept = await df.checkpoint();
    // Not analysed before it is given up: the server remembers plans that it has analysed.
    expect(await kept.where("id > 2").count()).to.equal(2n);
    await kept.release();
    expect(await refusal(kept.count())).to.match(/No DataFrame with id/);
  });

  covers("DataFrame.localCheckpoint", async (spark) => {
    const df = spark.range(5).where("id > 1");
    let plan: string;
    {
      await using kept = await df.localCheckpoint({ storageLevel: StorageLevels.MEMORY_ONLY });
      expect(await rowsOf(kept.agg(max("id"), count("*")))).to.deep.equal([[4n, 3n]]);
      plan = await kept.explainString();
      expect(plan, "how the rows came is forgotten")
        .to.match(/Scan ExistingRDD/)
        .and.not.match(/Range/);
      await kept.createOrReplaceTempView("kept_rows");
    }
    expect(await spark.table("kept_rows").count(), "a view holds what it needs itself").to.equal(3n);
    await spark.catalog.dropTempView("kept_rows");
  });

  covers("DataFrame.createTempView", async (spark) => {
    await spark.range(3).createTempView("surface_view");
    try {
      expect(await spark.table("surface_view").count()).to.equal(3n);
      expect(await refusal(spark.range(1).createTempView("surface_view"))).to.match(/ALREADY_EXISTS/);
    } finally {
      await spark.catalog.dropTempView("surface_view");
    }
  });

  covers("DataFrame.createOrReplaceTempView", async (spark) => {
    await spark.range(3).createOrReplaceTempView("surface_view");
    await spark.range(4).createOrReplaceTempView("surface_view");
    expect(await spark.table("surface_view").count()).to.equal(4n);
    await spark.catalog.dropTempView("surface_view");
  });

  covers("DataFrame.registerTempTable", async (spark) => {
    await spark.range(2).registerTempTable("surface_table");
    expect(await rowsOf(await spark.sql("SELECT sum(id) FROM surface_table"))).to.deep.equal([[1n]]);
    await spark.catalog.dropTempView("surface_table");
  });

  covers("DataFrame.createGlobalTempView", async (spark) => {
    const name = `surface_${Date.now()}`;
    await spark.range(3).createGlobalTempView(name);
    try {
      expect(await spark.table(`global_temp.${name}`).count()).to.equal(3n);
      expect(await refusal(spark.range(1).createGlobalTempView(name))).to.match(/ALREADY_EXISTS/);
    } finally {
      await spark.catalog.dropGlobalTempView(name);
    }
  });

  covers("DataFrame.createOrReplaceGlobalTempView", async (spark) => {
    const name = `surface_${Date.now()}`;
    await spark.range(3).createOrReplaceGlobalTempView(name);
    await spark.range(5).createOrReplaceGlobalTempView(name);
    expect(await spark.table(`global_temp.${name}`).count()).to.equal(5n);
    await spark.catalog.dropGlobalTempView(name);
  });

  it("gives a checkpoint up with the scope that made it", async () => {
    const { withExecutionScope } = await import("../../../../src/sql/index.ts");
    const spark = await getSpark();
    const kept: { key: unknown; release: () => Promise<unknown> }[] = [];
    const given: unknown[] = [];
    const scope = {
      onKept: (one: (typeof kept)[number]) => kept.push(one),
      onGivenUp: (key: unknown) => given.push(key),
    };
    const df = await withExecutionScope(scope as never, async () => {
      const made = await spark.range(3).localCheckpoint();
      await kept[0]?.release();
      return made;
    });
    expect(kept.map(({ key }) => key)).to.deep.equal([df.toPlan()]);
    expect(given).to.deep.equal([df.toPlan()]);
    expect(await refusal(df.count())).to.match(/No DataFrame with id/);
  });
});
