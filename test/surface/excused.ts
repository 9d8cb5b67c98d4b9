const needsPython = "runs a function of the user in a Python worker";

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
  "GroupedData.apply": needsPython,
  "GroupedData.applyInArrow": needsPython,
  "GroupedData.applyInPandas": needsPython,
  "GroupedData.applyInPandasWithState": needsPython,
  "GroupedData.cogroup": needsPython,
  "GroupedData.transformWithState": needsPython,
  "GroupedData.transformWithStateInPandas": needsPython,
  "DataStreamWriter.foreach": needsPython,
  "DataStreamWriter.foreachBatch": needsPython,
};
