import { randomUUID } from "node:crypto";
import { type NodeSql, sqlFaults } from "../commands/sql-parsing.ts";
import { sqlValues } from "../commands/sql-values.ts";
import type { LogLevel, Project } from "../config/project.ts";
import { sqlPlace } from "../config/sql-reading.ts";
import { anySignal } from "../core/abort.ts";
import type { Clock, Random } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { displayPath } from "../core/display-path.ts";
import { formatDuration } from "../core/duration.ts";
import type { SparkwrightError } from "../core/error.ts";
import { throwIfAny } from "../core/error-list.ts";
import type { EventBus } from "../events/event-bus.ts";
import type { EventError } from "../events/event-error.ts";
import { describeError } from "../events/event-error.ts";
import type { ResumedNode, RunEventBody } from "../events/run-event.ts";
import type { RunStatus, RunSummary } from "../events/run-summary.ts";
import { windowLabel } from "../io/day-window.ts";
import { handleOtherFaults, listenMeanwhile } from "../modules/code-faults.ts";
import { criticalPath } from "../planning/critical-path.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { HeldLease, LeaseRequest } from "../state/lease.ts";
import { isTerminal, type NodeState } from "../state/node-state.ts";
import type { RunStore } from "../state/run-store.ts";
import { placeOf } from "../validation/place-check.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { classifyFailure, isCancellation } from "./classify-failure.ts";
import type { DatasetAccess } from "./dataset-access.ts";
import { NodeExecutor } from "./node-executor.ts";
import { fenceRun, prepareResumption, type Resumption } from "./resume/resume-run.ts";
import { retryDelayMs } from "./retry-policy.ts";
import { startedEvent, waitingLogs } from "./run-announcement.ts";
import type { RunHooks } from "./run-hooks.ts";
import { openRunLog } from "./run-log.ts";
import { RunSession } from "./run-session.ts";
import { RunStop } from "./run-stop.ts";
import { schedule } from "./scheduler.ts";
import { SummaryTally } from "./summary.ts";
import { transitionEvent } from "./transition-event.ts";
import { type Watchdog, watchLoop } from "./watchdog/loop-watchdog.ts";

/** What a run needs besides its plan: the session, the store, and who listens. */
export interface RunPipelineOptions {
  readonly project: Project;
  readonly plan: RunPlan;
  /**
   * Opens the session of the run, once the run is recorded; the run stops it at its end. Those of the nodes begin as
   * copies of it: with its settings, views, functions and uploaded files.
   */
  readonly openSession: (signal: AbortSignal | undefined) => Promise<SparkSession>;
  readonly store: RunStore;
  readonly bus: EventBus;
  /** Cancels the run: every operation on the server is interrupted, confirmed and recorded. */
  readonly signal?: AbortSignal | undefined;
  /** @default that of the project's settings */
  readonly logLevel?: LogLevel | undefined;
  /** @default a new random UUID */
  readonly runId?: string | undefined;
  /** The run to go on with, by the same plan, instead of beginning one. */
  readonly resume?: Resumption | undefined;
  /** How long a silent runner keeps its pipeline from others, and how often this one gives a sign of life. */
  readonly lease?: Pick<LeaseRequest, "staleMs" | "heartbeatMs"> | undefined;
  readonly hooks?: RunHooks | undefined;
  /** Reads and stores the datasets instead of the engine. */
  readonly datasets?: DatasetAccess | undefined;
  /**
   * Where a thread says at once that a node blocks the process, which it ends when a timeout has long passed: the
   * descriptor of a file. @default blocking is told of once it is over, and the process never ended
   */
  readonly watchdogFd?: number | undefined;
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
  #watchdog: Watchdog | undefined;
  /** What was decided about the nodes, once a run is resumed. */
  #resumed: ReadonlyMap<string, ResumedNode> | undefined;
  /** Why nodes were skipped that no failure was above. */
  #refused: EventError | undefined;
  /** Nodes whose end is recorded. */
  readonly #ended = new Set<string>();
  #finished = false;

  constructor(options: RunPipelineOptions) {
    this.#options = options;
    this.#runId = options.resume?.runId ?? options.runId ?? randomUUID();
    this.#clock = options.clock ?? systemClock;
    this.#logLevel = options.logLevel ?? options.project.settings.logLevel;
    this.#tally = new SummaryTally(options.plan.nodes.map((node) => node.name));
  }

