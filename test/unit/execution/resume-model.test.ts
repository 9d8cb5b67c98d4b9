import { expect } from "chai";
import fc from "fast-check";
import type { DatasetConfig, WriteMode } from "../../../src/config/project.ts";
import type { NodeFingerprint } from "../../../src/events/run-event.ts";
import { decide } from "../../../src/execution/resume/decide.ts";
import { lostOutputs } from "../../../src/execution/resume/lost-outputs.ts";
import type { OutputAtTarget } from "../../../src/execution/resume/outputs-at-targets.ts";
import { settleNodes } from "../../../src/execution/resume/settle-nodes.ts";
import { standingOutputs } from "../../../src/execution/resume/standing-outputs.ts";
import { writtenBySuccess } from "../../../src/execution/resume/written-by-success.ts";
import { commitFate } from "../../../src/io/commit-fate.ts";
import { tagText, transactionId } from "../../../src/io/commit-tag.ts";
import type { DeltaCommit } from "../../../src/io/delta-history.ts";
import { isOnceOnly, type OutputFate } from "../../../src/io/output-fate.ts";
import type { PlannedNode, RunPlan } from "../../../src/planning/run-plan.ts";
import { Timestamp } from "../../../src/sql/index.ts";
import type { DatasetRecord, NodeRecord, RunDetails } from "../../../src/state/run-store.ts";

const foreign = "foreign";
/** How many rows each write of a node makes. */
const rowsPerWrite = 2;

/** A Delta table as far as a resume sees it: its rows, version by version, and the log beside them. */
class ModelTable {
  versions: (readonly string[])[] = [];
  log: DeltaCommit[] = [];
  readonly transactions = new Set<string>();

  get rows(): readonly string[] {
    return this.versions.at(-1) ?? [];
  }

  get history(): readonly DeltaCommit[] {
    return this.log.toReversed();
  }

  commit(
    operation: string,
    rows: readonly string[],
    {
      parameters = {},
      metrics = {},
      userMetadata,
    }: {
      readonly parameters?: Readonly<Record<string, string | null>>;
      readonly metrics?: Readonly<Record<string, string>>;
      readonly userMetadata?: string;
    } = {},
  ): void {
    const version = BigInt(this.versions.length);
    this.versions.push(rows);
    this.log.push({
      version,
      committedAt: new Timestamp(version * 1_000_000n),
      operation,
      parameters: new Map(Object.entries(parameters)),
      metrics: new Map(Object.entries(metrics)),
      userMetadata,
    });
  }

  drop(): void {
    this.versions = [];
    this.log = [];
    this.transactions.clear();
  }
}

const disturbances = {
  append: (table: ModelTable) =>
    table.commit("WRITE", [...table.rows, foreign], { parameters: { mode: "Append" } }),
  overwrite: (table: ModelTable) =>
    table.commit("WRITE", [foreign], {
      parameters: { mode: "Overwrite" },
      metrics: { numRemovedFiles: String(table.rows.length) },
    }),
  deleteAll: (table: ModelTable) => {
    if (table.rows.length === 0) return;
    const metrics = { numDeletedRows: String(table.rows.length) };
    table.commit("DELETE", [], { parameters: { predicate: '["true"]' }, metrics });
  },
  deleteOne: (table: ModelTable) => {
    if (table.rows.length === 0) return;
    const parameters = { predicate: '["(id#1 = 1)"]' };
    table.commit("DELETE", table.rows.slice(1), { parameters, metrics: { numDeletedRows: "1" } });
  },
  truncate: (table: ModelTable) => table.commit("TRUNCATE", []),
  replace: (table: ModelTable) => table.commit("CREATE OR REPLACE TABLE", []),
  optimize: (table: ModelTable) =>
    table.commit("OPTIMIZE", table.rows, { metrics: { numRemovedFiles: "2" } }),
  update: (table: ModelTable) => table.commit("UPDATE", table.rows, { metrics: { numUpdatedRows: "1" } }),
  mergeDelete: (table: ModelTable) => {
    if (table.rows.length === 0) return;
    table.commit("MERGE", table.rows.slice(0, -1), { metrics: { numTargetRowsDeleted: "1" } });
  },
  drop: (table: ModelTable) => table.drop(),
} as const;

type Disturbance = keyof typeof disturbances;

type Step =
  | { readonly kind: "resume"; readonly crash: number; readonly forced: readonly string[] }
  | { readonly kind: "change"; readonly node: number }
  | { readonly kind: "disturb"; readonly node: number; readonly how: Disturbance }
  | { readonly kind: "restore"; readonly node: number; readonly back: number };

/** Where an attempt ends: before its write, after it but before anybody is told, or well. */
const crashPoints = ["none", "a before", "a after", "b before", "b after"] as const;

const names = ["a", "b"] as const;

/** One run of `a → b`, whose rows carry the code and the input that they were made of. */
class ModelRun {
  readonly tables = new Map(names.map((name) => [name, new ModelTable()]));
  readonly code = new Map<string, number>(names.map((name) => [name, 1]));
  readonly modes: ReadonlyMap<string, WriteMode>;
  readonly run: RunDetails & { nodes: NodeRecord[]; datasets: DatasetRecord[] };

