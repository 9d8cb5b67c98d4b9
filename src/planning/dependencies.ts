import type { NodeConfig, NodeInput, PipelineConfig, Project } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { Dependency } from "./run-plan.ts";

/** Comparing every unknown name with every known one takes time; nobody reads more suggestions than these. */
const suggestions = 50;

export interface ConnectedNode {
  readonly config: NodeConfig;
  readonly dependsOn: readonly Dependency[];
}

/** The nodes a pipeline names, in its order; GRAPH_MISSING_NODE for each that is not there. */
export function pipelineNodes(
  project: Project,
  pipeline: PipelineConfig,
  errors: SparkwrightError[],
): NodeConfig[] {
  return pipeline.nodes.flatMap((name, index) => {
    const node = project.nodes.get(name);
    if (node !== undefined) return [node];
    const position = pipeline.nodePositions?.[index] ?? pipeline.position;
    const message = `pipeline "${pipeline.name}" names the node "${name}", which does not exist`;
    const known = errors.length < suggestions ? project.nodes.keys() : [];
    errors.push(missing(message, name, known, position));
    return [];
  });
}

/** Which node of the pipeline writes which dataset; a second writer is GRAPH_DUPLICATE_PRODUCER. */
export function producersOf(
  nodes: readonly NodeConfig[],
  errors: SparkwrightError[],
): ReadonlyMap<string, string> {
  const producers = new Map<string, string>();
  for (const node of nodes) {
    for (const [index, dataset] of node.outputs.entries()) {
      const first = producers.get(dataset);
      if (first === undefined) {
        producers.set(dataset, node.name);
        continue;
      }
      errors.push(
        new SparkwrightError(
          "GRAPH_DUPLICATE_PRODUCER",
          `"${dataset}" is written by "${first}" and "${node.name}"`,
          {
            position: node.positions?.outputs[index] ?? node.position,
            hint: "A dataset has one producer: rename one output, or unite the nodes.",
            details: { dataset, nodes: [first, node.name] },
          },
        ),
      );
    }
  }
  return producers;
}

/**
 * Connects each node to those it depends on: the ones it names, then the producers of its inputs. A node that names
 * dependencies and no input reads their outputs, in order.
 */
export function connect(
  project: Project,
  pipeline: PipelineConfig,
  nodes: readonly NodeConfig[],
  errors: SparkwrightError[],
): ConnectedNode[] {
  const producers = producersOf(nodes, errors);
  const members = new Map(nodes.map((node) => [node.name, node]));
  return nodes.map((node) => {
    const found = new Map<string, Dependency>();
    for (const [index, name] of node.dependencies.entries()) {
      const position = node.positions?.dependencies[index] ?? node.position;
      if (name === node.name) errors.push(selfDependency(node, position));
      else if (members.has(name)) found.set(name, { node: name, reason: "explicit" });
      else {
        const known = errors.length < suggestions ? members.keys() : [];
        errors.push(missingDependency(project, pipeline, node, name, known, position));
      }
    }
    for (const { dataset, position = node.position } of node.inputs) {
      const producer = producers.get(dataset);
      if (producer === node.name) errors.push(selfDependency(node, position, dataset));
      else if (producer !== undefined && !found.has(producer)) {
        found.set(producer, { node: producer, reason: "input", dataset });
      } else if (producer === undefined && !project.datasets.has(dataset)) {
        const known = errors.length < suggestions ? project.datasets.keys() : [];
        errors.push(unknownDataset(known, node, dataset, position));
      }
    }
    for (const { source: dataset, position = node.position } of node.features ?? []) {
      const producer = producers.get(dataset);
      if (producer === node.name) errors.push(selfDependency(node, position, dataset));
      else if (producer !== undefined && !found.has(producer)) {
        found.set(producer, { node: producer, reason: "input", dataset });
      }
    }
    const inputs = node.inputs.length > 0 ? node.inputs : outputsOfDependencies(node, members);
    return { config: { ...node, inputs }, dependsOn: [...found.values()] };
  });
}

function outputsOfDependencies(node: NodeConfig, members: ReadonlyMap<string, NodeConfig>): NodeInput[] {
  return node.dependencies.flatMap((name, index) =>
    (members.get(name)?.outputs ?? []).map((dataset) => ({
      dataset,
      window: node.window ?? "run",
      position: node.positions?.dependencies[index] ?? node.position,
    })),
  );
}

function missingDependency(
  project: Project,
  pipeline: PipelineConfig,
  node: NodeConfig,
  name: string,
  members: Iterable<string>,
  position: SourcePosition,
): SparkwrightError {
  const elsewhere = project.nodes.has(name);
  const where = elsewhere ? `is not in pipeline "${pipeline.name}"` : "does not exist";
  const message = `node "${node.name}" depends on "${name}", which ${where}`;
  if (!elsewhere) return missing(message, name, members, position);
  const hint = `Add "${name}" to the nodes of pipeline "${pipeline.name}", or remove the dependency.`;
  return new SparkwrightError("GRAPH_MISSING_NODE", message, { position, hint, details: { node: name } });
}

function missing(
  message: string,
  name: string,
  known: Iterable<string>,
  position: SourcePosition,
): SparkwrightError {
  const meant = suggest(name, known);
  return new SparkwrightError("GRAPH_MISSING_NODE", message, {
    position,
    hint:
      meant === undefined ? `Define "${name}" under nodes, or remove it here.` : `Did you mean "${meant}"?`,
    details: { node: name, suggestion: meant },
  });
}

function selfDependency(node: NodeConfig, position: SourcePosition, dataset?: string): SparkwrightError {
  const why = dataset === undefined ? "" : `: it reads and writes "${dataset}"`;
  return new SparkwrightError("GRAPH_SELF_DEPENDENCY", `node "${node.name}" depends on itself${why}`, {
    position,
    hint: dataset === undefined ? "Remove the dependency." : "Write to another dataset, or read another one.",
    details: { node: node.name, dataset },
  });
}

function unknownDataset(
  known: Iterable<string>,
  node: NodeConfig,
  dataset: string,
  position: SourcePosition,
): SparkwrightError {
  const meant = suggest(dataset, known);
  const message = `node "${node.name}" reads "${dataset}", which no node writes and no dataset declares`;
  return new SparkwrightError("VALIDATION_UNKNOWN_DATASET", message, {
    position,
    hint:
      meant === undefined
        ? "Declare it in datasets.yaml."
        : `Did you mean "${meant}"? Else declare it in datasets.yaml.`,
    details: { dataset, suggestion: meant },
  });
}
