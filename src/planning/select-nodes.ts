import type { NodeConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { codeFile } from "./code-file.ts";
import type { ConnectedNode } from "./dependencies.ts";
import { parseSelection, type Selection, type Selector } from "./selector.ts";
import { hasWildcard, pathWildcard, wildcard } from "./wildcard.ts";

export interface SelectOptions {
  /** Selectors in dbt's grammar; blanks unite, commas intersect. @default all nodes */
  readonly select?: readonly string[];
  /** Selectors of nodes to leave out of those. */
  readonly exclude?: readonly string[];
}

/** Which nodes of a pipeline run, and why the others do not. */
export interface NodeSelection {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  /** The selector that first took a node; without `select`, empty. */
  readonly selectedBy: ReadonlyMap<string, string>;
  /** In the order of the pipeline. */
  readonly leftOut: readonly LeftOutNode[];
  /** Selectors that no node matches, where that is no error. */
  readonly matchedNothing: readonly string[];
}

export interface LeftOutNode {
  readonly node: string;
  readonly reason: "not_selected" | "excluded";
  /** The selector that excludes it. */
  readonly selector?: string;
}

/**
 * Applies `--select` and `--exclude` with dbt's semantics, in time linear in nodes and edges for each selector.
 *
 * A name that no node has is USAGE_UNKNOWN_NODE; a selection that leaves nothing is USAGE_EMPTY_SELECTION.
 */
export function selectNodes(
  root: string,
  pipeline: string,
  nodes: readonly ConnectedNode[],
  { select = [], exclude = [] }: SelectOptions,
  errors: SparkwrightError[],
): NodeSelection | undefined {
  if (select.length === 0 && exclude.length === 0) return undefined;
  const before = errors.length;
  const [selecting, excluding] = [
    parseSelection("--select", select, errors),
    parseSelection("--exclude", exclude, errors),
  ];
  const graph = new SelectableGraph(root, nodes);
  const selected = graph.evaluate(selecting);
  const excluded = graph.evaluate(excluding);
  for (const { value } of graph.unknownNames) errors.push(unknownNode(pipeline, value, nodes));
  const selectsAll = select.length === 0;
  const leftOut = nodes.flatMap(({ config: { name } }): LeftOutNode[] => {
    const selector = excluded.get(name);
    if (!selectsAll && !selected.has(name)) return [{ node: name, reason: "not_selected" }];
    return selector === undefined ? [] : [{ node: name, reason: "excluded", selector }];
  });
  if (errors.length === before && leftOut.length === nodes.length) {
    errors.push(emptySelection(pipeline, select, exclude, selected.size > 0 || selectsAll));
  }
  const matchedNothing = [...graph.unmatched].map(({ text }) => text);
  return { select, exclude, selectedBy: selected, leftOut, matchedNothing };
}

class SelectableGraph {
  readonly unknownNames = new Set<Selector>();
  readonly unmatched = new Set<Selector>();
  readonly #root: string;
  readonly #nodes: readonly NodeConfig[];
  readonly #parents = new Map<string, readonly string[]>();
  readonly #children = new Map<string, string[]>();

  constructor(root: string, nodes: readonly ConnectedNode[]) {
    this.#root = root;
    this.#nodes = nodes.map(({ config }) => config);
    for (const { name } of this.#nodes) this.#children.set(name, []);
    for (const { config, dependsOn } of nodes) {
      this.#parents.set(
        config.name,
        dependsOn.map(({ node }) => node),
      );
      for (const { node } of dependsOn) this.#children.get(node)?.push(config.name);
    }
  }

  /** The nodes of a selection, each with the union that first took it. */
  evaluate(selection: Selection): Map<string, string> {
    const found = new Map<string, string>();
    for (const intersection of selection) {
      const sets = intersection.map((selector) => this.#expand(selector));
      const [first = new Set<string>(), ...others] = sets;
      const text = intersection.map((selector) => selector.text).join(",");
      for (const name of first) {
        if (!found.has(name) && others.every((other) => other.has(name))) found.set(name, text);
      }
    }
    return found;
  }

  #expand(selector: Selector): Set<string> {
    const matched = new Set(this.#matches(selector));
    if (matched.size === 0) {
      const isName = selector.method === "fqn" && !hasWildcard(selector.value);
      (isName ? this.unknownNames : this.unmatched).add(selector);
    }
    const found = new Set(matched);
    const add = (names: Iterable<string>) => {
      for (const name of names) found.add(name);
    };
    if (selector.childrensParents) {
      const below = reach(matched, this.#children, Number.POSITIVE_INFINITY);
      add(reach(below, this.#parents, Number.POSITIVE_INFINITY));
    }
    add(reach(matched, this.#parents, selector.parents));
    add(reach(matched, this.#children, selector.children));
    return found;
  }

  #matches({ method, value }: Selector): string[] {
    const test = this.#test(method, value);
    return this.#nodes.filter(test).map(({ name }) => name);
  }

  #test(method: Selector["method"], value: string): (node: NodeConfig) => boolean {
    if (method === "path") {
      const pattern = pathWildcard(value);
      return (node) => withParents(codeFile(this.#root, node)).some((path) => pattern.test(path));
    }
    const pattern = wildcard(value);
    switch (method) {
      case "fqn":
        // A dot separates namespaces, and whoever names one means what is in it.
        return hasWildcard(value)
          ? ({ name }) => pattern.test(name)
          : ({ name }) => name === value || name.startsWith(`${value}.`);
      case "tag":
        return ({ tags }) => tags.some((tag) => pattern.test(tag));
      case "output":
        return ({ outputs }) => outputs.some((dataset) => pattern.test(dataset));
      case "input":
        return ({ inputs }) => inputs.some(({ dataset }) => pattern.test(dataset));
      case "file":
        return (node) => {
          const name = codeFile(this.#root, node)?.split("/").at(-1);
          return name !== undefined && (pattern.test(name) || pattern.test(name.replace(/\.[^.]+$/, "")));
        };
    }
  }
}

/** These nodes and all that are at most so many edges away. */
function reach(
  from: ReadonlySet<string>,
  edges: ReadonlyMap<string, readonly string[]>,
  depth: number,
): Set<string> {
  const found = new Set(from);
  let border: readonly string[] = [...from];
  for (let step = 0; step < depth && border.length > 0; step++) {
    const next: string[] = [];
    for (const name of border) {
      for (const neighbour of edges.get(name) ?? []) {
        if (found.has(neighbour)) continue;
        found.add(neighbour);
        next.push(neighbour);
      }
    }
    border = next;
  }
  return found;
}

/** A path and the folders above it: `src/a/b.ts`, `src/a`, `src`. */
function withParents(path: string | undefined): string[] {
  if (path === undefined) return [];
  const folders = path.split("/");
  return folders.map((_, index) => folders.slice(0, folders.length - index).join("/"));
}

function unknownNode(pipeline: string, name: string, nodes: readonly ConnectedNode[]): SparkwrightError {
  const known = nodes.map(({ config }) => config.name);
  const meant = suggest(name, known);
  const shown = known.length > 20 ? [...known.slice(0, 20), "…"] : known;
  return new SparkwrightError("USAGE_UNKNOWN_NODE", `pipeline "${pipeline}" has no node "${name}"`, {
    hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Nodes: ${shown.join(", ")}.`,
    details: { pipeline, node: name, suggestion: meant },
  });
}

function emptySelection(
  pipeline: string,
  select: readonly string[],
  exclude: readonly string[],
  excludedAll: boolean,
): SparkwrightError {
  const [what, hint] = excludedAll
    ? [`--exclude ${exclude.join(" ")} leaves none of them`, "Exclude less."]
    : [`--select ${select.join(" ")} matches none of them`, "Name other nodes, tags or paths."];
  return new SparkwrightError("USAGE_EMPTY_SELECTION", `no node of "${pipeline}" is left to run: ${what}`, {
    hint: `${hint} sparkwright graph ${pipeline} shows its nodes.`,
    details: { pipeline, select, exclude },
  });
}
