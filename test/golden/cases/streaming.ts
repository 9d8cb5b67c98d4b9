import { col } from "../../../src/sql/index.ts";
import { StreamingQuery } from "../../../src/sql/streaming/streaming-query.ts";
import { df, type GoldenCase, golden, spark } from "../fixture.ts";

const rate = () => spark.readStream.format("rate").load();
const write = () => rate().writeStream;
const query = () => new StreamingQuery(spark.client, { id: "q", runId: "r" });
const pythonQuery =
  "__import__('pyspark.sql.connect.streaming.query', fromlist=['*']).StreamingQuery(spark, 'q', 'r')";

const pythonWrite = "spark.readStream.format('rate').load().writeStream";

export const cases: readonly GoldenCase[] = [
  golden("spark.readStream.format('rate').load()", rate),
  golden(
    "spark.readStream.format('kafka').option('subscribe', 'a').option('failOnDataLoss', False).load()",
    () => spark.readStream.format("kafka").option("subscribe", "a").option("failOnDataLoss", "False").load(),
  ),
  golden("spark.readStream.options(maxFilesPerTrigger=1, header=True).schema('id BIGINT').csv('/in')", () =>
    spark.readStream.options({ maxFilesPerTrigger: 1, header: true }).schema("id BIGINT").csv("/in"),
  ),
  golden("spark.readStream.schema('id BIGINT').parquet('/in')", () =>
    spark.readStream.schema("id BIGINT").parquet("/in"),
  ),
  golden("spark.readStream.schema('id BIGINT').orc('/in')", () =>
    spark.readStream.schema("id BIGINT").orc("/in"),
  ),
  golden("spark.readStream.format('text').load('/in')", () => spark.readStream.text("/in")),
  golden("spark.readStream.schema('id BIGINT').option('rowTag', 'row').xml('/in')", () =>
    spark.readStream.schema("id BIGINT").option("rowTag", "row").xml("/in"),
  ),
  golden("spark.readStream.schema('id BIGINT').load('/in')", () =>
    spark.readStream.schema("id BIGINT").load("/in"),
  ),
  golden("spark.readStream.name('clicks_1').format('rate').load()", () =>
    spark.readStream.name("clicks_1").format("rate").load(),
  ),
  golden("spark.readStream.option('maxBytesPerTrigger', 10).table('db.t')", () =>
    spark.readStream.option("maxBytesPerTrigger", 10).table("db.t"),
  ),
  golden("spark.readStream.option('startingVersion', 3).changes('db.t')", () =>
    spark.readStream.option("startingVersion", 3).changes("db.t"),
  ),
  golden("spark.readStream.format('rate').load().filter(F.col('value') > 1).select('value')", () =>
    rate().filter(col("value").gt(1)).select("value"),
  ),
  golden(`${pythonWrite}.start()`, () => write().start()),
  golden(`${pythonWrite}.format('delta').start('/out')`, () => write().format("delta").start("/out")),
  golden(`${pythonWrite}.toTable('db.t')`, () => write().toTable("db.t")),
  golden(`${pythonWrite}.trigger(processingTime='10 seconds').start()`, () =>
    write().trigger({ processingTime: "10 seconds" }).start(),
  ),
  golden(`${pythonWrite}.trigger(processingTime=' 1 minute ').start()`, () =>
    write().trigger({ processingTime: " 1 minute " }).start(),
  ),
  golden(`${pythonWrite}.trigger(availableNow=True).start()`, () =>
    write().trigger({ availableNow: true }).start(),
  ),
  golden(`${pythonWrite}.trigger(once=True).start()`, () => write().trigger({ once: true }).start()),
  golden(`${pythonWrite}.trigger(continuous='1 second').start()`, () =>
    write().trigger({ continuous: "1 second" }).start(),
  ),
  golden(`${pythonWrite}.trigger(realTime='5 minutes').start()`, () =>
    write().trigger({ realTime: "5 minutes" }).start(),
  ),
  golden(`${pythonWrite}.trigger(once=True).trigger(availableNow=True).start()`, () =>
    write().trigger({ once: true }).trigger({ availableNow: true }).start(),
  ),
  golden(`${pythonWrite}.outputMode('append').start()`, () => write().outputMode("append").start()),
  golden(`${pythonWrite}.outputMode('complete').start()`, () => write().outputMode("complete").start()),
  golden(`${pythonWrite}.outputMode('update').start()`, () => write().outputMode("update").start()),
  golden(`${pythonWrite}.queryName('clicks').format('memory').start()`, () =>
    write().queryName("clicks").format("memory").start(),
  ),
  golden(`${pythonWrite}.partitionBy('a', 'b').partitionBy('day').format('parquet').start('/out')`, () =>
    write().partitionBy("a", "b").partitionBy("day").format("parquet").start("/out"),
  ),
  golden(`${pythonWrite}.clusterBy('a', 'b').toTable('db.t')`, () =>
    write().clusterBy("a", "b").toTable("db.t"),
  ),
  golden(`${pythonWrite}.option('checkpointLocation', '/cp').options(path='/out', n=1, b=True).start()`, () =>
    write().option("checkpointLocation", "/cp").options({ path: "/out", n: 1, b: true }).start(),
  ),
  golden("df.writeStream.start()", () => df.writeStream.start()),
  golden(`${pythonQuery}.isActive`, () => query().isActive()),
  golden(`${pythonQuery}.status`, () => query().status()),
  golden(`${pythonQuery}.lastProgress`, () => query().lastProgress()),
  golden(`${pythonQuery}.recentProgress`, () => query().recentProgress()),
  golden(`${pythonQuery}.awaitTermination(5)`, () => query().awaitTermination(5_000)),
  golden(`${pythonQuery}.awaitTermination(0.25)`, () => query().awaitTermination(250)),
  golden(`${pythonQuery}.processAllAvailable()`, () => query().processAllAvailable()),
  golden(`${pythonQuery}.stop()`, () => query().stop()),
  golden(`${pythonQuery}.explain()`, () => query().explain()),
  golden(`${pythonQuery}.explain(True)`, () => query().explain(true)),
  golden(`${pythonQuery}.exception()`, () => query().exception()),
  golden("spark.streams.active", () => spark.streams.active()),
  golden("spark.streams.get('q')", () => spark.streams.get("q")),
  golden("spark.streams.awaitAnyTermination(5)", () => spark.streams.awaitAnyTermination(5_000)),
  golden("spark.streams.resetTerminated()", () => spark.streams.resetTerminated()),
  golden(
    "spark.streams.addListener(type('L', (__import__('pyspark').sql.streaming.StreamingQueryListener,), " +
      "{m: lambda *a: None for m in ('onQueryStarted', 'onQueryProgress', 'onQueryTerminated')})())",
    () => spark.streams.addListener({ onQueryProgress: () => {} }),
  ),
];
