import { parseNodes } from "../config/node-schema.ts";
import type { NodeConfig } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { ErrorList, throwIfAny } from "../core/error-list.ts";
import { suggest } from "../core/suggestion.ts";
import { checkRecord } from "./check-argument.ts";

/** What a node may say about the nodes it depends on: a name, a map of names, or a list of names and maps. */
export type WrittenDependencies =
  | string
  | Readonly<Record<string, object | null>>
  | readonly (string | Readonly<Record<string, object | null>>)[];

/** A node with the keys of `nodes.yaml`, as far as a graph needs them; the rest is checked as in the file. */
export interface WrittenNode {
  readonly function?: string;
  readonly sql?: string;
  readonly input?: unknown;
  readonly output?: string | readonly string[];
  readonly dependencies?: WrittenDependencies;
  readonly [key: string]: unknown;
}

/** Nodes by name: as they are written in `nodes.yaml`, or as a project has loaded them (`context.nodes`). */
export type NodeConfigs = Readonly<Record<string, WrittenNode>> | ReadonlyMap<string, NodeConfig>;

/** What was never in a file has no place. */
export const nowhere: SourcePosition = { file: "", line: 1, column: 1 };

/** Nodes as the project in the folder `root` would have loaded them. Thrown when they are not well-formed: an `ErrorList` of CONFIG_*. */
export function loadedNodes(nodeConfigs: NodeConfigs, root = ""): ReadonlyMap<string, NodeConfig> {
  if (nodeConfigs instanceof Map) return nodeConfigs;
  checkRecord("nodeConfigs", nodeConfigs);
  const errors: SparkwrightError[] = [];
  const nodes = parseNodes({ name: "nodes", value: nodeConfigs, position: nowhere }, root, errors);
  throwPlaceless(errors);
  return nodes;
}

/** As `loadedNodes`, for a graph: only `input`, `output` and `dependencies` are read, and nothing needs code. */
export function graphNodes(nodeConfigs: NodeConfigs): ReadonlyMap<string, NodeConfig> {
  if (nodeConfigs instanceof Map) return nodeConfigs;
  checkRecord("nodeConfigs", nodeConfigs);
  const edges = Object.entries(nodeConfigs).map(([name, node]) => {
    checkRecord(`nodeConfigs.${name}`, node);
    const { input, output, dependencies } = node;
    const read = { input, output, dependencies };
    const said = Object.entries(read).filter(([, value]) => value !== undefined && value !== null);
    return [name, { sql: "select", ...Object.fromEntries(said) }] as const;
  });
  return loadedNodes(Object.fromEntries(edges));
}

/** The nodes of these names, in their order; `GRAPH_MISSING_NODE` for each that is not there. */
export function pickNodes(
  names: readonly string[],
  nodes: ReadonlyMap<string, NodeConfig>,
  errors: SparkwrightError[],
): NodeConfig[] {
  return names.flatMap((name) => {
    const node = nodes.get(name);
    if (node !== undefined) return [node];
    const meant = suggest(name, nodes.keys());
    errors.push(
      new SparkwrightError("GRAPH_MISSING_NODE", `the node "${name}" has no configuration`, {
        hint: meant === undefined ? `Add "${name}" to nodeConfigs.` : `Did you mean "${meant}"?`,
        details: { node: name, suggestion: meant },
      }),
    );
    return [];
  });
}

/** Throws what `work` throws, without the places of what was never in a file. */
export async function withoutPlaces<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ErrorList) throwPlaceless(error.errors);
    throw error;
  }
}

/** Throws the errors, without the places of what was never in a file. */
export function throwPlaceless(errors: readonly SparkwrightError[]): void {
  throwIfAny(errors.map((error) => (error.position?.file === nowhere.file ? withoutPlace(error) : error)));
}

function withoutPlace({ code, message, hint, details, cause }: SparkwrightError): SparkwrightError {
  return new SparkwrightError(code, message, { hint, details, cause });
}
