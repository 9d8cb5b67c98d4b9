// The public names of `sparkwright`. The Spark Connect client has its own: `sparkwright/sql`.

export type { NodeContext } from "./commands/node-context.ts";
export type { NodeFunction, NodeResult } from "./commands/node-function.ts";
export type { NodeLog } from "./commands/node-log.ts";
export { type LoadOptions, loadProject } from "./config/load-project.ts";
export type {
  DatasetConfig,
  DatasetLocation,
  ExecutionSettings,
  GlobalSettings,
  LogLevel,
  NodeCode,
  NodeConfig,
  NodeInput,
  PipelineConfig,
  Project,
  RetryConfig,
  SparkSettings,
  WriteMode,
} from "./config/project.ts";
export { CancelledError, type CommandOutcome, type SourcePosition, SparkwrightError } from "./core/error.ts";
export { ErrorList } from "./core/error-list.ts";
export { EventBus, type EventHandler } from "./events/event-bus.ts";
export type { EventError } from "./events/event-error.ts";
export type { RunEvent } from "./events/run-event.ts";
export type { DatasetSummary, NodeSummary, RunStatus, RunSummary } from "./events/run-summary.ts";
export { type RunPipelineOptions, runPipeline } from "./execution/run-pipeline.ts";
export {
  BaseExecutor,
  type ExecuteHybridRequest,
  type ExecutePipelineRequest,
  type ExecuteStreamingRequest,
} from "./facade/base-executor.ts";
export type { CodeWindow } from "./facade/check-dataset.ts";
export { Context, type FormatPolicies } from "./facade/context.ts";
export { type DependencyGraph, DependencyResolver, type WrittenGraph } from "./facade/dependency-resolver.ts";
export type { ExecutorOptions } from "./facade/executor-options.ts";
export { InputLoader, type LoadRequest } from "./facade/input-loader.ts";
export { NodeCommand, type NodeCommandOptions } from "./facade/node-command.ts";
export type { NodeConfigs, WrittenDependencies, WrittenNode } from "./facade/node-configs.ts";
export {
  type ExecuteNodesParallelRequest,
  type ExecuteSingleNodeRequest,
  NodeExecutor,
  type NodeExecutorOptions,
} from "./facade/node-executor.ts";
export { OutputManager, type SaveDatasetRequest } from "./facade/output-manager.ts";
export {
  type HybridPipeline,
  type HybridValidation,
  type PipelineLike,
  PipelineValidator,
  type RequiredParams,
  type WrittenPipeline,
} from "./facade/pipeline-validator.ts";
export {
  type PipelineNodeStatus,
  UnifiedPipelineState,
  type UnifiedPipelineStateOptions,
} from "./facade/unified-pipeline-state.ts";
export type { FormatPolicy } from "./formats/format-policy.ts";
export {
  type DataSource,
  type DataSourceRequest,
  registerDataSource,
} from "./io/data-source.ts";
export { type FeatureSource, listFeatures } from "./io/features/feature-source.ts";
export { type FeatureOptions, getFeatures } from "./io/features/get-features.ts";
export type { SavedDataset } from "./io/save-request.ts";
export {
  type DateWindow,
  type Dependency,
  type PlannedNode,
  planRun,
  type RunPlan,
} from "./planning/run-plan.ts";
export type { RunDetails, RunRecord, RunStore } from "./state/run-store.ts";
export { openRunStore } from "./state/sqlite-run-store.ts";
export { checkPlan } from "./validation/check.ts";
