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
export { CancelledError, type SourcePosition, SparkwrightError } from "./core/error.ts";
export { ErrorList } from "./core/error-list.ts";
export { EventBus, type EventHandler } from "./events/event-bus.ts";
export type { EventError } from "./events/event-error.ts";
export type { RunEvent } from "./events/run-event.ts";
export type { DatasetSummary, NodeSummary, RunStatus, RunSummary } from "./events/run-summary.ts";
export { type RunPipelineOptions, runPipeline } from "./execution/run-pipeline.ts";
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
