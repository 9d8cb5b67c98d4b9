import { defaultSettings } from "../config/default-settings.ts";
import type { NodeConfig, PipelineConfig, Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { connect } from "../planning/dependencies.ts";
import { formatCycle, orderGraph } from "../planning/order.ts";
import { checkRecord, checkTexts, invalidArgument } from "./check-argument.ts";
import {
  graphNodes,
  type NodeConfigs,
  nowhere,
  pickNodes,
  throwPlaceless,
  type WrittenDependencies,
  type WrittenNode,
} from "./node-configs.ts";

/** For each node the nodes that depend on it. */
export type DependencyGraph = Map<string, Set<string>>;

/** A graph as one may write it down: a map of sets, or an object of arrays or sets. */
export type WrittenGraph = ReadonlyMap<string, Iterable<string>> | Readonly<Record<string, Iterable<string>>>;

/** Which nodes depend on which, and the order that follows from it: the same planning that every run starts with. */
export interface DependencyResolver {
  /**
   * Maps each of `pipelineNodes` to the nodes that depend on it: those that name it under `dependencies`, and those
   * that read what it writes.
   *
   * Thrown when it is not a graph of these nodes: an `ErrorList` of `GRAPH_MISSING_NODE`, `GRAPH_SELF_DEPENDENCY`
   * and `GRAPH_DUPLICATE_PRODUCER`, or of CONFIG_* when a node is not well-formed.
   *
   * @example
   * DependencyResolver.buildDependencyGraph({
   *   pipelineNodes: ["extract", "transform"],
   *   nodeConfigs: { extract: { output: ["raw"] }, transform: { dependencies: ["extract"] } },
   * }); // Map { "extract" => Set { "transform" }, "transform" => Set {} }
   */
  buildDependencyGraph(request: {
    readonly pipelineNodes: readonly string[];
    readonly nodeConfigs: NodeConfigs;
  }): DependencyGraph;

  /**
   * An order in which every node comes after those it depends on; among what is free to choose, that of the graph's
   * keys. Linear in nodes and edges.
   *
   * Thrown when there is none: an `ErrorList` of one `GRAPH_CYCLE` per cycle, with the message
   * `Circular dependency detected: a <-> b` or `… a -> b -> c -> a`.
   */
  topologicalSort(dag: WrittenGraph): string[];

  /** The names under a node's `dependencies`; those that follow from its inputs need the whole graph. */
  getNodeDependencies(nodeConfig: WrittenNode | NodeConfig): string[];

  /**
   * Any of the five ways to write dependencies (`"a"`, `{a: {}}`, `["a", "b"]`, `[{a: {}}, {b: {}}]`,
   * `["a", {b: {}}]`) as a list of names, each once. Nothing (`null` or `undefined`) is no dependency.
   *
   * Thrown when it is none of them: CONFIG_*.
   */
  normalizeDependencies(dependencies: WrittenDependencies | null | undefined): string[];
}

/** Graph and order of nodes, for code that plans by itself. */
export const DependencyResolver: DependencyResolver = {
  buildDependencyGraph: ({ pipelineNodes, nodeConfigs }) => {
    checkTexts("pipelineNodes", pipelineNodes);
    const known = graphNodes(nodeConfigs);
    const errors: SparkwrightError[] = [];
    const nodes = pickNodes(pipelineNodes, known, errors);
    const dag: DependencyGraph = new Map(nodes.map(({ name }) => [name, new Set()]));
    for (const { config, dependsOn } of connect(projectOf(known), pipelineOf(pipelineNodes), nodes, errors)) {
      for (const { node } of dependsOn) dag.get(node)?.add(config.name);
    }
    throwPlaceless(errors);
    return dag;
  },

  topologicalSort: (dag) => {
    const { order, cycles } = orderGraph(dependenciesOf(dag));
    throwPlaceless(
      cycles.map(
        (cycle) =>
          new SparkwrightError("GRAPH_CYCLE", `Circular dependency detected: ${formatCycle(cycle)}`, {
            hint: "Remove one of these dependencies.",
            details: { cycle },
          }),
      ),
    );
    return [...order];
  },

  getNodeDependencies: (nodeConfig) => {
    checkRecord("nodeConfig", nodeConfig);
    return DependencyResolver.normalizeDependencies(nodeConfig.dependencies);
  },

  normalizeDependencies: (dependencies) => {
    const node = graphNodes({ node: { dependencies: dependencies ?? [] } }).get("node");
    return [...(node?.dependencies ?? [])];
  },
};

/** The graph turned round: for each node those it depends on. */
export function dependenciesOf(dag: WrittenGraph): ReadonlyMap<string, readonly string[]> {
  if (!(dag instanceof Map)) checkRecord("dag", dag);
  const entries: readonly [string, Iterable<string>][] = [
    ...(dag instanceof Map ? dag : Object.entries(dag)),
  ];
  const graph = new Map<string, string[]>(entries.map(([name]) => [name, []]));
  for (const [name, dependants] of entries) {
    const dependantNames = typeof dependants === "string" ? [] : [...dependants];
    if (typeof dependants === "string") throw invalidArgument(`dag.${name}`, "a set of names", dependants);
    checkTexts(`dag.${name}`, dependantNames);
    for (const dependant of dependantNames) {
      const dependencies = graph.get(dependant);
      if (dependencies === undefined) {
        throw new SparkwrightError(
          "GRAPH_MISSING_NODE",
          `"${dependant}" depends on "${name}", but is no node of the graph`,
          { hint: `Add "${dependant}" as a key of the graph.`, details: { node: dependant } },
        );
      }
      dependencies.push(name);
    }
  }
  return graph;
}

/** Whatever is read is there: a graph alone does not know which datasets are declared. */
function projectOf(nodes: ReadonlyMap<string, NodeConfig>): Project {
  const datasets = new Map(
    [...nodes.values()].flatMap(({ inputs }) =>
      inputs.map(({ dataset }) => [
        dataset,
        {
          name: dataset,
          location: { kind: "table" as const, table: dataset },
          format: "delta",
          mode: "overwrite" as const,
          partitionBy: [],
          mergeKeys: [],
          options: {},
        },
      ]),
    ),
  );
  return { root: "", settings: defaultSettings({}), pipelines: new Map(), nodes, datasets };
}

function pipelineOf(nodes: readonly string[]): PipelineConfig {
  return { name: "pipeline", nodes, hyperparams: {}, tags: [], mlops: {}, position: nowhere };
}
