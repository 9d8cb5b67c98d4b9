/** daily_etl in process, as `sparkwright run daily_etl` does it: events, run store and all. */
import { join } from "node:path";
import { loadProject } from "../../src/config/load-project.ts";
import { EventBus } from "../../src/events/event-bus.ts";
import { runPipeline } from "../../src/execution/run-pipeline.ts";
import { planRun } from "../../src/planning/run-plan.ts";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { openRunStore } from "../../src/state/sqlite-run-store.ts";
import { checkPlan } from "../../src/validation/check.ts";
import { serve } from "../harness/serve.ts";

const [, , remote = "", maxParallelNodes = "4"] = process.argv;
const folder = join(import.meta.dirname, "../../examples/flights");

await serve({
  async etl() {
    const project = await loadProject(folder);
    const plan = planRun(project, "daily_etl", { maxParallelNodes: Number(maxParallelNodes) });
    if ((await checkPlan(project, plan)).length > 0) throw new Error("the project is not valid");
    const store = openRunStore(project.root);
    try {
      const openSession = () =>
        SparkSession.builder().remote(remote).config(project.settings.spark.conf).create();
      const summary = await runPipeline({ project, plan, openSession, store, bus: new EventBus() });
      if (summary.status !== "success") throw new Error(`the run ended as ${summary.status}`);
    } finally {
      store.close();
    }
  },
});
