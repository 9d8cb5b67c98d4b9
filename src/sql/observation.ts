import { randomUUID } from "node:crypto";
import type { ExecutePlanResponse_ObservedMetrics } from "../../gen/spark/connect/base_pb.ts";
import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { literalValue } from "./plan/literal-value.ts";

/** Metrics by name; a LONG is a bigint, as in rows. */
export type ObservedMetrics = Readonly<Record<string, unknown>>;

const observations: WeakMap<Relation, Observation> = new WeakMap();
const attached: WeakSet<Observation> = new WeakSet();

/**
 * Metrics that an action computes on its way, such as the number of rows a write wrote.
 *
 * @example
 * const written = new Observation();
 * await df.observe(written, count("*").alias("rows")).write.save(path);
 * const { rows } = await written.get(); // 1000n
 * @see org.apache.spark.sql.Observation
 */
export class Observation {
  readonly name: string;
  readonly #waiting = Promise.withResolvers<ObservedMetrics>();
  #settled: Promise<ObservedMetrics> | undefined;
  #metrics: ObservedMetrics | undefined;

  constructor(name: string = randomUUID()) {
    if (name === "") {
      throw new SparkwrightError("USAGE_OBSERVATION_NAME", "the name of an observation is empty", {
        hint: "Leave the name out, or give one.",
      });
    }
    this.name = name;
  }

  /**
   * The metrics of the first action that completed, as soon as one has. It waits for as long as there was no action.
   * Thrown when all there were failed: what the last one threw.
   */
  get(): Promise<ObservedMetrics> {
    return this.#settled ?? this.#waiting.promise;
  }

  /** The metrics, or `undefined` before the first action has completed. */
  get metrics(): ObservedMetrics | undefined {
    return this.#metrics;
  }

  /** Takes what the server sent; only the first counts. */
  complete(metrics: ObservedMetrics): void {
    if (this.#metrics !== undefined) return;
    this.#metrics = metrics;
    this.#settle(Promise.resolve(metrics));
  }

  /** Takes what an action threw, as long as none has completed. */
  fail(error: unknown): void {
    if (this.#metrics === undefined) this.#settle(Promise.reject(error));
  }

  #settle(outcome: Promise<ObservedMetrics>): void {
    this.#settled = outcome;
    this.#waiting.resolve(outcome);
    // The action throws it too; here it is for who asks.
    for (const promise of [outcome, this.#waiting.promise]) promise.catch(() => {});
  }
}

/** Remembers which observation waits for the metrics of a relation. Thrown when it waits for others already. */
export function attachObservation(relation: Relation, observation: Observation): void {
  if (attached.has(observation)) {
    throw new SparkwrightError(
      "USAGE_OBSERVE",
      `the observation ${observation.name} observes a DataFrame already`,
      { hint: "Make a new Observation for every DataFrame." },
    );
  }
  attached.add(observation);
  observations.set(relation, observation);
}

/** Lets a copy of a relation report to the same observation. */
export function shareObservation(relation: Relation, copy: Relation): void {
  const observation = observations.get(relation);
  if (observation !== undefined) observations.set(copy, observation);
}

/** The metrics of a message by name. */
export function metricsOf(message: ExecutePlanResponse_ObservedMetrics): ObservedMetrics {
  return Object.fromEntries(
    message.values.map((value, i) => [message.keys[i] ?? `_${i + 1}`, literalValue(value)]),
  );
}

/** Hands metrics to the observations among the relations of the plan that reported them. */
export function deliverMetrics(
  observed: readonly Relation[],
  message: ExecutePlanResponse_ObservedMetrics,
  metrics: ObservedMetrics,
): void {
  for (const relation of observed) {
    const named = relation.relType.case === "collectMetrics" && relation.relType.value.name === message.name;
    const samePlan = message.planId === 0n || message.planId === relation.common?.planId;
    if (named && samePlan) observations.get(relation)?.complete(metrics);
  }
}

/** Hands what an action threw to the observations among the relations of its plan. */
export function deliverFailure(observed: readonly Relation[], error: unknown): void {
  for (const relation of observed) observations.get(relation)?.fail(error);
}
