import { randomUUID } from "node:crypto";
import type { LogLevel, Project } from "../config/project.ts";
import { anySignal } from "../core/abort.ts";
import type { Clock, Random } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { displayPath } from "../core/display-path.ts";
import { formatDuration } from "../core/duration.ts";
import type { SparkwrightError } from "../core/error.ts";
import type { EventBus } from "../events/event-bus.ts";
import type { EventError } from "../events/event-error.ts";
import { describeError } from "../events/event-error.ts";
import type { RunEventBody } from "../events/run-event.ts";
import type { RunStatus, RunSummary } from "../events/run-summary.ts";
import { windowLabel } from "../io/day-window.ts";
import { handleOtherFaults, listenMeanwhile } from "../modules/code-faults.ts";
import { criticalPath } from "../planning/critical-path.ts";
import type { RunPlan } from "../planning/run-plan.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { HeldLease, LeaseRequest } from "../state/lease.ts";
import type { NodeState } from "../state/node-state.ts";
import type { RunStore } from "../state/run-store.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { classifyFailure, isCancellation } from "./classify-failure.ts";
import { NodeExecutor } from "./node-executor.ts";
import { retryDelayMs } from "./retry-policy.ts";
import type { RunHooks } from "./run-hooks.ts";
import { openRunLog } from "./run-log.ts";
import { RunSession } from "./run-session.ts";
import { RunStop } from "./run-stop.ts";
import type { NodeTransition } from "./schedule-options.ts";
import { schedule } from "./scheduler.ts";
import { SummaryTally } from "./summary.ts";
import { type Watchdog, watchLoop } from "./watchdog/loop-watchdog.ts";

export interface RunPipelineOptions {
  readonly project: Project;
  readonly plan: RunPlan;
  /** Opens the one session of the run, once the run is recorded; the run stops it at its end. */
  readonly openSession: (signal: AbortSignal | undefined) => Promise<SparkSession>;
  readonly store: RunStore;
  readonly bus: EventBus;
  /** Cancels the run: every operation on the server is interrupted, confirmed and recorded. */
  readonly signal?: AbortSignal | undefined;
  /** @default that of the project's settings */
  readonly logLevel?: LogLevel | undefined;
  /** @default a new random UUID */
  readonly runId?: string | undefined;
  /** How long a silent runner keeps its pipeline from others, and how often this one gives a sign of life. */
  readonly lease?: Pick<LeaseRequest, "staleMs" | "heartbeatMs"> | undefined;
  readonly hooks?: RunHooks | undefined;
  readonly clock?: Clock;
  readonly random?: Random;
}

/**
 * Runs a plan and records it. Resolves to the summary however the nodes end, also when no session can be opened
 * (`summary.error`) and when it is cancelled.
 *
 * Thrown when another process runs the same pipeline and window (`RUN_LEASED`) or has taken it over (`RUN_LEASE_LOST`),
 * and when the run cannot be recorded (`RUN_STATE_*`).
 */
export async function runPipeline(options: RunPipelineOptions): Promise<RunSummary> {
  return await new PipelineRun(options).run();
}

class PipelineRun {
  readonly #options: RunPipelineOptions;
  readonly #runId: string;
  readonly #clock: Clock;
  readonly #logLevel: LogLevel;
  readonly #tally: SummaryTally;
  /** Why nodes were skipped that no failure was above. */
  #refused: EventError | undefined;
  #finished = false;

  constructor(options: RunPipelineOptions) {
    this.#options = options;
    this.#runId = options.runId ?? randomUUID();
    this.#clock = options.clock ?? systemClock;
    this.#logLevel = options.logLevel ?? options.project.settings.logLevel;
    this.#tally = new SummaryTally(options.plan.nodes.map((node) => node.name));
  }

