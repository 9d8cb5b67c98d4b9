import { Random } from "../random.ts";
import { applyOps, OpError } from "./ops.ts";
import type { Cell, Column, Dataset, Failure, Node, Noise, Op, Scenario, Step, Table } from "./scenario.ts";
import { nestedTypes, orderedTypes, pools, zones } from "./values.ts";

/** Odd names beside plain ones. */
const plainNames = ["name", "v", "note", "city", "flag", "amount", "Mixed", "day_of"];
const oddNames = [
  "10",
  "9",
  "a.b",
  "back`tick",
  "naïve",
  "日本",
  "select",
  "with space",
  "order",
  "x-y",
  "UPPER",
  "%41",
  "'q'",
];
const types = [
  "string",
  "string",
  "string",
  "int",
  "bigint",
  "double",
  "boolean",
  "decimal(10,2)",
  "decimal(38,10)",
  "date",
  "timestamp",
  "timestamp_ntz",
  "binary",
  "struct<a:int,b:string>",
  "array<int>",
  "smallint",
];
const days: readonly (readonly [string, string])[] = [
  ["2024-02-28", "2024-02-28"],
  ["2024-02-29", "2024-02-29"],
  ["2024-02-28", "2024-03-01"],
  ["2024-03-01", "2024-03-01"],
];
const datasetNames = ["$DB.t1", "d2", "$DB.t3", "picked", "d5", "$DB.t6", "d7", "grouped", "$DB.t9"];

/** A random small project and what is done with it. The same seed gives the same. */
export function generate(seed: number): Scenario {
  return new Generator(new Random(seed)).scenario();
}

interface Known {
  readonly dataset: Dataset;
  readonly table: Table;
}

class Generator {
  readonly #random: Random;
  readonly #datasets: Dataset[] = [];
  readonly #nodes: Node[] = [];
  readonly #known: Known[] = [];
  #windowed = false;
  #zone = "UTC";

  constructor(random: Random) {
    this.#random = random;
  }

  scenario(): Scenario {
    const random = this.#random;
    this.#windowed = random.chance(0.45);
    const conf = this.#conf();
    this.#zone = conf["spark.sql.session.timeZone"] ?? "UTC";
    const count = 1 + random.below(5);
    for (let i = 0; i < count; i += 1) this.#node(i);
    return {
      conf,
      parallel: random.pick([1, 2, 4]),
      datasets: this.#datasets,
      nodes: this.#nodes,
      steps: this.#steps(),
    };
  }

