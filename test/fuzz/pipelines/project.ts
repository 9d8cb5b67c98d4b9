import { functionCode, moduleHead, sqlCode } from "./code.ts";
import type { Dataset, Node, Op, Scenario } from "./scenario.ts";
import { quoteName } from "./values.ts";

/** The code of every node at one moment, and the module of those that are functions. */
export interface CodeState {
  readonly ops: ReadonlyMap<string, readonly Op[]>;
  readonly modules: ReadonlyMap<string, string>;
}

/** Files by their path in the project; `$DB` stands for the scenario's database. */
export type Files = Readonly<Record<string, string>>;

export function firstCode({ nodes }: Scenario): CodeState {
  return {
    ops: new Map(nodes.map(({ name, ops }) => [name, ops])),
    modules: new Map(nodes.map(({ name }) => [name, "m0"])),
  };
}

/** New code for some nodes; functions get it in a module of its own, since a module is loaded once. */
export function changedCode(
  code: CodeState,
  change: Readonly<Record<string, readonly Op[]>>,
  step: number,
): CodeState {
  const names = Object.keys(change);
  return {
    ops: new Map([...code.ops, ...Object.entries(change)]),
    modules: new Map([...code.modules, ...names.map((name): [string, string] => [name, `m${step}`])]),
  };
}

/** The files of the project with the code of one moment. */
export function projectFiles(scenario: Scenario, code: CodeState): Files {
  const nodes = Object.fromEntries(scenario.nodes.map((node) => [node.name, nodeYaml(node, code)]));
  const functions = scenario.nodes.filter((node) => node.code === "function");
  const byModule = Map.groupBy(functions, ({ name }) => code.modules.get(name) ?? "m0");
  const modules = [...byModule].map(([module, list]) => {
    const texts = list.map((node) => functionCode(node, code.ops.get(node.name) ?? node.ops));
    return [`src/${module}.ts`, moduleHead + texts.join("\n")] as const;
  });
  const config = {
    global_settings: {
      max_parallel_nodes: scenario.parallel,
      spark: { conf: scenario.conf },
      execution: { retries: { max: 2, initial_delay: "1ms", max_delay: "1ms", jitter: "none" } },
    },
    pipelines: { p: { nodes: scenario.nodes.map(({ name }) => name) } },
    nodes,
    datasets: Object.fromEntries(
      scenario.datasets.map((dataset) => [dataset.name, datasetYaml(dataset, "")]),
    ),
  };
  const dev = Object.fromEntries(
    scenario.datasets.map((dataset) => [dataset.name, placeYaml(dataset, "dev_")]),
  );
  return {
    "config.yaml": yaml(config),
    "config/environments/dev/datasets.yaml": yaml(dev),
    ...Object.fromEntries(modules),
  };
}

/** JSON is YAML; a variable of the environment begins with `${`. */
function yaml(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replaceAll("${", "$${");
}

function nodeYaml(node: Node, code: CodeState): object {
  const ops = code.ops.get(node.name) ?? node.ops;
  const inputs = node.inputs.map(({ dataset, window }) => ({ dataset, window }));
  return {
    ...(node.code === "sql"
      ? { sql: sqlCode(node, ops) }
      : { function: `${code.modules.get(node.name)}.${node.name}` }),
    ...(inputs.length > 0 && { input: inputs }),
    output: node.outputs.map(({ dataset }) => dataset),
  };
}

function placeYaml({ name, place }: Dataset, prefix: string): object {
  const plain = name.replace(/^.*\./, "");
  if (place === "path") return { path: `data/${prefix}${plain}` };
  return { table: name.includes(".") ? `$DB.${prefix}${plain}` : `$DB.${prefix}x_${plain}` };
}

function datasetYaml(dataset: Dataset, prefix: string): object {
  const { schema, checks, updateIf, deleteIf } = dataset;
  return clean({
    ...placeYaml(dataset, prefix),
    format: dataset.format,
    mode: dataset.mode,
    merge_keys: dataset.mergeKeys,
    merge_update_condition:
      updateIf === undefined ? undefined : `source.${quoteName(updateIf)} > target.${quoteName(updateIf)}`,
    merge_delete_condition: deleteIf === undefined ? undefined : `source.${quoteName(deleteIf)}`,
    window_column: dataset.windowColumn,
    partition_by: dataset.partitionBy,
    schema,
    schema_evolution: dataset.evolution,
    checks: checks?.map(({ severity, ...check }) => ({ ...checkYaml(check), severity })),
    on_empty: dataset.onEmpty,
  });
}

function checkYaml(check: Omit<NonNullable<Dataset["checks"]>[number], "severity">): object {
  switch (check.kind) {
    case "not_null":
    case "unique":
      return { [check.kind]: [Reflect.get(check, "column")] };
    case "row_count":
      return { row_count: { min: Reflect.get(check, "min") } };
    case "accepted_values":
      return {
        accepted_values: { column: Reflect.get(check, "column"), values: Reflect.get(check, "values") },
      };
  }
}

function clean(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