  async run(): Promise<RunSummary> {
    const { plan, store, lease: settings } = this.#options;
    const window = plan.window === undefined ? "" : windowLabel(plan.window);
    const lease = store.holdLease({ ...settings, pipeline: plan.pipeline, window, runId: this.#runId });
    try {
      return await this.#leased(lease);
    } finally {
      lease.release();
    }
  }

  async #leased(lease: HeldLease): Promise<RunSummary> {
    const { project, bus, store } = this.#options;
    const unsubscribe = bus.subscribe(
      "run store",
      (event) => {
        if (event.runId === this.#runId) store.record(event);
      },
      {
        critical: true,
      },
    );
    const log = openRunLog(project.root, this.#runId, this.#logLevel, bus);
    try {
      return await this.#recorded(lease);
    } finally {
      unsubscribe();
      await log.close();
    }
  }

  async #recorded(lease: HeldLease): Promise<RunSummary> {
    const { plan } = this.#options;
    const startedAt = this.#clock.now();
    this.#announce();
    const stop = new RunStop(plan, anySignal(this.#options.signal, lease.lost), this.#clock);
    const releases = [
      listenMeanwhile(),
      handleOtherFaults((kind, thrown) => {
        stop.fault(kind, thrown);
        return true;
      }),
    ];
    const watchdog = this.#watchdog();
    let states: ReadonlyMap<string, NodeState> = new Map();
    let error: EventError | undefined;
    try {
      const gate = this.#breaker();
      gate?.admitRun();
      states = await this.#withSession(stop.signal, (executor) =>
        this.#schedule(executor, stop.signal, gate),
      );
    } catch (thrown) {
      if (isStoreFailure(thrown)) throw thrown;
      for (const { name } of plan.nodes) this.#publish({ type: "node_cancelled", node: name });
      if (!(stop.signal.aborted && isCancellation(thrown))) error = this.#describe(thrown, "RUN_FAILED");
    } finally {
      stop.dispose();
      await watchdog?.stop();
      for (const release of releases) release();
    }
    error ??= this.#refused;
    if (stop.error !== undefined) error ??= this.#describe(stop.error, stop.error.code);
    const status = this.#status(states, error);
    const durationMs = Math.max(0, this.#clock.now() - startedAt);
    const summary = this.#tally.finish({
      runId: this.#runId,
      pipeline: plan.pipeline,
      status,
      durationMs,
      error,
    });
    this.#publish({ type: "run_finished", status, summary });
    return summary;
  }

  /** SQL keeps the server busy, but not this process. */
  #watchdog(): Watchdog | undefined {
    if (this.#options.plan.nodes.every(({ config }) => config.code.kind === "sql")) return undefined;
    return watchLoop({
      onBlocking: ({ node, ms, place }) => {
        const where = place === undefined ? "" : ` at ${displayPath(place.replace(/^file:\/\//, ""))}`;
        const message = `node '${node}' blocked the event loop for ${formatDuration(ms)}${where}`;
        this.#publish({ type: "node_log", node, level: "warn", message, fields: { ms: Math.round(ms) } });
      },
    });
  }

  /** The start of the run and, at level debug, why each node waits for which. */
  #announce(): void {
    const { plan } = this.#options;
    this.#publish({
      type: "run_started",
      pipeline: plan.pipeline,
      window: plan.window,
      maxParallelNodes: plan.maxParallelNodes,
      nodes: plan.nodes.map(({ name, dependsOn }) => ({
        name,
        dependsOn: [...new Set(dependsOn.map(({ node }) => node))],
      })),
    });
    if (this.#logLevel !== "debug") return;
    for (const { name, dependsOn } of plan.nodes) {
      for (const { node, reason, dataset } of dependsOn) {
        const why = reason === "input" ? `it reads ${dataset ?? "its output"}` : "it says so";
        const message = `waits for ${node}, because ${why}`;
        this.#publish({
          type: "node_log",
          node: name,
          level: "debug",
          message,
          fields: { dependsOn: node, reason },
        });
      }
    }
  }

  #breaker(): CircuitBreaker | undefined {
    const { plan, store } = this.#options;
    const { circuitBreaker: config, pipeline } = plan;
    if (config === undefined) return undefined;
    return new CircuitBreaker({
      pipeline,
      config,
      store: store.circuits,
      clock: this.#clock,
      describe: (thrown) => this.#describe(thrown, "NODE_THREW"),
      publish: (event) => this.#publish(event),
    });
  }

  async #withSession<T>(signal: AbortSignal, work: (executor: NodeExecutor) => Promise<T>): Promise<T> {
    const { project, plan, openSession } = this.#options;
    const sessions = new RunSession({
      open: () => openSession(signal),
      clock: this.#clock,
      onRenewed: (session, lost) =>
        this.#publish({
          type: "session_renewed",
          sessionId: session.sessionId,
          lostSessionId: lost.sessionId,
        }),
    });
    try {
      await sessions.get();
      const executor = new NodeExecutor({
        project,
        plan,
        sessions,
        runId: this.#runId,
        logLevel: this.#logLevel,
        clock: this.#clock,
        publish: (event) => this.#publish(event),
        hooks: this.#options.hooks,
      });
      return await work(executor);
    } finally {
      await sessions.stop();
    }
  }

  async #schedule(
    executor: NodeExecutor,
    signal: AbortSignal,
    gate: CircuitBreaker | undefined,
  ): Promise<ReadonlyMap<string, NodeState>> {
    const { plan, store, random, hooks } = this.#options;
    const planned = new Map(plan.nodes.map((node) => [node.name, node]));
    return await schedule<bigint>({
      nodes: plan.nodes.map(({ name, dependsOn }) => ({
        name,
        dependsOn: dependsOn.map(({ node }) => node),
      })),
      maxParallel: plan.maxParallelNodes,
      priorities: priorities(plan, store.lastDurations(plan.pipeline)),
      failFast: plan.failFast,
      gate,
      signal,
      clock: this.#clock,
      execute: (node, attempt, nodeSignal) => {
        const run = () => executor.execute(node, attempt, nodeSignal);
        return hooks?.aroundAttempt({ runId: this.#runId, node, attempt }, run) ?? run();
      },
      cleanUp: (node) => executor.cleanUp(node),
      timeoutMs: (node) => planned.get(node)?.timeoutMs,
      retryDelay: (node, attempt, error) => {
        const retries = planned.get(node)?.retries;
        const hopeless = classifyFailure(error) === "permanent" || executor.isUnrepeatable(node);
        return hopeless || retries === undefined ? undefined : retryDelayMs(retries, attempt, random);
      },
      onTransition: (node, to) => this.#publish(this.#eventOf(node, to)),
    });
  }

  #eventOf(node: string, to: NodeTransition<bigint>): RunEventBody {
    switch (to.state) {
      case "ready":
        return { type: "node_ready", node };
      case "running":
        return { type: "node_started", node, attempt: to.attempt };
      case "retrying": {
        const { attempt, delayMs, error } = to;
        return { type: "node_retrying", node, attempt, delayMs, error: this.#describe(error, "NODE_THREW") };
      }
      case "success": {
        const { attempt, durationMs, result: rows } = to;
        return { type: "node_succeeded", node, attempt, durationMs, rows };
      }
      case "failed": {
        const { attempt, durationMs, error } = to;
        return { type: "node_failed", node, attempt, durationMs, error: this.#describe(error, "NODE_THREW") };
      }
      case "skipped": {
        const { because, via, error } = to;
        return {
          type: "node_skipped",
          node,
          because,
          ...(via !== undefined && { via }),
          ...(error !== undefined && { error: this.#refusal(error) }),
        };
      }
      case "cancelled": {
        const { state: _state, ...rest } = to;
        return { type: "node_cancelled", node, ...rest };
      }
    }
  }

  #refusal(error: SparkwrightError): EventError {
    this.#refused ??= this.#describe(error, error.code);
    return this.#refused;
  }

  #status(states: ReadonlyMap<string, NodeState>, error: EventError | undefined): RunStatus {
    const all = [...states.values()];
    if (error !== undefined) return "failed";
    if (all.length === this.#options.plan.nodes.length && all.every((state) => state === "success"))
      return "success";
    return this.#options.signal?.aborted ? "cancelled" : "failed";
  }

  #describe(thrown: unknown, fallbackCode: string): EventError {
    const { redactor } = this.#options.bus;
    return redactor.error(describeError(thrown, fallbackCode, this.#logLevel === "debug"));
  }

  #publish(body: RunEventBody): void {
    // What code left behind says after the end of the run is not part of it.
    if (this.#finished) return;
    this.#finished = body.type === "run_finished";
    this.#tally.add(this.#options.bus.publish(this.#runId, body));
  }
}

/** Those on the longest way to the end of the run come first; a node that is new counts as the average one. */
function priorities(plan: RunPlan, durations: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const known = [...durations.values()];
  const average = known.length === 0 ? 1 : known.reduce((sum, ms) => sum + ms, 0) / known.length;
  return criticalPath(plan.nodes, (node) => durations.get(node) ?? average);
}

function isStoreFailure(thrown: unknown): boolean {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
  return typeof code === "string" && /^RUN_(STATE|LEASE)_/.test(code);
}
