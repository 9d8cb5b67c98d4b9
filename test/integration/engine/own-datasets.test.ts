import { join } from "node:path";
import { expect } from "chai";
import type { RunSummary } from "../../../src/events/run-summary.ts";
import { BaseExecutor } from "../../../src/facade/base-executor.ts";
import { Context } from "../../../src/facade/context.ts";
import { InputLoader, type LoadRequest } from "../../../src/facade/input-loader.ts";
import { OutputManager, type SaveDatasetRequest } from "../../../src/facade/output-manager.ts";
import { getSpark } from "../spark.ts";
import { EngineProject, engineSession } from "./engine-project.ts";

const files = {
  "config.yaml": `
global_settings: { execution: { retries: { max: 2, initial_delay: 1s, jitter: none } } }
pipelines: { p: { nodes: [made, kept] } }
datasets:
  made: { table: $DB.made, mode: append }
  kept: { path: data/kept, format: parquet, mode: append }
nodes:
  made: { sql: "select id from range(10)", output: made }
  kept: { function: etl.kept, input: made, output: kept }
`,
  "src/etl.mjs": "export const kept = (rows) => rows.where('id % 2 = 0');\n",
};

/** Reads no more than three rows. */
class Sampled extends InputLoader {
  readonly loaded: string[] = [];

  override async load(request: LoadRequest) {
    this.loaded.push(request.dataset);
    return (await super.load(request)).where("id < 3");
  }
}

/** Fails the first save of one dataset behind its write, with what a retry is for. */
class Failing extends OutputManager {
  readonly saved: string[] = [];
  failing: string | undefined;

  override async save(request: SaveDatasetRequest) {
    this.saved.push(request.dataset);
    const saved = await super.save(request);
    if (this.failing !== request.dataset) return saved;
    this.failing = undefined;
    throw Object.assign(new Error("the audit service hung up"), { code: "ECONNRESET" });
  }
}

describe("an executor's own inputLoader and outputManager", function () {
  this.timeout(120_000);
  let project: EngineProject;
  let context: Context;

  beforeEach(async () => {
    project = new EngineProject(files);
    context = await Context.load(join(project.root, "config.yaml"));
  });
  afterEach(() => project.drop());

  async function run(own: {
    readonly inputLoader?: InputLoader;
    readonly outputManager?: OutputManager;
  }): Promise<RunSummary> {
    const executor = new BaseExecutor({ context, ...own, openSession: () => engineSession() });
    return await executor.executePipeline({ pipelineName: "p" });
  }

  const kept = () => project.rows(`select id from parquet.\`${project.root}/data/kept\` order by id`);

  it("see every load and every save of its runs, and what they return is used", async () => {
    const [inputLoader, outputManager] = [new Sampled(context), new Failing(context)];
    const summary = await run({ inputLoader, outputManager });
    expect(summary).to.include({ status: "success", rows: 10n + 2n });
    expect(inputLoader.loaded).to.deep.equal(["made"]);
    expect(outputManager.saved).to.deep.equal(["made", "kept"]);
    expect(await kept()).to.deep.equal(["0", "2"]);
  });

  it("are told when they give back what a run cannot use", async () => {
    class Empty extends InputLoader {
      override load(): Promise<never> {
        return Promise.resolve(undefined as never);
      }
    }
    class Forgetful extends OutputManager {
      override save(): Promise<never> {
        return Promise.resolve(undefined as never);
      }
    }
    const errors = async (own: Parameters<typeof run>[0]) =>
      (await run(own)).nodes.map(({ name, error }) => [name, error?.code]);
    expect(await errors({ inputLoader: new Empty(context) })).to.deep.equal([
      ["made", undefined],
      ["kept", "DATASET_LOADER_RESULT"],
    ]);
    expect(await errors({ outputManager: new Forgetful(context) })).to.deep.equal([
      ["made", "DATASET_NOT_SAVED"],
      ["kept", undefined],
    ]);
  });

  it("a save that failed after it had appended to files is not tried again", async () => {
    const outputManager = new Failing(context);
    outputManager.failing = "kept";
    const summary = await run({ outputManager });
    expect(summary.status).to.equal("failed");
    expect(outputManager.saved).to.deep.equal(["made", "kept"]);
    expect(await kept()).to.deep.equal(["0", "2", "4", "6", "8"]);
  });

  it("a save of a Delta table that failed after its commit is tried again, and writes once", async () => {
    const outputManager = new Failing(context);
    outputManager.failing = "made";
    const summary = await run({ outputManager });
    expect(summary.status).to.equal("success");
    expect(outputManager.saved).to.deep.equal(["made", "made", "kept"]);
    expect(await project.rows("select count(*) from $DB.made")).to.deep.equal(["10"]);
    const history = await (await getSpark()).sql(`DESCRIBE HISTORY ${project.db}.made`);
    expect(await history.where("operationMetrics.numOutputRows > 0").count()).to.equal(1n);
  });
});