  async run(): Promise<RunSummary> {
    const { plan, project, store, lease: settings } = this.#options;
    const lease = store.holdLease({
      ...settings,
      pipeline: plan.pipeline,
      window: plan.window === undefined ? "" : windowLabel(plan.window),
      environment: project.environment ?? "",
      writes: writtenPlaces(plan),
      runId: this.#runId,
    });
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
    const { plan, resume } = this.#options;
    const startedAt = this.#clock.now();
    if (resume === undefined) this.#announce();
    const stop = new RunStop(plan, anySignal(this.#options.signal, lease.lost), this.#clock);
    const releases = [
      listenMeanwhile(),
      handleOtherFaults((kind, thrown) => {
        stop.fault(kind, thrown);
        return true;
      }),
    ];
    this.#watchdog = this.#watch();
    let states: ReadonlyMap<string, NodeState> = new Map();
    let error: EventError | undefined;
    try {
      const gate = this.#breaker();
      gate?.admitRun();
      states = await this.#withSession(stop.signal, async (executor, session) => {
        await this.#takeUp(session, lease, stop.signal);
        await this.#parse(session);
        return await this.#schedule(executor, stop.signal, gate);
      });
    } catch (thrown) {
      // A run that could not be resumed stays as it was.
      const untouched = resume !== undefined && this.#resumed === undefined;
      if (isStoreFailure(thrown) || untouched) throw thrown;
      for (const { name } of this.#toRun())
        if (!this.#ended.has(name)) this.#publish({ type: "node_cancelled", node: name });
      if (!(stop.signal.aborted && isCancellation(thrown))) error = this.#describe(thrown, "RUN_FAILED");
    } finally {
      stop.dispose();
      await this.#watchdog?.stop();
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
  #watch(): Watchdog | undefined {
    const { plan, watchdogFd: fd } = this.#options;
    if (plan.nodes.every(({ config }) => config.code.kind === "sql")) return undefined;
    const { runTimeoutMs } = plan;
    return watchLoop({
      lastResort: fd === undefined ? undefined : { fd, runId: this.#runId, runTimeoutMs },
      onBlocking: ({ node, ms, place }) => {
        const where = place === undefined ? "" : ` at ${displayPath(place.replace(/^file:\/\//, ""))}`;
        const message = `node '${node}' blocked the event loop for ${formatDuration(ms)}${where}`;
        this.#publish({ type: "node_log", node, level: "warn", message, fields: { ms: Math.round(ms) } });
      },
    });
  }

  /** The start of the run and, at level debug, why each node waits for which. */
  #announce(): void {
    const { plan, project } = this.#options;
    this.#publish(startedEvent(project, plan));
    if (this.#logLevel === "debug") for (const event of waitingLogs(plan)) this.#publish(event);
  }

  /** Ends what a runner before this one left on the server; then decides, of a resumed run, what is left to do. */
  async #takeUp(session: SparkSession, lease: HeldLease, signal: AbortSignal): Promise<void> {
    const { plan, store, project, resume } = this.#options;
    const publish = (event: RunEventBody) => this.#publish(event);
    const context = { project, plan, store, session, clock: this.#clock, signal, publish };
    for (const previous of lease.previousRunIds)
      if (previous !== this.#runId) await fenceRun(previous, context);
    if (resume === undefined) return;
    const resumed = await prepareResumption(resume, lease.epoch, context);
    this.#publish(resumed);
    this.#resumed = new Map(resumed.nodes.map((node) => [node.name, node]));
  }

  /** What only Spark's parser knows is known before anything is written, not when its node's turn comes. */
  async #parse(session: SparkSession): Promise<void> {
    const nodes = this.#toRun();
    if (nodes.length < 2) return;
    const { project, plan } = this.#options;
    const texts = nodes.flatMap(({ name: node, config }): NodeSql[] => {
      const { code, hyperparams: params } = config;
      if (code.kind !== "sql") return [];
      const values = sqlValues(code.text, { ...plan.window, params });
      return [{ node, text: code.text, values, placeOf: (offset) => sqlPlace(project.root, config, offset) }];
    });
    throwIfAny(await sqlFaults(session, texts));
  }

  /** When the run began; `undefined` when nothing is recorded of it. */
  #startedMs(): number | undefined {
    const { store } = this.#options;
    const run = store.getRun(this.#runId);
    return run && Date.parse(run.startedAt);
  }

  /** The nodes that are to run: all, but of a resumed run those that it decided so. */
  #toRun(): readonly PlannedNode[] {
    const { nodes } = this.#options.plan;
    return nodes.filter(({ name }) => (this.#resumed?.get(name)?.decision ?? "run") === "run");
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

  async #withSession<T>(
    signal: AbortSignal,
    work: (executor: NodeExecutor, session: SparkSession) => Promise<T>,
  ): Promise<T> {
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
      const session = await sessions.get();
      const executor = new NodeExecutor({
        project,
        plan,
        sessions,
        runId: this.#runId,
        startedMs: this.#startedMs(),
        logLevel: this.#logLevel,
        clock: this.#clock,
        publish: (event) => this.#publish(event),
        hooks: this.#options.hooks,
        datasets: this.#options.datasets,
      });
      return await work(executor, session);
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
    const planned = new Map(this.#toRun().map((node) => [node.name, node]));
    const attemptsBefore = (node: string) => this.#resumed?.get(node)?.attempts ?? 0;
    return await schedule<bigint>({
      nodes: [...planned.values()].map(({ name, dependsOn }) => ({
        name,
        dependsOn: dependsOn.flatMap(({ node }) => (planned.has(node) ? [node] : [])),
      })),
      maxParallel: plan.maxParallelNodes,
      priorities: priorities(plan, store.lastDurations(plan.pipeline)),
      failFast: plan.failFast,
      gate,
      signal,
      clock: this.#clock,
      execute: (node, made, nodeSignal) => {
        const attempt = made + attemptsBefore(node);
        const execute = () => executor.execute(node, attempt, nodeSignal);
        const run = () => this.#watchdog?.attempt(node, planned.get(node)?.timeoutMs, execute) ?? execute();
        return hooks?.aroundAttempt({ runId: this.#runId, node, attempt }, run) ?? run();
      },
      cleanUp: (node) => executor.cleanUp(node),
      timeoutMs: (node) => planned.get(node)?.timeoutMs,
      retryDelay: (node, attempt, error) => {
        const retries = planned.get(node)?.retries;
        const hopeless = classifyFailure(error) === "permanent" || executor.isUnrepeatable(node);
        return hopeless || retries === undefined ? undefined : retryDelayMs(retries, attempt, random);
      },
      onTransition: (node, to) => {
        this.#publish(
          transitionEvent(node, attemptsBefore(node), to, {
            failure: (error) => this.#describe(error, "NODE_THREW"),
            refusal: (error) => this.#refusal(error),
          }),
        );
        if (isTerminal(to.state)) this.#ended.add(node);
      },
    });
  }

  #refusal(error: SparkwrightError): EventError {
    this.#refused ??= this.#describe(error, error.code);
    return this.#refused;
  }

  #status(states: ReadonlyMap<string, NodeState>, error: EventError | undefined): RunStatus {
    const all = [...states.values()];
    if (error !== undefined) return "failed";
    const undecided = [...(this.#resumed?.values() ?? [])].some(({ decision }) => decision === "undecided");
    const complete = all.length === this.#toRun().length && all.every((state) => state === "success");
    if (complete && !undecided) return "success";
    return this.#options.signal?.aborted ? "cancelled" : "failed";
  }

  #describe(thrown: unknown, fallbackCode: string): EventError {
    const { bus, project } = this.#options;
    const options = { withStack: this.#logLevel === "debug", projectRoot: project.root };
    return bus.redactor.error(describeError(thrown, fallbackCode, options));
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

/** Where a plan's nodes write; what is found by its options counts by its name, as it may be one place under two. */
function writtenPlaces({ nodes, datasets }: RunPlan): string[] {
  const outputs = new Set(nodes.flatMap(({ config }) => config.outputs));
  return [...outputs].map((name) => {
    const location = datasets.get(name)?.location;
    return (location && placeOf(location)) ?? `dataset ${name}`;
  });
}

function isStoreFailure(thrown: unknown): boolean {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
  return typeof code === "string" && /^RUN_(STATE|LEASE)_/.test(code);
}
