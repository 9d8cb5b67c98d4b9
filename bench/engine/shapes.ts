/** For each node, by its place, the places of those it waits for. */
export type Shape = readonly (readonly number[])[];

const layer = 10;

/** The graphs that are run, each of `nodes` nodes. */
export const shapes: Readonly<Record<string, (nodes: number) => Shape>> = {
  chain: (nodes) => Array.from({ length: nodes }, (_, node) => (node === 0 ? [] : [node - 1])),
  "fan-out": (nodes) => Array.from({ length: nodes }, (_, node) => (node === 0 ? [] : [0])),
  "layers of 10": (nodes) =>
    Array.from({ length: nodes }, (_, node) => {
      const first = node - (node % layer) - layer;
      return first < 0 ? [] : Array.from({ length: layer }, (_, offset) => first + offset);
    }),
};
