"""The work of client.bench.ts with whichever `pyspark` this environment has."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "harness"))
from pyspark.sql import SparkSession  # noqa: E402
from serve import serve  # noqa: E402

spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()


def latency():
    assert len(spark.range(1).collect()) == 1


def rows():
    frame = spark.sql(
        "select id, cast(id as double) / 3 as x, concat('name-', id) as name, id % 2 = 0 as even,"
        " timestamp_micros(id * 1000003) as at from range(1000000)"
    )
    collected = frame.collect()
    assert len(collected) == 1_000_000 and collected[-1]["at"] is not None


serve({"latency": latency, "rows": rows})