  #conf(): Record<string, string> {
    const random = this.#random;
    const conf: Record<string, string> = {};
    if (random.chance(0.25)) conf["spark.sql.sources.partitionOverwriteMode"] = "dynamic";
    if (random.chance(0.25)) conf["spark.sql.session.timeZone"] = random.pick(zones);
    if (random.chance(0.1)) conf["spark.sql.ansi.enabled"] = "false";
    if (random.chance(0.05)) conf["spark.sql.caseSensitive"] = "true";
    return conf;
  }

  get #window(): readonly [string, string] | undefined {
    return this.#windowed ? ["2024-02-28", "2024-03-01"] : undefined;
  }

  #table(): Table {
    const random = this.#random;
    const columns: Column[] = [{ name: "id", type: random.chance(0.7) ? "bigint" : "int" }];
    if (this.#windowed) {
      columns.push(random.chance(0.85) ? { name: "day", type: "date" } : { name: "at", type: "timestamp" });
    }
    const names = random.shuffled(plainNames).slice(0, random.below(3));
    if (random.chance(0.25)) names.push(random.pick(oddNames));
    for (const name of names) columns.push({ name, type: random.pick(types) });
    const count = random.chance(0.08) ? 0 : 1 + random.below(5);
    const rows = Array.from({ length: count }, (_, i) =>
      columns.map(({ name, type }): Cell => {
        if (name === "id") return random.chance(0.06) ? null : String(random.chance(0.03) ? 1 : i + 1);
        if (name === "day") return random.pick(["2024-02-28", "2024-02-29", "2024-03-01"]);
        if (name === "at") return random.pick((pools["timestamp"] ?? []).slice(0, 5));
        return this.#cell(type);
      }),
    );
    return { columns, rows };
  }

  #cell(type: string): Cell {
    const random = this.#random;
    if (random.chance(0.12)) return null;
    const nested = nestedTypes(type);
    if (nested === undefined) return random.pick(pools[type] ?? ["1"]);
    if (type.startsWith("array")) {
      return Array.from({ length: random.below(3) }, () => this.#cell(nested[0]?.type ?? ""));
    }
    return nested.map((field) => this.#cell(field.type));
  }

  #node(index: number): void {
    const random = this.#random;
    const code = random.chance(0.5) ? "sql" : "function";
    const inputs = index === 0 ? [] : random.shuffled(this.#known).slice(0, random.below(3));
    const noise = code === "function" && random.chance(0.3) ? [this.#noise()] : [];
    const zone = noise.flatMap((one) => (one.kind === "zone" ? [one.zone] : [])).at(-1) ?? this.#zone;
    const context = { window: this.#window, zone };
    const tables = inputs.map(({ table }) => table);
    const ops: Op[] = [this.#firstOp(tables)];
    const isUsed = ops[0]?.kind === "union" || ops[0]?.kind === "join";
    const given = ops[0]?.kind === "constant" ? [] : isUsed ? inputs : inputs.slice(0, 1);
    const tablesGiven = given.map(({ table }) => table);
    let table = applyOps(ops, tablesGiven, context);
    for (let i = random.below(4); i > 0; i -= 1) {
      const op = this.#nextOp(table, code);
      // Whether rows are stored by the zone of their node or by that of the run is not for them to tell.
      if (op === undefined || (op.kind === "midnight" && zone !== this.#zone)) continue;
      try {
        table = applyOps([...ops, op], tablesGiven, context);
        ops.push(op);
      } catch (error) {
        if (!(error instanceof OpError)) throw error;
      }
    }
    const dataset = this.#dataset(table);
    const isDays = table.columns.some(({ name, type }) => name === "day" && type === "date");
    if (dataset.mode === "replace_window" && isDays && random.chance(0.9)) {
      ops.push({ kind: "window", column: "day" });
      table = applyOps(ops, tablesGiven, context);
    }
    const outputs = [{ dataset: dataset.name, ops: [] as Op[] }];
    const results = [table];
    if (code === "function" && random.chance(0.2)) {
      const op = this.#nextOp(table, "sql");
      const more = op === undefined || (op.kind === "midnight" && zone !== this.#zone) ? [] : [op];
      try {
        const second = applyOps([{ kind: "pass" }, ...more], [table], context);
        outputs.push({ dataset: this.#dataset(second).name, ops: more });
        results.push(second);
      } catch (error) {
        if (!(error instanceof OpError)) throw error;
      }
    }
    this.#nodes.push({
      name: `n${index + 1}`,
      code,
      inputs: given.map(({ dataset }) => {
        // SQL that reads a table of days must say which it means.
        const free = code === "function" || dataset.place === "path" || dataset.windowColumn === undefined;
        return { dataset: dataset.name, window: free && random.chance(0.5) ? "run" : "all" };
      }),
      ops,
      outputs,
      noise,
      names: this.#cteNames(
        ops.length,
        given.map(({ dataset }) => dataset.name),
      ),
    });
    for (const [i, result] of results.entries()) {
      const dataset = this.#datasets.at(i - results.length);
      if (dataset !== undefined) this.#known.push({ dataset, table: result });
    }
  }

  /** Often names that datasets have too. A query that reads its own name would be a recursion to no reader. */
  #cteNames(count: number, inputs: readonly string[]): string[] {
    const random = this.#random;
    const usable = random.shuffled(
      datasetNames.filter((name) => /^\w+$/.test(name) && !inputs.includes(name)),
    );
    const like = random.chance(0.4);
    return Array.from({ length: count }, (_, i) => (like ? (usable[i] ?? `s${i}`) : `s${i}`));
  }

  #noise(): Noise {
    // Whose zone the days of a window have is another matter.
    const kind = this.#random.pick([
      "variable",
      "ansi",
      "use",
      ...(this.#windowed ? [] : ["zone" as const]),
    ] as const);
    return kind === "zone" ? { kind, zone: this.#random.pick(zones) } : { kind };
  }

  #firstOp(tables: readonly Table[]): Op {
    const random = this.#random;
    const [first, second] = tables;
    if (first === undefined || random.chance(0.1)) {
      return { kind: "constant", table: this.#table(), ...(random.chance(0.4) && { local: true }) };
    }
    if (second !== undefined) {
      const common = first.columns.filter(({ name, type }) =>
        second.columns.some((other) => other.name === name && other.type === type),
      );
      if (common.length > 0 && random.chance(0.5)) {
        return { kind: "union", columns: common.map(({ name }) => name) };
      }
      if (common.some(({ name }) => name === "id")) {
        const rest = (table: Table) => table.columns.map(({ name }) => name).filter((name) => name !== "id");
        const left = rest(first);
        const right = rest(second).filter((name) => !left.includes(`r_${name}`));
        return { kind: "join", key: "id", how: random.pick(["inner", "left"]), left, right };
      }
    }
    return { kind: "pass" };
  }

  #nextOp(table: Table, code: Node["code"]): Op | undefined {
    const random = this.#random;
    const column = random.pick(table.columns);
    const used = new Set(table.columns.map(({ name }) => name.toLowerCase()));
    const free = random.shuffled([...plainNames, ...oddNames]).find((name) => !used.has(name.toLowerCase()));
    const kind = random.weighted({
      not_null: 2,
      equals: 1,
      add: 4,
      select: 3,
      count: 1,
      max: 1,
      distinct: 1,
      window: this.#windowed ? 3 : 0,
      midnight: 2,
      view: code === "function" ? 4 : 0,
      function: code === "function" ? 2 : 0,
    });
    switch (kind) {
      case "not_null":
        return { kind, column: column.name };
      case "equals": {
        if (table.rows.length === 0) return undefined;
        const value = random.pick(table.rows)[table.columns.indexOf(column)];
        return column.type === "string" && typeof value === "string"
          ? { kind, column: column.name, value }
          : undefined;
      }
      case "add": {
        const type = random.pick(types);
        return free === undefined
          ? undefined
          : { kind, column: { name: free, type }, value: this.#cell(type) };
      }
      case "select": {
        const kept = random
          .shuffled(table.columns)
          .filter(({ name }) => ["id", "day", "at"].includes(name) || random.chance(0.8));
        return kept.length === 0
          ? undefined
          : { kind, columns: kept.map(({ name }) => ({ from: name, to: name })) };
      }
      case "count":
        return orderedTypes.has(column.type) || column.type === "string"
          ? { kind, by: column.name }
          : undefined;
      case "max": {
        const of = table.columns.find(({ name, type }) => name !== column.name && orderedTypes.has(type));
        return of === undefined || !(orderedTypes.has(column.type) || column.type === "string")
          ? undefined
          : { kind, by: column.name, of: of.name };
      }
      case "window":
        return table.columns.some(({ name, type }) => name === "day" && type === "date")
          ? { kind, column: "day" }
          : undefined;
      case "midnight":
        return { kind, name: "at_midnight" };
      case "view":
        return { kind, name: random.pick(["picked", "rows_of_mine", "d2", "tmp"]) };
      case "function":
        return { kind, name: "given", value: String(random.below(5)) };
      default:
        return { kind };
    }
  }

  #dataset(table: Table): Dataset {
    const random = this.#random;
    const name = datasetNames[this.#datasets.length] ?? `d${this.#datasets.length + 10}`;
    const store = random.weighted({
      "delta table": 35,
      "delta path": 20,
      "parquet path": 12,
      "parquet table": 8,
      "orc path": 6,
      "json path": 7,
      "csv path": 7,
    });
    const [format, place] = (name.includes(".") ? store.replace("path", "table") : store).split(" ") as [
      Dataset["format"],
      Dataset["place"],
    ];
    const textual = format === "json" || format === "csv";
    const nested = table.columns.some(({ type }) => nestedTypes(type) !== undefined || type === "binary");
    if (textual && (place === "table" || (nested && format === "csv" && random.chance(0.9)))) {
      return this.#stored(name, "delta", place, table);
    }
    return this.#stored(name, format, place, table);
  }

  #stored(name: string, format: Dataset["format"], place: Dataset["place"], table: Table): Dataset {
    const random = this.#random;
    const has = (column: string) => table.columns.some((one) => one.name === column);
    const isDelta = format === "delta";
    const mode = random.weighted({
      overwrite: 5,
      append: 4,
      error: 0.25,
      ignore: 0.5,
      merge: isDelta && (hasKey(table) || (has("id") && random.chance(0.1))) ? 3 : 0,
      replace_window: isDelta && this.#windowed && (has("day") || has("at")) ? 4 : 0,
    });
    const windowed =
      this.#windowed &&
      (has("day") || has("at")) &&
      (mode === "replace_window" || (random.chance(0.3) && mode !== "merge"));
    const partitionable = table.columns.filter(({ name: column, type }) =>
      random.chance(0.05)
        ? true
        : column !== "id" && ["string", "date", "int", "boolean", "bigint"].includes(type),
    );
    const partitionBy =
      random.chance(0.35) && partitionable.length > 0 && (table.columns.length > 1 || random.chance(0.05))
        ? [random.pick(partitionable).name]
        : undefined;
    const fileParts = partitionBy !== undefined && place === "path" && !isDelta;
    const declares = format === "json" || format === "csv" || fileParts || random.chance(0.2);
    const evolution = random.chance(0.55)
      ? undefined
      : mode === "overwrite"
        ? random.pick(["none", "add", "any", "any"] as const)
        : isDelta
          ? random.pick(["none", "add", "add"] as const)
          : "none";
    const dataset: Dataset = {
      name,
      format,
      place,
      mode,
      mergeKeys: mode === "merge" ? ["id"] : undefined,
      updateIf:
        mode === "merge" && random.chance(0.2)
          ? table.columns.find(({ type }) => orderedTypes.has(type))?.name
          : undefined,
      deleteIf:
        mode === "merge" && random.chance(0.3)
          ? table.columns.find(({ type }) => type === "boolean")?.name
          : undefined,
      windowColumn: windowed ? (has("day") ? "day" : "at") : undefined,
      partitionBy,
      schema: declares
        ? random.shuffled(table.columns).map((column) => ({ ...column, nullable: random.chance(0.95) }))
        : undefined,
      evolution,
      checks: random.chance(0.2) ? [this.#check(table)] : undefined,
      onEmpty: random.chance(0.2) ? random.pick(["write", "warn", "skip", "error"] as const) : undefined,
    };
    const plain = JSON.parse(JSON.stringify(dataset)) as Dataset;
    this.#datasets.push(plain);
    return plain;
  }

  #check(table: Table): NonNullable<Dataset["checks"]>[number] {
    const random = this.#random;
    const column = random.pick(table.columns);
    const severity = random.chance(0.4) ? "error" : "warn";
    switch (random.below(4)) {
      case 0:
        return { kind: "not_null", column: column.name, severity };
      case 1:
        return { kind: "unique", column: column.name, severity: random.chance(0.2) ? severity : "warn" };
      case 2:
        return { kind: "row_count", min: random.below(3), severity };
      default: {
        const texts = table.columns.find(({ type }) => type === "string");
        if (texts === undefined) return { kind: "row_count", min: 1, severity };
        const values = table.rows.map((row) => row[table.columns.indexOf(texts)] ?? "x").map(String);
        return {
          kind: "accepted_values",
          column: texts.name,
          values: [...new Set(["x", ...values])],
          severity,
        };
      }
    }
  }

  #steps(): Step[] {
    const random = this.#random;
    const steps: Step[] = [];
    const count = 1 + random.below(3);
    for (let i = 0; i < count; i += 1) {
      const window = this.#windowed
        ? i === 0 && random.chance(0.6)
          ? this.#window
          : random.pick(days)
        : undefined;
      const change = i > 0 && random.chance(0.45) ? this.#change() : undefined;
      const fail = random.chance(0.22) ? this.#failure() : undefined;
      const select = random.chance(0.1) ? this.#selection() : {};
      steps.push({
        kind: "run",
        ...(window !== undefined && { window }),
        ...(change !== undefined && { change }),
        ...(fail !== undefined && { fail }),
        ...select,
        ...(random.chance(0.08) && { environment: "dev" as const }),
      });
      if (fail !== undefined && random.chance(0.9)) {
        const fixed = random.chance(0.3) ? this.#change() : undefined;
        steps.push({ kind: "resume", ...(fixed !== undefined && { change: fixed }) });
      }
      if (random.chance(0.07)) steps.push({ kind: "retry", node: random.pick(this.#nodes).name });
    }
    return steps;
  }

  #selection(): { select?: readonly string[]; exclude?: readonly string[] } {
    const names = this.#nodes.map(({ name }) => name);
    if (names.length < 2) return {};
    const some = this.#random.shuffled(names).slice(0, 1 + this.#random.below(names.length - 1));
    return this.#random.chance(0.5) ? { select: some } : { exclude: some };
  }

  #failure(): Record<string, Failure> | undefined {
    const random = this.#random;
    const functions = this.#nodes.filter(({ code }) => code === "function");
    if (functions.length === 0) return undefined;
    const node = random.pick(functions);
    const second = node.outputs.length > 1 && random.chance(0.6);
    return {
      [node.name]: second
        ? { at: "second", transient: false, times: 1 }
        : { at: "start", transient: random.chance(0.5), times: 1 + random.below(2) },
    };
  }

  /** Other code of one node: other rows, and sometimes other columns. */
  #change(): Record<string, readonly Op[]> | undefined {
    const random = this.#random;
    const constants = this.#nodes.filter(({ ops }) => ops[0]?.kind === "constant");
    const node = random.pick(constants);
    const [first, ...rest] = node.ops;
    if (first?.kind !== "constant") return undefined;
    return { [node.name]: [{ ...first, table: this.#changedTable(first.table) }, ...rest] };
  }

  #changedTable({ columns, rows }: Table): Table {
    const random = this.#random;
    const moved = rows.map((row) =>
      row.map((cell, i): Cell => {
        const { name = "", type = "" } = columns[i] ?? {};
        if (name === "id" || name === "day" || name === "at" || random.chance(0.5)) return cell;
        return this.#cell(type);
      }),
    );
    const kind = random.weighted({
      rows: 5,
      add: 2,
      drop: 0.7,
      reorder: 1.5,
      type: 0.7,
      nested: 1.5,
      case: 0.5,
    });
    const at = columns.findIndex(({ name }) => !["id", "day", "at"].includes(name));
    const others = columns.map((_, i) => i).filter((i) => i !== at);
    switch (kind) {
      case "add": {
        const type = random.pick(types);
        const column = { name: "added", type };
        return { columns: [...columns, column], rows: moved.map((row) => [...row, this.#cell(type)]) };
      }
      case "drop":
        if (at < 0) break;
        return {
          columns: others.map((i) => columns[i] as Column),
          rows: moved.map((row) => others.map((i) => row[i] ?? null)),
        };
      case "reorder": {
        const order = random.shuffled([...columns.keys()]);
        return {
          columns: order.map((i) => columns[i] as Column),
          rows: moved.map((row) => order.map((i) => row[i] ?? null)),
        };
      }
      case "type": {
        if (at < 0) break;
        const type = random.pick(types);
        return {
          columns: columns.map((column, i) => (i === at ? { ...column, type } : column)),
          rows: moved.map((row) => row.map((cell, i) => (i === at ? this.#cell(type) : cell))),
        };
      }
      case "nested": {
        const struct = columns.findIndex(({ type }) => type === "struct<a:int,b:string>");
        if (struct < 0) break;
        const type = random.pick([
          "struct<a:int,b:string,c:bigint>",
          "struct<b:string,a:int>",
          "struct<a:int>",
        ]);
        return {
          columns: columns.map((column, i) => (i === struct ? { ...column, type } : column)),
          rows: moved.map((row) => row.map((cell, i) => (i === struct ? this.#cell(type) : cell))),
        };
      }
      case "case":
        if (at < 0) break;
        return {
          columns: columns.map((column, i) =>
            i === at ? { ...column, name: column.name.toUpperCase() } : column,
          ),
          rows: moved,
        };
    }
    return { columns, rows: moved };
  }
}

/** Whether `id` has no value twice. */
function hasKey({ columns, rows }: Table): boolean {
  const at = columns.findIndex(({ name }) => name === "id");
  return at >= 0 && new Set(rows.map((row) => row[at])).size === rows.length;
}
