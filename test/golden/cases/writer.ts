import { df, type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("df.write.mode('append').save('/p')", () => df.write.mode("append").save("/p")),
  golden("df.write.mode('overwrite').save('/p')", () => df.write.mode("overwrite").save("/p")),
  golden("df.write.mode('error').save('/p')", () => df.write.mode("error").save("/p")),
  golden("df.write.mode('ignore').save('/p')", () => df.write.mode("ignore").save("/p")),
  golden("df.write.save('/p')", () => df.write.save("/p")),
  golden("df.write.format('noop').mode('overwrite').save()", () =>
    df.write.format("noop").mode("overwrite").save(),
  ),
  golden(
    "df.write.format('delta').option('replaceWhere', 'id > 1').options(mergeSchema=True, n=3).save('/p')",
    () =>
      df.write
        .format("delta")
        .option("replaceWhere", "id > 1")
        .options({ mergeSchema: true, n: 3 })
        .save("/p"),
  ),
  golden("df.write.parquet('/p')", () => df.write.parquet("/p")),
  golden("df.write.orc('/p')", () => df.write.orc("/p")),
  golden("df.write.json('/p')", () => df.write.json("/p")),
  golden("df.write.csv('/p')", () => df.write.csv("/p")),
  golden("df.write.text('/p')", () => df.write.text("/p")),
  golden("df.write.xml('/p')", () => df.write.xml("/p")),
  golden("df.write.csv('/p', mode='append', header=True, sep=';')", () =>
    df.write.mode("append").options({ header: true, sep: ";" }).csv("/p"),
  ),
  golden("df.write.xml('/p', rowTag='person', rootTag='people')", () =>
    df.write.options({ rowTag: "person", rootTag: "people" }).xml("/p"),
  ),
  golden("df.write.parquet('/p', partitionBy=['born', 'active'], compression='zstd')", () =>
    df.write.partitionBy("born", "active").option("compression", "zstd").parquet("/p"),
  ),
  golden("df.write.partitionBy('born', 'active').save('/p')", () =>
    df.write.partitionBy("born", "active").save("/p"),
  ),
  golden("df.write.clusterBy('born', 'id').saveAsTable('a.b')", () =>
    df.write.clusterBy("born", "id").saveAsTable("a.b"),
  ),
  golden("df.write.bucketBy(8, 'id', 'name').sortBy('age', 'born').saveAsTable('a.b')", () =>
    df.write.bucketBy(8, "id", "name").sortBy("age", "born").saveAsTable("a.b"),
  ),
  golden("df.write.saveAsTable('a.b', format='orc', mode='overwrite', partitionBy='born')", () =>
    df.write.format("orc").mode("overwrite").partitionBy("born").saveAsTable("a.b"),
  ),
  golden("df.write.insertInto('a.b')", () => df.write.insertInto("a.b")),
  golden("df.write.insertInto('a.b', overwrite=True)", () => df.write.insertInto("a.b", { overwrite: true })),
  golden("df.write.insertInto('a.b', overwrite=False)", () =>
    df.write.insertInto("a.b", { overwrite: false }),
  ),
  golden("df.write.mode('overwrite').insertInto('a.b')", () => df.write.mode("overwrite").insertInto("a.b")),
  golden("df.write.jdbc('jdbc:x', 't', mode='append', properties={'user': 'u'})", () =>
    df.write.mode("append").jdbc("jdbc:x", "t", { user: "u" }),
  ),
  golden("df.filter(df.age > 3).write.json('/p')", () => df.filter(df.col("age").gt(3)).write.json("/p")),
];
