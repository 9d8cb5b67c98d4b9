"""Builds PySpark's messages for the Python expressions on standard input, a JSON array of strings.

Writes a JSON object of expression to message, in the protocol's JSON. Needs SPARK_REMOTE: the server answers
questions that PySpark asks while it builds; the plan of an action is caught before it is sent.
"""

import datetime
import json
import os
import sys
import warnings
from decimal import Decimal

warnings.simplefilter("ignore")

from google.protobuf.json_format import MessageToDict  # noqa: E402
from pyspark.sql import Row, Window
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.connect.column import Column
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.session import SparkSession

ENVELOPE = (
    "sessionId",
    "userContext",
    "clientType",
    "clientObservedServerSideSessionId",
    "operationId",
)


class Caught(BaseException):
    """The plan of an action, which need not run."""

    def __init__(self, plan):
        self.plan = plan


class Stub:
    """The stub of the client, with an ear on what is sent."""

    def __init__(self, stub):
        self.stub = stub
        self.catching = False
        self.asked = None

    def __getattr__(self, name):
        call = getattr(self.stub, name)
        if not self.catching:
            return call

        def listened(request, *args, **kwargs):
            if name == "ExecutePlan":
                raise Caught(request.plan)
            if name in ("AnalyzePlan", "Config", "Interrupt"):
                self.asked = request
            return call(request, *args, **kwargs)

        return listened


spark = SparkSession.builder.remote(os.environ["SPARK_REMOTE"]).create()
spark.sql(
    """CREATE OR REPLACE TEMP VIEW people AS SELECT 1L AS id, 'Ann' AS name, 30 AS age, DATE'1990-01-01' AS born,
    1.7D AS height, true AS active, array('a') AS tags, named_struct('city', 'Oslo', 'zip', '0150') AS address,
    map('x', 1) AS scores, CAST(1.5 AS DECIMAL(18, 2)) AS salary, TIMESTAMP'2024-01-01 00:00:00' AS updated"""
)
spark.sql(
    """CREATE OR REPLACE TEMP VIEW orders AS SELECT 1L AS id, 1L AS person_id, CAST(9.99 AS DECIMAL(18, 2)) AS amount,
    DATE'2024-01-01' AS day"""
)
stub = Stub(spark.client._stub)
spark.client._stub = stub
df = spark.table("people")
other = spark.table("orders")
names = dict(
    spark=spark, F=F, T=T, W=Window, Window=Window, Row=Row, Decimal=Decimal, datetime=datetime, df=df, other=other
)


def message(expression):
    stub.catching, stub.asked = True, None
    try:
        built = eval(expression, dict(names))
        if isinstance(built, Column):
            return MessageToDict(built.to_plan(spark.client))
        if isinstance(built, DataFrame):
            return MessageToDict(built._plan.to_proto(spark.client).root)
        if stub.asked is None:
            raise ValueError(f"made {type(built).__name__} and sent nothing")
        asked = MessageToDict(stub.asked)
        return {key: value for key, value in asked.items() if key not in ENVELOPE}
    except Caught as caught:
        return MessageToDict(caught.plan)
    finally:
        stub.catching = False


# printSchema and explain print.
answers, sys.stdout = sys.stdout, open(os.devnull, "w")
failed = False
messages = {}
for expression in json.load(sys.stdin):
    try:
        messages[expression] = message(expression)
    except Exception as error:
        failed = True
        print(f"{expression}\n    {type(error).__name__}: {str(error)[:500]}", file=sys.stderr)
json.dump(messages, answers)
answers.flush()
os._exit(1 if failed else 0)
