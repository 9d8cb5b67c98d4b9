const needsPython = "runs a function of the user in a Python worker";

const inPandas = "belongs to pandas";
const aClass = "is a class, which here is what the method of that name returns";

/** Names of PySpark that we do not have, and why. */
export const excused: Readonly<Record<string, string>> = {
  "functions.udf": needsPython,
  "functions.udtf": needsPython,
  "functions.pandas_udf": needsPython,
  "functions.arrow_udf": needsPython,
  "functions.arrow_udtf": needsPython,
  "DataFrame.foreach": needsPython,
  "DataFrame.foreachPartition": needsPython,
  "DataFrame.mapInArrow": needsPython,
  "DataFrame.mapInPandas": needsPython,
  "DataFrame.pandas_api": inPandas,
  "DataFrame.plot": inPandas,
  "DataFrame.toPandas": inPandas,
  "MergeIntoWriter.WhenMatched": aClass,
  "MergeIntoWriter.WhenNotMatched": aClass,
  "MergeIntoWriter.WhenNotMatchedBySource": aClass,
  "GroupedData.apply": needsPython,
  "GroupedData.applyInArrow": needsPython,
  "GroupedData.applyInPandas": needsPython,
  "GroupedData.applyInPandasWithState": needsPython,
  "GroupedData.cogroup": needsPython,
  "GroupedData.transformWithState": needsPython,
  "GroupedData.transformWithStateInPandas": needsPython,
  "Catalog.registerFunction": needsPython,
  "SparkSession.dataSource": "registers data sources that are written in Python",
  "SparkSession.Hook":
    "changes PySpark's own requests; a ConnectClient takes a transport of one's own instead",
  "SparkSession.profile": "profiles functions that run in Python workers",
  "SparkSession.udtf": "registers table functions that are written in Python",
  "DataStreamWriter.foreach": needsPython,
  "DataStreamWriter.foreachBatch": needsPython,
};
