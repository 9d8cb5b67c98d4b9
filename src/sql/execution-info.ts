import type { ExecutePlanResponse_Metrics_MetricObject as MetricObject } from "../../gen/spark/connect/base_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import type { ObservedMetrics } from "./observation.ts";

/** What is known of an action after it has run. */
export interface ExecutionInfo {
  /** What each operator of the executed plan counted, the last operator first. */
  readonly metrics: readonly PlanMetrics[];
  /** Observed metrics by the name of the observation. */
  readonly observed: ReadonlyMap<string, ObservedMetrics>;
}

/** What one operator of an executed plan counted. */
export interface PlanMetrics {
  /** The operator, such as `HashAggregate`. */
  readonly name: string;
  readonly planId: bigint;
  /** The operator that this one feeds. */
  readonly parentPlanId: bigint;
  readonly metrics: readonly PlanMetric[];
}

/** One count of an operator. `type` tells the unit: `sum` is a number, `timing` ms, `nsTiming` ns, `size` bytes. */
export interface PlanMetric {
  readonly name: string;
  readonly value: bigint;
  readonly type: string;
}

const infos: WeakMap<Relation, ExecutionInfo> = new WeakMap();

/** Remembers what the last action on a plan counted. */
export function rememberExecution(
  of: Relation,
  metrics: readonly MetricObject[],
  observed: ReadonlyMap<string, ObservedMetrics>,
): void {
  infos.set(of, { metrics: metrics.map(planMetrics), observed });
}

/** What the last action on a plan counted. */
export function executionInfoOf(plan: Relation): ExecutionInfo | undefined {
  return infos.get(plan);
}

function planMetrics(message: MetricObject): PlanMetrics {
  return {
    name: message.name,
    planId: message.planId,
    parentPlanId: message.parent,
    metrics: Object.values(message.executionMetrics).map(({ name, value, metricType }) => ({
      name,
      value,
      type: metricType,
    })),
  };
}
