import { loadProject } from "../../../src/config/load-project.ts";
import { EventBus } from "../../../src/events/event-bus.ts";
import { runPipeline } from "../../../src/execution/run-pipeline.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { engineSession } from "./engine-project.ts";

// Runs pipeline `p` of the project given, over the day given if one is; started by tests that kill it, or that need a second process.
const day = process.argv[3] || undefined;
const staleMs = Number(process.argv[4] || 30_000);
const project = await loadProject(process.argv[2] ?? ".");
const bus = new EventBus();
let operations = 0;
bus.subscribe("parent", (event) => {
  if (event.type === "node_log") console.log(event.message);
  // The first operation is the write: what the node itself does is lazy.
  if (event.type === "operation_submitted") {
    operations += 1;
    setTimeout(() => console.log(`submitted ${operations}`), 1_000);
  }
});
const summary = await runPipeline({
  project,
  plan: planRun(project, "p", day === undefined ? {} : { startDate: day, endDate: day }),
  store: openRunStore(project.root),
  bus,
  openSession: engineSession,
  lease: { staleMs, heartbeatMs: staleMs / 4 },
});
console.log(summary.status);
