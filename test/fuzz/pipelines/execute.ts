import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Row } from "../../../src/arrow/row.ts";
import { rowValues } from "../../../src/arrow/row.ts";
import { loadProject } from "../../../src/config/load-project.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import type { RunSummary } from "../../../src/events/run-summary.ts";
import { executePlan } from "../../../src/facade/execute-plan.ts";
import { prepareRun } from "../../../src/facade/prepare-run.ts";
import { storedFrame } from "../../../src/io/load-input.ts";
import { isNotFound } from "../../../src/io/not-found.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import {
  type Fault,
  judge,
  type Places,
  placeOf,
  type RunModel,
  type SeenNode,
  selectedNodes,
} from "./model-run.ts";
import type { Stored } from "./model-write.ts";
import { type CodeState, changedCode, firstCode, projectFiles } from "./project.ts";
import type { Failure, Scenario, Table } from "./scenario.ts";
import { cellOf } from "./values.ts";

export interface Outcome {
  readonly faults: readonly Fault[];
  /** Runs, resumes and retries. */
  readonly runs: number;
  /** Those that ended well. */
  readonly successes: number;
  /** Whether the last of them did. */
  readonly ranToTheEnd: boolean;
  /** Of nodes and of runs that were refused, with an example of each. */
  readonly refusals: readonly { readonly code: string; readonly message: string }[];
}

/** Where scenarios run. */
export interface Bench {
  readonly remote: string;
  /** Reads what is stored. */
  readonly session: SparkSession;
}

/** How long a run may take, milliseconds; a run of these tables takes a few seconds. */
const hangMs = 400_000;

const failures = new Map<string, { readonly failure: Failure; attempts: number }>();

/** What the code of nodes asks: whether it is to fail now. */
Reflect.set(globalThis, "sparkwrightFuzz", (node: string, at: string): boolean => {
  const planned = failures.get(node);
  if (planned === undefined || planned.failure.at !== at || planned.attempts >= planned.failure.times)
    return false;
  planned.attempts += 1;
  if (at === "second") return true;
  throw Object.assign(new Error("on purpose"), planned.failure.transient ? { code: "ECONNRESET" } : {});
});

let number = 0;

/** Runs a scenario on Spark and compares every step with the model; ends at the first step with a fault. */
export async function execute(scenario: Scenario, bench: Bench): Promise<Outcome> {
  number += 1;
  const db = `fuzz_${process.pid}_${Date.now().toString(36)}_${number}`;
  const root = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    return await new Execution(scenario, bench, db, root).run();
  } finally {
    await bench.session.sql(`DROP DATABASE IF EXISTS ${db} CASCADE`);
    rmSync(root, { recursive: true, force: true });
  }
}

class Execution {
  readonly #scenario: Scenario;
  readonly #bench: Bench;
  readonly #db: string;
  readonly #root: string;
  readonly #places: Places = new Map();
  #code: CodeState;
  #last: { readonly runId: string; readonly model: RunModel; readonly status: string } | undefined;
  readonly #refusals: { code: string; message: string }[] = [];

  constructor(scenario: Scenario, bench: Bench, db: string, root: string) {
    // Nodes are found by their names, of which each scenario in one process needs its own.
    this.#scenario = JSON.parse(JSON.stringify(scenario).replaceAll("$DB", db)) as Scenario;
    this.#bench = bench;
    this.#db = db;
    this.#root = root;
    this.#code = firstCode(this.#scenario);
  }

  async run(): Promise<Outcome> {
    let runs = 0;
    let successes = 0;
    let faults: readonly Fault[] = [];
    for (const index of this.#scenario.steps.keys()) {
      const result = await this.#step(index);
      if (result === undefined) continue;
      runs += 1;
      if (result.status === "success") successes += 1;
      faults = result.faults.map(({ kind, message }) => ({ kind, message: `step ${index + 1}: ${message}` }));
      if (faults.length > 0) break;
    }
    return {
      faults,
      runs,
      successes,
      ranToTheEnd: this.#last?.status === "success",
      refusals: this.#refusals,
    };
  }

