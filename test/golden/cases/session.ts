import { LongType, StringType, StructType } from "../../../src/sql/index.ts";
import { type GoldenCase, golden, spark } from "../fixture.ts";

const schema = new StructType().add("id", LongType).add("name", new StringType());

export const cases: readonly GoldenCase[] = [
  golden("spark.range(5)", () => spark.range(5)),
  golden("spark.range(1, 10, 2)", () => spark.range(1, 10, 2)),
  golden("spark.range(1, 10, 2, 3)", () => spark.range(1, 10, 2, 3)),
  golden("spark.sql('SHOW TABLES')", () => spark.sql("SHOW TABLES")),
  golden("spark.emptyDataFrame(T.StructType().add('id', T.LongType()).add('name', T.StringType()))", () =>
    spark.emptyDataFrame(schema),
  ),
  golden("spark.udf.registerJavaFunction('f', 'a.B')", () => spark.udf.registerJavaFunction("f", "a.B")),
  golden("spark.udf.registerJavaFunction('f', 'a.B', 'ARRAY<INT>')", () =>
    spark.udf.registerJavaFunction("f", "a.B", "ARRAY<INT>"),
  ),
  golden("spark.udf.registerJavaFunction('f', 'a.B', T.LongType())", () =>
    spark.udf.registerJavaFunction("f", "a.B", LongType),
  ),
  golden("spark.udf.registerJavaUDAF('f', 'a.B')", () => spark.udf.registerJavaUDAF("f", "a.B")),
  golden("spark.version", () => spark.version()),
  golden("spark.interruptAll()", () => spark.interruptAll()),
  golden("spark.interruptTag('t')", () => spark.interruptTag("t")),
  golden("spark.interruptOperation('00000000-0000-4000-8000-000000000009')", () =>
    spark.interruptOperation("00000000-0000-4000-8000-000000000009"),
  ),
  golden("spark.conf.get('spark.sql.ansi.enabled')", () => spark.conf.get("spark.sql.ansi.enabled")),
  golden("spark.conf.get('spark.mine', 'else')", () => spark.conf.get("spark.mine", "else")),
  golden("spark.conf.set('spark.sql.shuffle.partitions', 7)", () =>
    spark.conf.set("spark.sql.shuffle.partitions", 7),
  ),
  golden("spark.conf.set('spark.sql.ansi.enabled', True)", () =>
    spark.conf.set("spark.sql.ansi.enabled", true),
  ),
  golden("spark.conf.unset('spark.sql.shuffle.partitions')", () =>
    spark.conf.unset("spark.sql.shuffle.partitions"),
  ),
  golden("spark.conf.isModifiable('spark.sql.shuffle.partitions')", () =>
    spark.conf.isModifiable("spark.sql.shuffle.partitions"),
  ),
  golden("spark.conf.getAll", () => spark.conf.getAll()),
];
