// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { EventBus } from "../../../src/events/event-bus.ts";
import { executePlan } from "../../../src/facade/execute-plan.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { withFolder } from "../config/project-folder.ts";
import { command } from "./command.ts";

const secret = "hunter2";
const files = {
  "config/global_settings.yaml": `spark: {conf: {spark.x: secret:file:db-password}}
hyperparams: {token: secret:file:db-password}
`,
  "config/nodes.yaml": 'a: {sql: "select 1", output: o, description: "secret:file:db-password"}\n',
  "config/pipelines.yaml": "p: {nodes: [a]}\n",
  "config/environments/dev/pipelines.yaml": "only_dev: {nodes: [a]}\n",
  "config/environments/broken/nodes.yaml": 'a: {dependencies: "b.${secret:file:db-password}"}\n',
  "db-password": `${secret}\n`,
};

describe("environments and secrets on the command line", () => {
  it("takes --env on every command that loads a project", () =>
    withFolder(files, async (root) => {
      expect((await command(root, "list", "--env", "dev")).out).to.include("only_dev");
      expect((await command(root, "list")).out).not.to.include("only_dev");
      expect((await command(root, "validate", "--env", "dev")).out).to.include("✓ only_dev is valid");
      expect((await command(root, "graph", "only_dev", "--env", "dev")).out).to.include("a");
      expect((await command(root, "plan", "only_dev", "--env", "dev")).out).to.include("***");
      for (const argv of [
        ["list"],
        ["validate"],
        ["plan", "p"],
        ["graph", "p"],
        ["run", "p"],
        ["sql", "select 1"],
      ]) {
        const { err } = await command(root, ...argv, "--env", "dve");
        expect(err, argv.join(" ")).to.include('there is no environment "dve", which --env asks for');
        expect(err, argv.join(" ")).not.to.include("-->");
        expect(err).to.include('Did you mean "dev"?');
      }
    }));

  it("prints no secret, not even in the errors of what names one", () =>
    withFolder(files, async (root) => {
      for (const argv of [
        ["validate"],
        ["plan", "p"],
        ["graph", "p"],
        ["run", "nope"],
        ["validate", "nope"],
      ]) {
        for (const env of ["dev", "broken"]) {
          const { out, err } = await command(root, ...argv, "--env", env);
          expect(out + err, [...argv, env].join(" ")).not.to.include(secret);
        }
      }
      expect((await command(root, "validate", "--env", "broken")).err).to.include('"b.***"');
    }));

  it("keeps them from the events and from the run store", () =>
    withFolder(files, async (root) => {
      const project = await loadProject(root, { variables: {} });
      const bus = new EventBus();
      const events: string[] = [];
      bus.subscribe("test", (event) => void events.push(JSON.stringify(event)));
      await executePlan({
        project,
        plan: planRun(project, "p"),
        bus,
        openSession: () =>
          Promise.reject(
            new SparkwrightError("CONNECT_TEST", `refused ${secret}`, { hint: `not ${secret}` }),
          ),
      }).catch(() => undefined);
      expect(events.join("\n")).not.to.include(secret);
      const folder = join(root, ".sparkwright");
      const stored = readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => readFileSync(join(folder, name), "latin1"));
      expect(stored.join("")).to.include("refused ***");
      expect(stored.join("")).not.to.include(secret);
    }));
});
