// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the files under test hold variables
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { MaskedStream } from "../../../src/cli/terminal/masked-stream.ts";
import { loadProject } from "../../../src/config/load-project.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { SecretMask } from "../../../src/core/secret-mask.ts";
import { EventBus } from "../../../src/events/event-bus.ts";
import { toNdjson } from "../../../src/events/ndjson.ts";
import type { RunEvent } from "../../../src/events/run-event.ts";
import { executePlan } from "../../../src/facade/execute-plan.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { withFolder } from "../config/project-folder.ts";
import { escapings, secrets as secretTexts } from "../core/spellings-of-secrets.ts";
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

  it("are in no sink in any spelling, and leave names, ids, times and JSON as they are", () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(secretTexts, fc.constantFrom("1", "cause", "COMPLETE", "message")), (value) =>
        withFolder(
          {
            "config/global_settings.yaml": "observe: {lineage: {file: lineage.ndjson}}\n",
            "config/nodes.yaml":
              "node1: {sql: select 1, output: o, description: 'has ${secret:env:S} in it'}\n",
            "config/pipelines.yaml": "p1: {nodes: [node1], description: 'with ${secret:env:S} too'}\n",
          },
          async (root) => {
            const project = await loadProject(root, { variables: { S: value } });
            const told = Object.values(escapings).map((written) => `<${written(value)}>`);
            const bus = new EventBus();
            const events: RunEvent[] = [];
            bus.subscribe("test", (event) => void events.push(event));
            await executePlan({
              project,
              plan: planRun(project, "p1"),
              bus,
              openSession: () => Promise.reject(new SparkwrightError("CONNECT_TEST", told.join(" "))),
            }).catch(() => undefined);
            const folder = join(root, ".sparkwright");
            const logs = readdirSync(join(folder, "logs")).map((name) => join(folder, "logs", name));
            const texts = [...logs, join(root, "lineage.ndjson")].map((file) => readFileSync(file, "utf8"));
            texts.push(events.map(toNdjson).join(""));
            const [first] = events;
            for (const text of texts) {
              const lines = text
                .trimEnd()
                .split("\n")
                .map((line): unknown => JSON.parse(line));
              expect(lines).to.have.length.greaterThan(1);
              expect(text).to.include("p1").and.to.include(first?.at);
            }
            if (value.length < 6) return;
            const store = readFileSync(join(folder, "runs.db"), "latin1");
            const { out } = await command(root, "list");
            for (const text of [...texts, store, out, first?.at ?? ""]) {
              for (const [name, written] of Object.entries(escapings)) {
                if (/base|basic/.test(name) || value === "COMPLETE" || value === "message") continue;
                expect(text, name).not.to.include(written(value));
                expect(text, name).not.to.include(JSON.stringify(written(value)).slice(1, -1));
              }
            }
          },
        ),
      ),
      { numRuns: 12, examples: [["1"], ["cause"], ["COMPLETE"], ["message"], [`S3cr'et/"tok en&1`]] },
    )).timeout(120_000);

  it("are masked in what code prints, also across two writes, and binary output stays as it is", () => {
    const chunks: Buffer[] = [];
    const stream = { write: (chunk: Buffer) => chunks.push(chunk) > 0 };
    const mask = new SecretMask();
    mask.add("hunter2é!");
    const masked = new MaskedStream(mask, stream.write as never);
    masked.write("the hunt");
    masked.write("er2é! and hun");
    masked.write(Buffer.from([0xff, 0x00, 0xfe]));
    masked.write("hunter");
    masked.flush();
    expect(Buffer.concat(chunks).toString("latin1")).to.equal("the *** and hun\xff\x00\xfehunter");
  });

  it("are not masked where only their name is", async () => {
    await withFolder(
      {
        ...files,
        "config/datasets.yaml":
          "d:\n  optins: {token: secret:env:T, u: 'x;token=${secret:env:P}'}\n  token: s3cr3t\n",
      },
      async (root) => {
        const { err } = await command(root, "list");
        expect(err).to.include("token: secret:env:T, u: 'x;token=${secret:env:P}'");
        expect(err).not.to.include("s3cr3t");
      },
    );
  });
});
