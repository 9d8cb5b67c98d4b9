"""The work of the clients' benchmarks with whichever `pyspark` this environment has."""

import datetime
import functools
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "harness"))
from pyspark.sql import SparkSession  # noqa: E402
from serve import serve  # noqa: E402

remote = sys.argv[1]
spark = SparkSession.builder.remote(remote).getOrCreate()


def frame_of(rows):
    return spark.sql(
        "select id, cast(id as double) / 3 as x, concat('name-', id) as name, id % 2 = 0 as even,"
        f" timestamp_micros(id * 1000003) as at from range({rows})"
    )


@functools.cache
def local_rows():
    start = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    millis = datetime.timedelta(milliseconds=1003)
    return [(i, i / 3, f"name-{i}", i % 2 == 0, start + i * millis) for i in range(1_000_000)]


def create(check):
    """In a session of its own, so that nothing was uploaded before."""
    rows = local_rows()
    session = SparkSession.builder.remote(remote).create()
    frame = session.createDataFrame(
        rows, "id BIGINT, x DOUBLE, name STRING, even BOOLEAN, at TIMESTAMP"
    )
    assert not check or frame.count() == 1_000_000
    stop(session)


def stop(session):
    """Spark without its ML module fails after it has closed the session."""
    try:
        session.stop()
    except Exception as error:
        if "org/apache/spark/ml/" not in str(error):
            raise


def latency():
    assert len(spark.range(1).collect()) == 1


def rows():
    collected = frame_of(1_000_000).collect()
    assert len(collected) == 1_000_000 and collected[-1]["at"] is not None


def arrow():
    assert frame_of(5_000_000).toArrow().num_rows == 5_000_000


serve(
    {
        "latency": latency,
        "rows": rows,
        "create": lambda: create(False),
        "created": lambda: create(True),
        "arrow": arrow,
    }
)
