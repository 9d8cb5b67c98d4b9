import { bucket, col, days, hours, lit, months, years } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("df.writeTo('a.b').create()", () => df.writeTo("a.b").create()),
  golden("df.writeTo('a.b').replace()", () => df.writeTo("a.b").replace()),
  golden("df.writeTo('a.b').createOrReplace()", () => df.writeTo("a.b").createOrReplace()),
  golden("df.writeTo('a.b').append()", () => df.writeTo("a.b").append()),
  golden("df.writeTo('a.b').overwritePartitions()", () => df.writeTo("a.b").overwritePartitions()),
  golden("df.writeTo('a.b').overwrite(df.age > 3)", () => df.writeTo("a.b").overwrite(df.col("age").gt(3))),
  golden("df.writeTo('a.b').overwrite(F.lit(True))", () => df.writeTo("a.b").overwrite(lit(true))),
  golden("df.writeTo('a.b').using('delta').tableProperty('k', 'v').tableProperty('l', 'w').create()", () =>
    df.writeTo("a.b").using("delta").tableProperty("k", "v").tableProperty("l", "w").create(),
  ),
  golden("df.writeTo('a.b').option('x', True).options(y=1, z='s').append()", () =>
    df.writeTo("a.b").option("x", true).options({ y: 1, z: "s" }).append(),
  ),
  golden("df.writeTo('a.b').partitionedBy('born', F.col('active')).create()", () =>
    df.writeTo("a.b").partitionedBy("born", col("active")).create(),
  ),
  golden("df.writeTo('a.b').partitionedBy(F.partitioning.years('updated')).create()", () =>
    df.writeTo("a.b").partitionedBy(years("updated")).create(),
  ),
  golden("df.writeTo('a.b').partitionedBy(F.partitioning.months('updated')).create()", () =>
    df.writeTo("a.b").partitionedBy(months("updated")).create(),
  ),
  golden("df.writeTo('a.b').partitionedBy(F.partitioning.days('updated')).create()", () =>
    df.writeTo("a.b").partitionedBy(days("updated")).create(),
  ),
  golden("df.writeTo('a.b').partitionedBy(F.partitioning.hours('updated')).create()", () =>
    df.writeTo("a.b").partitionedBy(hours("updated")).create(),
  ),
  golden("df.writeTo('a.b').partitionedBy(F.partitioning.bucket(4, 'id'), 'born').create()", () =>
    df.writeTo("a.b").partitionedBy(bucket(4, "id"), "born").create(),
  ),
  golden("df.writeTo('a.b').clusterBy('born', 'id').create()", () =>
    df.writeTo("a.b").clusterBy("born", "id").create(),
  ),
];
