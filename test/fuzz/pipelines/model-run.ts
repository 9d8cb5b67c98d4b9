import { modelWrite, type Stored, type Written } from "./model-write.ts";
import { applyOps, OpError } from "./ops.ts";
import type { CodeState } from "./project.ts";
import type { Dataset, Failure, Node, Scenario, Step, Table } from "./scenario.ts";
import { dayOf } from "./values.ts";

export type RunStep = Extract<Step, { kind: "run" }>;

/** What was seen of a node. */
export interface SeenNode {
  readonly status: string;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly rows?: number | undefined;
  readonly outcomes: readonly string[];
  readonly attempts: number;
}

/** What the documents do not allow. */
export interface Fault {
  /** In few words, without what differs between inputs. */
  readonly kind: string;
  readonly message: string;
}

/** What is at the places of all datasets; `undefined` where nothing is. */
export type Places = Map<string, Stored | undefined>;

interface NodeRecord {
  success: boolean;
  /** What it ran with, to be compared with what it would run with now. */
  print: string;
  /** Datasets that this run has appended to, merged into or made. */
  readonly done: Set<string>;
  /** A write began that keeps no history. */
  began: boolean;
}

/** A run that may be gone on with. */
export interface RunModel {
  readonly step: RunStep;
  readonly nodes: Map<string, NodeRecord>;
}

const starredFormats: ReadonlySet<string> = new Set(["delta"]);

/** Which nodes a step runs, in an order in which they can. */
export function selectedNodes({ nodes }: Scenario, { select, exclude = [] }: RunStep): readonly Node[] {
  return nodes.filter(
    ({ name }) => (select === undefined || select.includes(name)) && !exclude.includes(name),
  );
}

export function placeOf(dataset: string, environment: string | undefined): string {
  return environment === undefined ? dataset : `${environment} ${dataset}`;
}

interface JudgeRequest {
  readonly scenario: Scenario;
  readonly code: CodeState;
  readonly places: Places;
  readonly run: RunModel;
  readonly resumed: boolean;
  readonly forced?: string | undefined;
  readonly seen: ReadonlyMap<string, SeenNode>;
}

/**
 * Follows what the nodes of a step must have done, node by node, and compares it with what was seen of them. `places`
 * then has what must be stored; places whose contents nobody can promise are returned as `unknown`.
 */
export function judge(request: JudgeRequest): {
  faults: Fault[];
  unknown: Set<string>;
  emptyOrNot: Set<string>;
} {
  return new Judge(request).judge();
}

class Judge {
  readonly #request: JudgeRequest;
  readonly #faults: Fault[] = [];
  readonly #unknown = new Set<string>();
  /** Places that were empty before a refused write may have made them. */
  readonly #emptyOrNot = new Set<string>();
  readonly #ended = new Map<string, "kept" | "ran" | "failed" | "skipped">();
  readonly #zone: string;

  constructor(request: JudgeRequest) {
    this.#request = request;
    this.#zone = request.scenario.conf["spark.sql.session.timeZone"] ?? "UTC";
  }

  judge(): ReturnType<typeof judge> {
    const { scenario, run } = this.#request;
    for (const node of selectedNodes(scenario, run.step)) this.#node(node);
    return { faults: this.#faults, unknown: this.#unknown, emptyOrNot: this.#emptyOrNot };
  }

  #fault(kind: string, message: string): void {
    this.#faults.push({ kind, message });
  }

