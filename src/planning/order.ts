/** For each node the nodes it depends on; every name that occurs is a key. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export interface GraphOrder {
  /** Dependencies first; among what is free to choose, the order of the graph's keys. */
  readonly order: readonly string[];
  /** Cycles that share no node, each in the order its nodes would run in, from the first declared one. */
  readonly cycles: readonly (readonly string[])[];
}

interface Frame {
  readonly node: string;
  next: number;
}

/**
 * Orders a graph depth first in time linear in nodes and edges, without recursion: a chain of any length fits.
 * With cycles the order is that of the graph without the edges that close them.
 */
export function orderGraph(graph: Graph): GraphOrder {
  const order: string[] = [];
  const cycles: string[][] = [];
  const depthOf = new Map<string, number>();
  const done = new Set<string>();
  const inCycle = new Set<string>();
  for (const start of graph.keys()) {
    if (done.has(start)) continue;
    const path: Frame[] = [{ node: start, next: 0 }];
    depthOf.set(start, 0);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const dependency = graph.get(top.node)?.[top.next++];
      if (dependency === undefined) {
        path.pop();
        depthOf.delete(top.node);
        done.add(top.node);
        order.push(top.node);
      } else if (depthOf.has(dependency)) {
        const cycle = closedBy(path, depthOf.get(dependency) ?? 0, inCycle);
        if (cycle !== undefined) cycles.push(cycle);
      } else if (!done.has(dependency)) {
        depthOf.set(dependency, path.length);
        path.push({ node: dependency, next: 0 });
      }
    }
  }
  const rank = new Map([...graph.keys()].map((node, index) => [node, index]));
  return { order, cycles: cycles.map((cycle) => fromFirstDeclared(cycle, rank)) };
}

/** The nodes of the path from this depth on, as they would run; nothing when one of them is in a known cycle. */
function closedBy(path: readonly Frame[], depth: number, inCycle: Set<string>): string[] | undefined {
  const cycle: string[] = [];
  for (let at = path.length - 1; at >= depth; at--) {
    const node = path[at]?.node ?? "";
    if (inCycle.has(node)) return undefined;
    cycle.push(node);
  }
  for (const node of cycle) inCycle.add(node);
  return cycle;
}

function fromFirstDeclared(cycle: readonly string[], rank: ReadonlyMap<string, number>): string[] {
  let start = 0;
  const rankAt = (index: number) => rank.get(cycle[index] ?? "") ?? 0;
  for (const index of cycle.keys()) if (rankAt(index) < rankAt(start)) start = index;
  return [...cycle.slice(start), ...cycle.slice(0, start)];
}

/** `a <-> b` for two, else `a -> b -> c -> a`, where what is left runs before what is right. */
export function formatCycle(cycle: readonly string[]): string {
  return cycle.length === 2 ? cycle.join(" <-> ") : [...cycle, cycle[0]].join(" -> ");
}
