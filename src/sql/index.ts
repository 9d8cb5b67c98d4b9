// The public names of `sparkwright/sql`.

export { type Row, rowFields, rowValues } from "../arrow/row.ts";
export { CalendarInterval } from "../arrow/values/calendar-interval.ts";
export { DayTimeInterval } from "../arrow/values/day-time-interval.ts";
export { Decimal } from "../arrow/values/decimal.ts";
export { LocalDate } from "../arrow/values/local-date.ts";
export { LocalDateTime } from "../arrow/values/local-date-time.ts";
export { LocalTime } from "../arrow/values/local-time.ts";
export { Timestamp } from "../arrow/values/timestamp.ts";
export { Variant } from "../arrow/values/variant.ts";
export { YearMonthInterval } from "../arrow/values/year-month-interval.ts";
export type { ConnectClientOptions } from "../connect/client-options.ts";
export { ConnectClient } from "../connect/connect-client.ts";
export type { DatabricksOptions } from "../connect/databricks-settings.ts";
export { ConnectionError, type QueryContext, SessionClosedError, SparkError } from "../connect/errors.ts";
export type { ExecutionProgress, ProgressHandler, StageProgress } from "../connect/execution-progress.ts";
export {
  type ExecutionScope,
  type SubmittedOperation,
  withExecutionScope,
} from "../connect/execution-scope.ts";
export type { ArtifactKind, ArtifactSource } from "../connect/local-artifact.ts";
export { ServerTooOldError } from "../connect/server-too-old-error.ts";
export { CancelledError, type CommandOutcome, SparkwrightError } from "../core/error.ts";
export type { Catalog, CreateTableOptions } from "./catalog.ts";
export type {
  CatalogMetadata,
  ColumnMetadata,
  DatabaseMetadata,
  FunctionMetadata,
  TableMetadata,
  TablePartition,
} from "./catalog-metadata.ts";
export { Column, type ColumnOrName } from "./column.ts";
export type { CreateDataFrameOptions, LocalSource } from "./create-data-frame.ts";
export type { ShowOptions } from "./data-frame/actions.ts";
export type { ExplainMode } from "./data-frame/inspection.ts";
export type { JoinAsOfOptions, JoinOn } from "./data-frame/joins.ts";
export type { Partitioning } from "./data-frame/partitions.ts";
export type { CheckpointOptions, LocalCheckpointOptions } from "./data-frame/persistence.ts";
export type { SampleOptions } from "./data-frame/rows.ts";
export { DataFrame } from "./data-frame.ts";
export type { DataFrameNaFunctions, DropNaOptions, FillValue } from "./data-frame-na-functions.ts";
export type { DataFrameReader, TextSource } from "./data-frame-reader.ts";
export type { DataFrameStatFunctions, Fractions } from "./data-frame-stat-functions.ts";
export type { DataFrameWriter } from "./data-frame-writer.ts";
export type { DataFrameWriterV2 } from "./data-frame-writer-v2.ts";
export type { ActionOptions } from "./execution.ts";
export type { ExecutionInfo, PlanMetric, PlanMetrics } from "./execution-info.ts";
export * from "./functions/index.ts";
export * as functions from "./functions/index.ts";
export type { AggregateArguments, GroupedData } from "./grouped-data.ts";
export type { JdbcPredicates, JdbcRanges, JdbcSplit } from "./jdbc-split.ts";
export type { RowLike } from "./local-data.ts";
export type { MergeAssignments, MergeIntoWriter, WhenMatched, WhenNotMatched } from "./merge-into-writer.ts";
export { Observation, type ObservedMetrics } from "./observation.ts";
export type { OptionValue } from "./option-value.ts";
export { captureCallSites } from "./plan/call-sites.ts";
export type { JoinType, LateralJoinType } from "./plan/join-type.ts";
export type { ColumnUse, Origin } from "./plan/lineage/origin.ts";
export type { ColumnLineage, PassedColumns, PlanLineage } from "./plan/lineage/plan-lineage.ts";
export type { SqlArguments } from "./plan/sql-parameters.ts";
export type { RowIterator } from "./row-iterator.ts";
export type { RuntimeConf } from "./runtime-conf.ts";
export type { SaveMode } from "./save-mode.ts";
export { SparkSession } from "./spark-session.ts";
export type { SparkSessionBuilder } from "./spark-session-builder.ts";
export type { ArtifactOptions } from "./spark-session-operations.ts";
export { type StorageLevel, StorageLevels } from "./storage-level.ts";
export type { DataStreamReader } from "./streaming/data-stream-reader.ts";
export type { DataStreamWriter } from "./streaming/data-stream-writer.ts";
export type { OutputMode } from "./streaming/output-mode.ts";
export type { StreamingQuery, StreamingQueryStatus } from "./streaming/streaming-query.ts";
export { StreamingQueryError } from "./streaming/streaming-query-error.ts";
export type {
  QueryIdleEvent,
  QueryProgressEvent,
  QueryStartedEvent,
  QueryTerminatedEvent,
  StreamingQueryListener,
} from "./streaming/streaming-query-listener.ts";
export type { StreamingQueryManager } from "./streaming/streaming-query-manager.ts";
export type {
  SinkProgress,
  SourceProgress,
  StateOperatorProgress,
  StreamingQueryProgress,
} from "./streaming/streaming-query-progress.ts";
export type { Trigger } from "./streaming/trigger.ts";
export type { TableArgument } from "./table-argument.ts";
export type { TableValuedFunctions } from "./table-valued-functions.ts";
export {
  ArrayType,
  AtomicType,
  BinaryType,
  BooleanType,
  ByteType,
  CalendarIntervalType,
  type DataType,
  DateType,
  DayTimeIntervalType,
  DecimalType,
  DoubleType,
  FloatType,
  IntegerType,
  LengthType,
  LongType,
  MapType,
  NullType,
  ShortType,
  SpatialType,
  StringType,
  StructField,
  StructType,
  TimestampNTZType,
  TimestampType,
  TimeType,
  UserDefinedType,
  VariantType,
  YearMonthIntervalType,
} from "./types/data-type.ts";
export { typeFromJson } from "./types/type-json.ts";
export type { UDFRegistration } from "./udf-registration.ts";
export { type FrameBound, Window, type WindowSpec } from "./window.ts";
