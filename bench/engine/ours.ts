/**
 * The work of engine.bench.ts with sparkwright: a project on disk, its run store, its run log. The session is never
 * used, for its nodes touch no Spark.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadProject } from "../../src/config/load-project.ts";
import type { Project } from "../../src/config/project.ts";
import { EventBus } from "../../src/events/event-bus.ts";
import { runPipeline } from "../../src/execution/run-pipeline.ts";
import { planRun, type RunPlan } from "../../src/planning/run-plan.ts";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { openRunStore } from "../../src/state/sqlite-run-store.ts";
import { checkPlan } from "../../src/validation/check.ts";
import { serve } from "../harness/serve.ts";
import type { Shape } from "./shapes.ts";

const base = mkdtempSync(join(tmpdir(), "sparkwright-bench-engine-"));

function writeProject(root: string, shape: Shape): void {
  mkdirSync(join(root, "config"), { recursive: true });
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "src/noop.ts"), "export function noop(): void {}\n");
  const nodes = shape.map((needs, node) => {
    const dependencies = needs.map((need) => `n${need}`).join(", ");
    return `n${node}: {function: noop.noop, dependencies: [${dependencies}]}\n`;
  });
  writeFileSync(join(root, "config/nodes.yaml"), nodes.join(""));
}

async function prepare(root: string, shape: Shape): Promise<{ project: Project; plan: RunPlan }> {
  writeProject(root, shape);
  const project = await loadProject(root);
  const [pipeline = ""] = project.pipelines.keys();
  const plan = planRun(project, pipeline);
  const errors = await checkPlan(project, plan);
  if (errors.length > 0) throw errors[0];
  return { project, plan };
}

async function runOnce({ project, plan }: { project: Project; plan: RunPlan }): Promise<void> {
  const store = openRunStore(project.root);
  const openSession = () => SparkSession.builder().remote("sc://localhost:1").create();
  const summary = await runPipeline({ project, plan, openSession, store, bus: new EventBus() });
  store.close();
  if (summary.completed !== plan.nodes.length) throw new Error(`${summary.completed} nodes were completed`);
}

const wanted = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Record<string, Shape>;
const commands: Record<string, () => Promise<void>> = {};
for (const [index, [name, shape]] of Object.entries(wanted).entries()) {
  const prepared = await prepare(join(base, String(index)), shape);
  commands[name] = () => runOnce(prepared);
}
await serve(commands);
rmSync(base, { recursive: true });
