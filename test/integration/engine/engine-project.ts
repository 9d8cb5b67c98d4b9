import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadProject } from "../../../src/config/load-project.ts";
import { EventBus } from "../../../src/events/event-bus.ts";
import type { RunEvent } from "../../../src/events/run-event.ts";
import type { RunSummary } from "../../../src/events/run-summary.ts";
import { type RunPipelineOptions, runPipeline } from "../../../src/execution/run-pipeline.ts";
import type { PlanOptions } from "../../../src/planning/run-plan.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import type { RunDetails } from "../../../src/state/run-store.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { getSpark, remote } from "../spark.ts";

export interface RunOutcome {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** What the run store says about the run afterwards. */
  readonly stored: RunDetails;
}

export interface RunSettings extends PlanOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  /** As `onEvent`, but what it throws ends the run. */
  readonly critical?: (event: RunEvent) => void;
  readonly pipeline?: string;
  readonly lease?: RunPipelineOptions["lease"];
  readonly resume?: RunPipelineOptions["resume"];
  readonly environment?: string;
}

/** A project folder of its own, whose tables are in a database of its own: `db` in the files is replaced by it. */
export class EngineProject {
  readonly root: string = mkdtempSync(join(tmpdir(), "engine-"));
  readonly db: string = `engine_${process.pid}_${Date.now().toString(36)}_${Math.floor(Math.random() * 1e6)}`;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      writeFileSync(join(this.root, file), text.replaceAll("$DB", this.db).replaceAll("$ROOT", this.root));
    }
  }

  async run({
    signal,
    onEvent,
    critical,
    pipeline = "p",
    lease,
    resume,
    environment,
    ...planOptions
  }: RunSettings = {}): Promise<RunOutcome> {
    const project = await loadProject(this.root, environment === undefined ? {} : { environment });
    const plan = planRun(project, pipeline, planOptions);
    const bus = new EventBus();
    const events: RunEvent[] = [];
    bus.subscribe("test", (event) => {
      events.push(event);
      onEvent?.(event);
    });
    if (critical !== undefined) bus.subscribe("critical", critical, { critical: true });
    const store = openRunStore(this.root);
    try {
      const openSession = async () => await engineSession();
      const summary = await runPipeline({ project, plan, store, bus, openSession, signal, lease, resume });
      const stored = store.getRun(summary.runId);
      if (stored === undefined) throw new Error("the run was not recorded");
      return { summary, events, stored };
    } finally {
      store.close();
    }
  }

  /** The rows of a query as arrays of strings. */
  async rows(query: string): Promise<string[]> {
    const spark = await getSpark();
    const frame = await spark.sql(query.replaceAll("$DB", this.db));
    return (await frame.collect()).map((row) => Object.values(row).map(String).join(" "));
  }

  async drop(): Promise<void> {
    await (await getSpark()).sql(`DROP DATABASE IF EXISTS ${this.db} CASCADE`);
  }
}

/** Small tables need no 50 partitions for the state of their log. */
export async function engineSession(): Promise<SparkSession> {
  const session = new SparkSession({ remote: await remote() });
  await session.sql("SET spark.databricks.delta.snapshotPartitions = 1");
  return session;
}

export function statuses({ summary }: RunOutcome): Record<string, string> {
  return Object.fromEntries(summary.nodes.map(({ name, status }) => [name, status]));
}

export function errorOf({ summary }: RunOutcome, node: string): string | undefined {
  return summary.nodes.find(({ name }) => name === node)?.error?.code;
}