  constructor(modes: readonly WriteMode[]) {
    this.modes = new Map(names.map((name, index) => [name, modes[index] ?? "append"]));
    this.run = {
      runId: "r",
      pipeline: "p",
      state: "running",
      startedAt: "1970-01-01T00:00:00.000Z",
      nodes: names.map((name) => ({ name, dependsOn: [], state: "pending", attempts: [] })),
      operations: [],
      datasets: [],
      checks: [],
    };
  }

  table(node: string): ModelTable {
    return this.tables.get(node as "a") as ModelTable;
  }

  print(node: string): NodeFingerprint {
    return { config: "c", code: String(this.code.get(node)), parameters: "p", window: "w" };
  }

  dataset(node: string): DatasetConfig {
    return {
      name: node,
      location: { kind: "table", table: node },
      format: "delta",
      mode: this.modes.get(node) ?? "append",
      partitionBy: [],
      mergeKeys: [],
      options: {},
    };
  }

  get plan(): RunPlan {
    return {
      window: undefined,
      datasets: new Map(names.map((name) => [name, this.dataset(name)])),
      nodes: names.map((name) => ({ name, config: { outputs: [name] } }) as unknown as PlannedNode),
    } as unknown as RunPlan;
  }

  fate(node: string): OutputFate {
    const { history } = this.table(node);
    return history.length === 0 ? { kind: "gone" } : commitFate(history, { runId: "r", node }, node);
  }

  /** What `saveOutput` does on Delta, for one attempt. */
  write(node: string, attempt: number, rows: readonly string[]): bigint {
    const table = this.table(node);
    const dataset = this.dataset(node);
    const fate = attempt > 1 && isOnceOnly(dataset) ? this.fate(node) : undefined;
    if (fate?.kind === "stands") return fate.commit.version;
    if (fate?.kind === "damaged") throw new Error("DATASET_WRITE_DAMAGED");
    const redoOf = fate?.kind === "undone" ? fate.commit.version : undefined;
    const tag = { pipeline: "p", node, runId: "r", attempt, mode: dataset.mode, redoOf };
    const userMetadata = tagText(tag, node);
    if (dataset.mode === "overwrite") {
      const parameters = { mode: "Overwrite" };
      const metrics = { numRemovedFiles: String(table.rows.length) };
      table.commit("WRITE", rows, { parameters, metrics, userMetadata });
    } else {
      if (table.versions.length === 0) table.commit("CREATE TABLE", []);
      const id = transactionId(tag, node);
      if (table.transactions.has(id)) throw new Error("Delta skipped a write that is not there");
      table.transactions.add(id);
      table.commit("WRITE", [...table.rows, ...rows], { parameters: { mode: "Append" }, userMetadata });
    }
    return BigInt(table.versions.length - 1);
  }

  /** One runner: what it decided, and whether it ended in success. */
  go(crash: string, forced: readonly string[]): { readonly success: boolean } {
    const targets = new Map<string, readonly OutputAtTarget[]>(
      this.run.nodes
        .filter(({ attempts }) => attempts.length > 0)
        .map(({ name }) => [
          name,
          [
            {
              dataset: this.dataset(name),
              fate: this.fate(name),
              recorded: this.run.datasets.findLast(({ node }) => node === name),
            },
          ],
        ]),
    );
    const written = writtenBySuccess(this.run);
    const head = this.table("a").history[0];
    const decided = decide({
      nodes: names.map((name) => ({
        name,
        dependsOn: name === "b" ? ["a"] : [],
        fingerprint: this.print(name),
      })),
      stored: new Map(this.run.nodes.map((node) => [node.name, node])),
      ...settleNodes(this.plan, this.run, targets),
      written,
      lost: lostOutputs(written, targets),
      standing: standingOutputs(targets, undefined),
      versions: new Map([
        ["a", head === undefined ? [] : [{ version: head.version, committedAt: String(head.version) }]],
      ]),
      forced: new Set(forced),
      kept: new Set(),
      commands: { resume: "", retry: "", newRun: "" },
    });
    for (const { name, decision, attempts, datasets = [] } of decided) {
      const index = names.indexOf(name as "a");
      const node = this.run.nodes[index] as NodeRecord;
      const closed = node.attempts.map((one) =>
        one.state === "running" ? { ...one, state: "failed" as const } : one,
      );
      if (decision === "keep") continue;
      if (decision === "settled") {
        this.run.nodes[index] = {
          ...node,
          state: "success",
          attempts: closed.map((one) => (one.attempt === attempts ? { ...one, state: "success" } : one)),
        };
        for (const one of datasets)
          this.run.datasets.push({ ...one, node: name, attempt: attempts, writtenAt: "" });
        continue;
      }
      if (decision !== "run") {
        this.run.nodes[index] = { ...node, state: "failed", attempts: closed };
        return { success: false };
      }
      const input = this.table("a");
      const version = BigInt(input.versions.length - 1);
      const inputs = name === "a" ? [] : [{ dataset: "a", version, committedAt: String(version) }];
      const attempt = { attempt: attempts + 1, startedAt: "", fingerprint: this.print(name), inputs };
      const end = (state: "running" | "success") => {
        this.run.nodes[index] = { ...node, state, attempts: [...closed, { ...attempt, state }] };
      };
      end("running");
      if (crash === `${name} before`) return { success: false };
      const made = `${name}${this.code.get(name)}${name === "b" ? `<${[...input.rows].sort().join()}>` : ""}`;
      const at = this.write(name, attempt.attempt, Array(rowsPerWrite).fill(made) as string[]);
      if (crash === `${name} after`) return { success: false };
      this.run.datasets.push({
        node: name,
        attempt: attempt.attempt,
        dataset: name,
        mode: this.modes.get(name) ?? "",
        outcome: "written",
        rows: BigInt(rowsPerWrite),
        version: at,
        durationMs: 0,
        writtenAt: "",
      });
      end("success");
    }
    return { success: true };
  }
}

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("resume" as const),
      crash: fc.nat(crashPoints.length - 1),
      forced: fc.subarray(["a", "b"]).map((all) => (all.length === 2 ? [] : all)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("change" as const), node: fc.nat(1) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("disturb" as const),
      node: fc.nat(1),
      how: fc.constantFrom(...(Object.keys(disturbances) as Disturbance[])),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("restore" as const), node: fc.nat(1), back: fc.nat(4) }),
  },
);