  #above(node: Node): Node[] {
    const { scenario, run } = this.#request;
    return selectedNodes(scenario, run.step).filter(({ outputs }) =>
      outputs.some(({ dataset }) => node.inputs.some((input) => input.dataset === dataset)),
    );
  }

  #node(node: Node): void {
    const { code, run, resumed, forced, seen: all } = this.#request;
    const seen = all.get(node.name);
    if (seen === undefined) {
      this.#fault("missing node", `the summary has no node ${node.name}`);
      return;
    }
    const above = this.#above(node);
    if (above.some(({ name }) => ["failed", "skipped"].includes(this.#ended.get(name) ?? ""))) {
      this.#ended.set(node.name, "skipped");
      if (seen.status !== "skipped") {
        this.#fault(
          `${seen.status} instead of skipped`,
          `${node.name} is ${seen.status}, though a node above it failed`,
        );
      }
      return;
    }
    const print = JSON.stringify(code.ops.get(node.name));
    const record = run.nodes.get(node.name) ?? { success: false, print, done: new Set(), began: false };
    run.nodes.set(node.name, record);
    // What a run wrote once is neither written again nor passed over.
    const once = (record.began || record.success || record.done.size > 0) && this.#onceOnly(node);
    if (resumed && once && seen.status === "failed" && seen.code === "RUN_WRITE_STANDS") {
      this.#ended.set(node.name, "failed");
      return;
    }
    if (resumed && forced !== node.name) {
      const rerun = above.some(({ name }) => this.#ended.get(name) === "ran");
      if (record.success && !rerun && record.print === print) {
        this.#ended.set(node.name, "kept");
        if (seen.status !== "success")
          this.#fault("kept node not successful", `${node.name} is ${seen.status}`);
        return;
      }
      const unrepeatable = record.began || (record.success && this.#unrepeatable(node).length > 0);
      if (unrepeatable && seen.status === "failed" && seen.code?.startsWith("RUN_") === true) {
        this.#ended.set(node.name, "failed");
        return;
      }
      if (record.success && this.#unrepeatable(node).length > 0) {
        this.#fault(
          "repeats what keeps no history",
          `${node.name} ran again on resume, though ${this.#unrepeatable(node).join(", ")} had its rows already`,
        );
      }
    }
    record.print = print;
    record.success = false;
    this.#run(node, record, seen);
    record.success = seen.status === "success";
    this.#ended.set(node.name, seen.status === "success" ? "ran" : "failed");
  }

  #onceOnly(node: Node): boolean {
    return node.outputs
      .map(({ dataset }) => this.#dataset(dataset))
      .some(({ mode }) => mode !== "overwrite" && mode !== "replace_window");
  }

  /** Outputs of which a second write adds rows again. */
  #unrepeatable(node: Node): string[] {
    return node.outputs
      .map(({ dataset }) => this.#dataset(dataset))
      .filter(({ mode, format }) => !starredFormats.has(format) && (mode === "append" || mode === "error"))
      .map(({ name }) => name);
  }

  #dataset(name: string): Dataset {
    const found = this.#request.scenario.datasets.find((dataset) => dataset.name === name);
    if (found === undefined) throw new Error(`no dataset ${name}`);
    return found;
  }

  #place(dataset: string): string {
    return placeOf(dataset, this.#request.run.step.environment);
  }

  #run(node: Node, record: NodeRecord, seen: SeenNode): void {
    const { code, run, places, resumed } = this.#request;
    const failure: Failure | undefined = resumed ? undefined : run.step.fail?.[node.name];
    const window = run.step.window;
    const zone =
      node.noise.flatMap((noise) => (noise.kind === "zone" ? [noise.zone] : [])).at(-1) ?? this.#zone;
    const missing = node.inputs.find(({ dataset }) => places.get(this.#place(dataset)) === undefined);
    const startFails = failure?.at === "start" && (!failure.transient || failure.times > 2);
    if (startFails || missing !== undefined) {
      this.#mustFail(
        node,
        seen,
        missing === undefined ? ["*"] : ["DATASET_NOT_FOUND", ...(startFails ? ["*"] : [])],
      );
      return;
    }
    let tables: Table[];
    try {
      const inputs = node.inputs.map((input) => this.#read(input, window));
      const result = applyOps(code.ops.get(node.name) ?? node.ops, inputs, { window, zone });
      const single = node.outputs.length === 1;
      tables = node.outputs.map(({ ops }) =>
        single ? result : applyOps([{ kind: "pass" }, ...ops], [result], { window, zone }),
      );
    } catch (error) {
      if (!(error instanceof OpError)) throw error;
      this.#mustFail(node, seen, ["*"]);
      return;
    }
    let rows: number | undefined = 0;
    for (const [index, { dataset: name }] of node.outputs.entries()) {
      const dataset = this.#dataset(name);
      const place = this.#place(name);
      const table = tables[index] as Table;
      const before = places.get(place);
      const written = modelWrite(dataset, table, before, {
        window,
        zone: this.#zone,
        done: record.done.has(name),
      });
      const thrown = index === 1 && failure?.at === "second" && table.rows.length > 0;
      const unread =
        ["ignored", "already_written"].includes(written.outcome) &&
        dataset.mode !== "append" &&
        dataset.mode !== "merge";
      const last = seen.outcomes.length <= index && seen.status !== "success";
      if (thrown && (!unread || written.refused.length > 0)) {
        if (dataset.format !== "delta") this.#unknown.add(place);
        else if (before === undefined) this.#emptyOrNot.add(place);
        if (this.#unrepeatable(node).length > 0) record.began = true;
        this.#mustFail(node, seen, ["*"]);
        return;
      }
      if (written.refused.length > 0) {
        if (before === undefined) this.#emptyOrNot.add(place);
        this.#mustFail(node, seen, [...written.refused, ...written.may], describe(dataset, written, seen));
        return;
      }
      if (last && matches(seen.code, written.may)) {
        if (before === undefined) this.#emptyOrNot.add(place);
        return;
      }
      if (last) {
        this.#unexpected(node, dataset, seen);
        this.#unknown.add(place);
        return;
      }
      places.set(place, written.stored);
      rows = rows === undefined || written.rows === undefined ? undefined : rows + written.rows;
      if (written.outcome === "written") {
        record.done.add(name);
        if (this.#unrepeatable(node).includes(name)) record.began = true;
      }
      const outcome = seen.outcomes[index];
      if (outcome !== undefined && outcome !== written.outcome) {
        this.#fault(
          `${dataset.mode} ${outcome} instead of ${written.outcome}`,
          `${node.name} tells '${outcome}' for ${name} (${dataset.format}, ${dataset.mode}) instead of '${written.outcome}'`,
        );
      }
    }
    if (seen.status !== "success") {
      this.#fault(
        `${seen.status} without reason ${seen.code ?? ""}`,
        `${node.name} is ${seen.status}: ${seen.message}`,
      );
    } else if (rows !== undefined && seen.rows !== undefined && seen.rows !== rows) {
      this.#fault("rows told", `${node.name} tells ${seen.rows} rows instead of ${rows}`);
    }
  }

  #read({ dataset: name, window: reads }: Node["inputs"][number], window: RunStep["window"]): Table {
    const dataset = this.#dataset(name);
    const stored = this.#request.places.get(this.#place(name)) as Stored;
    if (dataset.windowColumn === undefined || reads === "all" || window === undefined) return stored;
    return insideWindow(stored, dataset.windowColumn, window, this.#zone);
  }

  #mustFail(node: Node, seen: SeenNode, codes: readonly string[], what = ""): void {
    if (seen.status !== "failed") {
      this.#fault(
        `not refused: ${[...new Set(codes)].join(" ")}${what}`,
        `${node.name} is ${seen.status} instead of failing with ${codes.join(" or ")}${what}`,
      );
      for (const { dataset } of node.outputs) this.#unknown.add(this.#place(dataset));
      return;
    }
    const isUsers = codes.includes("*") && seen.code !== "INTERNAL";
    if (isUsers || matches(seen.code, codes)) return;
    this.#fault(
      `${seen.code} instead of ${[...new Set(codes)].join(" ")}${what}`,
      `${node.name} fails with ${seen.code} instead of ${codes.join(" or ")}${what}: ${seen.message}`,
    );
  }

  #unexpected(node: Node, { format, mode, place, partitionBy }: Dataset, seen: SeenNode): void {
    const how = `${format} ${place} ${mode}${partitionBy === undefined ? "" : " partitioned"}`;
    this.#fault(
      `refused ${seen.code} ${how}`,
      `${node.name} is ${seen.status} with ${seen.code} (${how}), and nothing speaks against it: ${seen.message}`,
    );
  }
}

function describe({ format, mode, place }: Dataset, _written: Written, _seen: SeenNode): string {
  return ` (${format} ${place} ${mode})`;
}

/** Whether a code is one of some, of which `DATASET_*` stands for all that begin so. */
function matches(code: string | undefined, codes: readonly string[]): boolean {
  if (code === undefined) return false;
  return codes.some((one) =>
    one.endsWith("*") && one !== "*" ? code.startsWith(one.slice(0, -1)) : code === one,
  );
}

function insideWindow(table: Table, column: string, window: readonly [string, string], zone: string): Table {
  const at = table.columns.findIndex(({ name }) => name.toLowerCase() === column.toLowerCase());
  const type = table.columns[at]?.type ?? "";
  if (at < 0) throw new OpError(`no window column ${column}`);
  return {
    columns: table.columns,
    rows: table.rows.filter((row) => {
      const day = dayOf(row[at] ?? null, type, zone);
      return day !== undefined && day >= window[0] && day <= window[1];
    }),
  };
}