  async #step(index: number): Promise<{ status: string; faults: Fault[] } | undefined> {
    const step = this.#scenario.steps[index];
    if (step === undefined) return undefined;
    const last = this.#last;
    if (step.kind !== "run" && last === undefined) return undefined;
    if (step.kind === "resume" && last?.status === "success") return undefined;
    if (step.kind !== "retry" && step.change !== undefined) {
      this.#code = changedCode(this.#code, step.change, index + 1);
    }
    this.#writeFiles();
    const model: RunModel =
      step.kind === "run" ? { step, nodes: new Map() } : (last as NonNullable<typeof last>).model;
    const { window, select, exclude, environment } = model.step;
    const failing = step.kind === "run" ? (step.fail ?? {}) : {};
    const runId = step.kind === "run" ? undefined : last?.runId;
    let summary: RunSummary;
    try {
      summary = await this.#execute(
        {
          ...(window !== undefined && { startDate: window[0], endDate: window[1] }),
          ...(select !== undefined && { select: [...select] }),
          ...(exclude !== undefined && { exclude: [...exclude] }),
        },
        environment,
        failing,
        runId === undefined ? undefined : { runId, nodes: step.kind === "retry" ? [step.node] : [] },
      );
    } catch (error) {
      const codes = codesOf(error);
      this.#refusals.push(...codes.map((code) => ({ code, message: textOf(error) })));
      return {
        status: "refused",
        faults: [{ kind: `threw ${codes.join(" ")}`, message: `the run rejects: ${textOf(error)}` }],
      };
    }
    const seen = new Map(summary.nodes.map((node): [string, SeenNode] => [node.name, seenNode(node)]));
    for (const node of summary.nodes) {
      if (node.error !== undefined)
        this.#refusals.push({ code: node.error.code, message: node.error.message });
    }
    this.#last = { runId: summary.runId, model, status: summary.status };
    const { faults, unknown, emptyOrNot } = judge({
      scenario: this.#scenario,
      code: this.#code,
      places: this.#places,
      run: model,
      resumed: step.kind !== "run",
      forced: step.kind === "retry" ? step.node : undefined,
      seen,
    });
    if (summary.error !== undefined)
      faults.push({ kind: `run ${summary.error.code}`, message: summary.error.message });
    faults.push(...(await this.#compare(environment, unknown, emptyOrNot, this.#looked(index, model))));
    return { status: summary.status, faults };
  }

  /** What the step may have written, and at the end everything. */
  #looked(index: number, { step }: RunModel): (dataset: string) => boolean {
    if (index === this.#scenario.steps.length - 1) return () => true;
    const nodes = selectedNodes(this.#scenario, step);
    const written = new Set(nodes.flatMap(({ outputs }) => outputs.map(({ dataset }) => dataset)));
    return (dataset) => written.has(dataset);
  }

  #writeFiles(): void {
    for (const [file, text] of Object.entries(projectFiles(this.#scenario, this.#code))) {
      mkdirSync(dirname(join(this.#root, file)), { recursive: true });
      writeFileSync(join(this.#root, file), text.replaceAll("$DB", this.#db));
    }
  }

  async #execute(
    options: Parameters<typeof prepareRun>[2],
    environment: string | undefined,
    failing: Readonly<Record<string, Failure>>,
    resume: { readonly runId: string; readonly nodes: readonly string[] } | undefined,
  ): Promise<RunSummary> {
    const project = await loadProject(this.#root, { environment, variables: {} });
    const plan = await prepareRun(project, "p", options);
    for (const [node, failure] of Object.entries(failing))
      failures.set(`${this.#db} ${node}`, { failure, attempts: 0 });
    let timer: NodeJS.Timeout | undefined;
    const hung = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`it hangs for ${hangMs / 1_000} s`)), hangMs);
    });
    try {
      return await Promise.race([
        executePlan({ project, plan, resume, openSession: () => this.#open() }),
        hung,
      ]);
    } finally {
      clearTimeout(timer);
      for (const node of Object.keys(failing)) failures.delete(`${this.#db} ${node}`);
    }
  }

  async #open(): Promise<SparkSession> {
    const session = new SparkSession({ remote: this.#bench.remote });
    await session.conf.set({
      "spark.sql.shuffle.partitions": "1",
      "spark.databricks.delta.snapshotPartitions": "1",
      ...this.#scenario.conf,
    });
    return session;
  }

  /** What is stored against what must be. */
  async #compare(
    environment: string | undefined,
    unknown: ReadonlySet<string>,
    emptyOrNot: ReadonlySet<string>,
    looked: (dataset: string) => boolean,
  ): Promise<Fault[]> {
    const project = await loadProject(this.#root, { environment, variables: {} });
    const faults = await Promise.all(
      this.#scenario.datasets
        .filter(({ name }) => looked(name))
        .map(async ({ name, format, mode, place: where }): Promise<Fault[]> => {
          const place = placeOf(name, environment);
          const dataset = project.datasets.get(name);
          if (dataset === undefined) return [];
          const how = `${format} ${where} ${mode}`;
          let actual: Table | undefined;
          try {
            actual = await this.#read(dataset);
          } catch (error) {
            return [
              {
                kind: `unreadable ${codesOf(error).join(" ")} ${how}`,
                message: `${name} (${how}) cannot be read: ${textOf(error)}`,
              },
            ];
          }
          const expected = this.#places.get(place);
          if (unknown.has(place)) {
            this.#places.set(place, actual);
            return [];
          }
          if (expected === undefined && emptyOrNot.has(place) && actual?.rows.length === 0) {
            this.#places.set(place, actual);
            return [];
          }
          const difference = differenceOf(actual, expected);
          if (difference === undefined) {
            this.#places.set(place, actual);
            return [];
          }
          return [{ kind: `${difference.kind} ${how}`, message: `${name} (${how}): ${difference.message}` }];
        }),
    );
    return faults.flat();
  }

  async #read(dataset: Parameters<typeof storedFrame>[1]): Promise<Table | undefined> {
    const { session } = this.#bench;
    try {
      // A session remembers the files of a table, whoever adds some.
      const { location, format } = dataset;
      if (location.kind === "table" && format !== "delta") await session.catalog.refreshTable(location.table);
      const frame = await storedFrame(session, dataset);
      const { fields } = await frame.schema();
      const columns = fields.map(({ name, dataType }) => ({ name, type: dataType.simpleString() }));
      const rows = (await frame.collect()) as readonly Row[];
      return {
        columns,
        rows: rows.map((row) => rowValues(row).map((value, i) => cellOf(value, columns[i]?.type ?? ""))),
      };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

function seenNode({ status, error, rows, datasets, attempts }: RunSummary["nodes"][number]): SeenNode {
  return {
    status,
    code: error?.code,
    message:
      error === undefined
        ? undefined
        : [error.message, ...error.causes.map((cause) => cause.message)].join(" <- "),
    rows: rows === undefined ? undefined : Number(rows),
    outcomes: datasets.map(({ outcome }) => outcome),
    attempts,
  };
}

function differenceOf(actual: Table | undefined, expected: Stored | undefined): Fault | undefined {
  if (expected === undefined || actual === undefined) {
    if (expected === actual) return undefined;
    return expected === undefined
      ? { kind: "is there", message: `nothing must be there, but ${show(actual)} is` }
      : { kind: "is not there", message: `nothing is there instead of ${show(expected)}` };
  }
  const given = expected.orderFree === true ? reordered(actual, expected) : actual;
  const head = (table: Table) => table.columns.map(({ name, type }) => `${name} ${type}`).join(", ");
  if (head(given) !== head(expected)) {
    return { kind: "columns", message: `has the columns ${head(given)} instead of ${head(expected)}` };
  }
  const sorted = (table: Table) => table.rows.map((row) => JSON.stringify(row)).sort();
  const [a, b] = [sorted(given), sorted(expected)];
  if (a.join("\n") === b.join("\n")) return undefined;
  return {
    kind: "rows",
    message: `has the rows ${a.join(" ") || "none"} instead of ${b.join(" ") || "none"}`,
  };
}

function reordered(table: Table, like: Table): Table {
  const order = like.columns.map(({ name }) => table.columns.findIndex((column) => column.name === name));
  if (order.includes(-1) || order.length !== table.columns.length) return table;
  return {
    columns: order.map((i) => table.columns[i] as Table["columns"][number]),
    rows: table.rows.map((row) => order.map((i) => row[i] ?? null)),
  };
}

function show(table: Table | undefined): string {
  if (table === undefined) return "nothing";
  return `${table.columns.map(({ name, type }) => `${name} ${type}`).join(", ")} with ${table.rows.length} rows`;
}

function errorsOf(error: unknown): readonly unknown[] {
  const list: unknown = error instanceof Error ? Reflect.get(error, "errors") : undefined;
  return Array.isArray(list) ? (list as unknown[]) : [error];
}

export function codesOf(error: unknown): string[] {
  return [
    ...new Set(errorsOf(error).map((one) => (one instanceof SparkwrightError ? one.code : "INTERNAL"))),
  ];
}

export function textOf(error: unknown): string {
  return errorsOf(error)
    .map((one) =>
      one instanceof Error
        ? `${one instanceof SparkwrightError ? one.code : one.name}: ${one.message}`
        : String(one),
    )
    .join("; ");
}