describe("a run that is resumed, against a model", () => {
  const mode = fc.constantFrom<WriteMode>("append", "overwrite");
  const modes = fc.tuple(mode, mode);

  it("succeeds only with all rows of the present code once, and none of an older one", () => {
    let successes = 0;
    let refusals = 0;
    fc.assert(
      fc.property(modes, fc.array(step, { minLength: 1, maxLength: 14 }), (chosen, steps) => {
        const model = new ModelRun(chosen);
        for (const one of steps) {
          if (one.kind === "change") {
            const node = names[one.node] ?? "a";
            model.code.set(node, (model.code.get(node) ?? 0) + 1);
          } else if (one.kind === "disturb") {
            const table = model.table(names[one.node] ?? "a");
            if (table.versions.length > 0) disturbances[one.how](table);
          } else if (one.kind === "restore") {
            const table = model.table(names[one.node] ?? "a");
            const to = Math.max(0, table.versions.length - 1 - one.back);
            const rows = table.versions[to];
            if (rows !== undefined)
              table.commit("RESTORE", rows, { parameters: { version: String(to), timestamp: null } });
          } else {
            const { success } = model.go(crashPoints[one.crash] ?? "none", one.forced);
            if (!success) {
              refusals += 1;
              continue;
            }
            successes += 1;
            for (const name of names) {
              const own = model.table(name).rows.filter((row) => row.startsWith(name));
              expect(own, `${name} of ${JSON.stringify(model.table(name).rows)}`).to.have.length(
                rowsPerWrite,
              );
              expect(new Set(own).size).to.equal(1);
              expect(own[0]).to.match(new RegExp(`^${name}${model.code.get(name)}(<|$)`));
            }
          }
        }
      }),
      { numRuns: 3_000, seed: 11 },
    );
    expect(successes).to.be.above(1_500);
    expect(refusals).to.be.above(1_500);
  });

  it("tells of a commit by the history alone whether its rows are there, in part, or not at all", () => {
    const how = fc.constantFrom(...(Object.keys(disturbances) as Disturbance[]), "own", "restore");
    fc.assert(
      fc.property(fc.array(fc.tuple(how, fc.nat(6)), { maxLength: 14 }), (steps) => {
        const table = new ModelTable();
        table.commit("CREATE TABLE", []);
        let made = 0;
        for (const [one, number] of steps) {
          if (one === "restore") {
            const to = number % Math.max(1, table.versions.length);
            const rows = table.versions[to];
            if (rows !== undefined)
              table.commit("RESTORE", rows, { parameters: { version: String(to), timestamp: null } });
          } else if (one === "own") {
            made += 1;
            const tag = { pipeline: "p", node: "n", runId: "r", attempt: made, mode: "append" };
            const rows = [...table.rows, `own${made}`, `own${made}`];
            const parameters = { mode: "Append" };
            table.commit("WRITE", rows, { parameters, userMetadata: tagText(tag, "d") });
          } else {
            disturbances[one](table);
          }
          const fate = commitFate(table.history, { runId: "r", node: "n" }, "d");
          const count = (attempt: number) => table.rows.filter((row) => row === `own${attempt}`).length;
          if (fate.kind === "stands") expect(count(fate.commit.tag.attempt)).to.equal(2);
          if (fate.kind === "undone" || fate.kind === "absent")
            expect(table.rows.filter((row) => row.startsWith("own")).length).to.be.oneOf([0]);
        }
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });
});
