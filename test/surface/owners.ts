import { Catalog } from "../../src/sql/catalog.ts";
import { Column } from "../../src/sql/column.ts";
import { DataFrame } from "../../src/sql/data-frame.ts";
import { DataFrameReader } from "../../src/sql/data-frame-reader.ts";
import { DataFrameWriter } from "../../src/sql/data-frame-writer.ts";
import { DataFrameWriterV2 } from "../../src/sql/data-frame-writer-v2.ts";
import { GroupedData } from "../../src/sql/grouped-data.ts";
import { functions } from "../../src/sql/index.ts";
import { MergeIntoWriter } from "../../src/sql/merge-into-writer.ts";
import { RuntimeConf } from "../../src/sql/runtime-conf.ts";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { DataStreamReader } from "../../src/sql/streaming/data-stream-reader.ts";
import { DataStreamWriter } from "../../src/sql/streaming/data-stream-writer.ts";
import { StreamingQuery } from "../../src/sql/streaming/streaming-query.ts";
import { StreamingQueryManager } from "../../src/sql/streaming/streaming-query-manager.ts";
import { TableValuedFunctions } from "../../src/sql/table-valued-functions.ts";
import { Window, WindowSpec } from "../../src/sql/window.ts";

/** Where the names of PySpark are with us, by its classes: prototypes, and objects with static members. */
const owners: Readonly<Record<string, readonly object[]>> = {
  functions: [functions],
  DataFrame: [DataFrame.prototype],
  Column: [Column.prototype],
  GroupedData: [GroupedData.prototype],
  Catalog: [Catalog.prototype],
  DataFrameReader: [DataFrameReader.prototype],
  DataFrameWriter: [DataFrameWriter.prototype],
  DataFrameWriterV2: [DataFrameWriterV2.prototype],
  MergeIntoWriter: [MergeIntoWriter.prototype],
  TableValuedFunction: [TableValuedFunctions.prototype],
  SparkSession: [SparkSession.prototype, SparkSession],
  RuntimeConf: [RuntimeConf.prototype],
  DataStreamReader: [DataStreamReader.prototype],
  DataStreamWriter: [DataStreamWriter.prototype],
  StreamingQuery: [StreamingQuery.prototype],
  StreamingQueryManager: [StreamingQueryManager.prototype],
  WindowSpec: [WindowSpec.prototype],
  Window: [Window],
};

/** The object that defines a member of an owner, or inherits it to the owner's home. */
export function definerOf(owner: string, member: string): object | undefined {
  for (const home of owners[owner] ?? []) {
    for (
      let at: object | null = home;
      at !== null && at !== Object.prototype;
      at = Object.getPrototypeOf(at)
    ) {
      if (Object.hasOwn(at, member)) return at;
    }
  }
  return undefined;
}
