import type { Dataset, Node, Op, Scenario, Step } from "./scenario.ts";

/** Scenarios that are a little smaller than a given one, those first that leave out most. */
export function* smaller(scenario: Scenario): Generator<Scenario> {
  const { steps, nodes, datasets, conf } = scenario;
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    if (steps.length > 1) yield { ...scenario, steps: steps.filter((_, at) => at !== i) };
  }
  for (const node of [...nodes].reverse()) {
    const left = without(scenario, node);
    if (left.nodes.length > 0) yield left;
  }
  for (const name of Object.keys(conf)) {
    yield { ...scenario, conf: Object.fromEntries(Object.entries(conf).filter(([key]) => key !== name)) };
  }
  if (scenario.parallel > 1) yield { ...scenario, parallel: 1 };
  for (const [i, step] of steps.entries()) {
    for (const plainer of plainerSteps(step)) yield { ...scenario, steps: replaced(steps, i, plainer) };
  }
  for (const [i, dataset] of datasets.entries()) {
    for (const plainer of plainerDatasets(dataset))
      yield { ...scenario, datasets: replaced(datasets, i, plainer) };
  }
  for (const [i, node] of nodes.entries()) {
    for (const plainer of plainerNodes(node)) yield { ...scenario, nodes: replaced(nodes, i, plainer) };
  }
  for (const column of constantColumns(scenario)) yield withoutColumn(scenario, column);
}

function replaced<T>(list: readonly T[], index: number, item: T): readonly T[] {
  return list.map((one, i) => (i === index ? item : one));
}

/** Without a node, and those that read what it writes. */
function without(scenario: Scenario, node: Node): Scenario {
  const gone = new Set(node.outputs.map(({ dataset }) => dataset));
  const lost = scenario.nodes.filter(
    (one) => one === node || one.inputs.some(({ dataset }) => gone.has(dataset)),
  );
  const [next] = lost.filter((one) => one !== node);
  if (next !== undefined) return without(without(scenario, next), node);
  const nodes = scenario.nodes.filter((one) => one !== node);
  const used = new Set(nodes.flatMap(({ outputs }) => outputs.map(({ dataset }) => dataset)));
  const isNot = (name: string) => name !== node.name;
  const steps = scenario.steps.flatMap((step): Step[] => {
    if (step.kind === "retry") return step.node === node.name ? [] : [step];
    const change =
      step.change && Object.fromEntries(Object.entries(step.change).filter(([name]) => isNot(name)));
    if (step.kind === "resume") return [{ ...step, change }];
    const fail = step.fail && Object.fromEntries(Object.entries(step.fail).filter(([name]) => isNot(name)));
    const exclude = step.exclude?.filter(isNot);
    return [
      {
        ...step,
        change,
        fail,
        select: step.select?.filter(isNot),
        exclude: exclude?.length === 0 ? undefined : exclude,
      },
    ];
  });
  return { ...scenario, nodes, steps, datasets: scenario.datasets.filter(({ name }) => used.has(name)) };
}

function* plainerSteps(step: Step): Generator<Step> {
  if (step.kind === "retry") return;
  if (step.change !== undefined) yield { ...step, change: undefined };
  if (step.kind === "resume") return;
  for (const key of ["fail", "select", "exclude", "environment"] as const) {
    if (step[key] !== undefined) yield { ...step, [key]: undefined };
  }
}

function* plainerDatasets(dataset: Dataset): Generator<Dataset> {
  const keys = ["checks", "onEmpty", "evolution", "schema", "partitionBy", "updateIf", "deleteIf"] as const;
  for (const key of keys) if (dataset[key] !== undefined) yield { ...dataset, [key]: undefined };
  if (dataset.windowColumn !== undefined && dataset.mode !== "replace_window") {
    yield { ...dataset, windowColumn: undefined };
  }
}

function* plainerNodes(node: Node): Generator<Node> {
  if (node.noise.length > 0) yield { ...node, noise: [] };
  for (let i = node.ops.length - 1; i > 0; i -= 1)
    yield { ...node, ops: node.ops.filter((_, at) => at !== i) };
  const [first] = node.ops;
  if (first?.kind !== "constant") return;
  const { table } = first;
  for (const [i] of table.rows.entries()) {
    const rows = table.rows.filter((_, at) => at !== i);
    yield { ...node, ops: [{ ...first, table: { ...table, rows } }, ...node.ops.slice(1)] };
  }
}

function constantColumns({ nodes }: Scenario): string[] {
  const names = nodes.flatMap(({ ops }) =>
    ops.flatMap((op) => (op.kind === "constant" ? op.table.columns.map(({ name }) => name) : [])),
  );
  return [...new Set(names)];
}

/** Without a column in all constants and declared schemas. */
function withoutColumn(scenario: Scenario, column: string): Scenario {
  const ops = (list: readonly Op[]): readonly Op[] =>
    list.map((op) => {
      if (op.kind !== "constant") return op;
      const kept = op.table.columns.map((_, i) => i).filter((i) => op.table.columns[i]?.name !== column);
      return {
        ...op,
        table: {
          columns: op.table.columns.filter(({ name }) => name !== column),
          rows: op.table.rows.map((row) => kept.map((i) => row[i] ?? null)),
        },
      };
    });
  const changed = (change: Readonly<Record<string, readonly Op[]>> | undefined) =>
    change && Object.fromEntries(Object.entries(change).map(([name, list]) => [name, ops(list)]));
  return {
    ...scenario,
    nodes: scenario.nodes.map((node) => ({ ...node, ops: ops(node.ops) })),
    steps: scenario.steps.map((step) =>
      step.kind === "retry" ? step : { ...step, change: changed(step.change) },
    ),
    datasets: scenario.datasets.map((dataset) => ({
      ...dataset,
      schema: dataset.schema?.filter(({ name }) => name !== column),
    })),
  };
}
