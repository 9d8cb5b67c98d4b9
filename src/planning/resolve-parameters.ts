import { isMap } from "../config/deep-merge.ts";
import { locate } from "../config/raw-value.ts";
import type { SourcePosition } from "../core/error.ts";
import type { Layer, ResolvedValue } from "./origin.ts";

type Values = Readonly<Record<string, unknown>>;

export interface ParameterLayer {
  readonly layer: Layer;
  readonly values: Values;
  /** The place of what holds the values, for those whose own is unknown. */
  readonly within?: SourcePosition | undefined;
}

/**
 * Every leaf of the merged layers, the weakest layer first, as `deepMerge` merges them, with the layer that says it.
 * A list and an empty map are leaves.
 */
export function resolveParameters(layers: readonly ParameterLayer[]): ResolvedValue[] {
  const found: ResolvedValue[] = [];
  resolveBelow(
    layers.map((layer) => ({ layer, at: layer.values })),
    [],
    found,
  );
  return found;
}

interface Level {
  readonly layer: ParameterLayer;
  readonly at: Values;
}

function resolveBelow(levels: readonly Level[], path: readonly string[], found: ResolvedValue[]): void {
  for (const key of new Set(levels.flatMap(({ at }) => Object.keys(at)))) {
    const saying = levels.filter(({ at }) => Object.hasOwn(at, key));
    const strongest = saying.at(-1);
    if (strongest === undefined) continue;
    const value = strongest.at[key];
    const below = [...path, key];
    // What a map is merged over is the run of maps right below it: any other value there hides the rest.
    const hidden = saying.findLastIndex(({ at }) => !isMap(at[key]));
    const maps = saying.slice(hidden + 1).map(({ layer, at }) => ({ layer, at: at[key] as Values }));
    if (maps.some(({ at }) => Object.keys(at).length > 0)) resolveBelow(maps, below, found);
    else found.push({ path: below, value, origin: originOf(strongest.layer, below) });
  }
}

function originOf(
  { layer, values, within }: ParameterLayer,
  path: readonly string[],
): ResolvedValue["origin"] {
  const nowhere = { file: "", line: 0, column: 0 };
  const position = locate(values, path, within ?? nowhere);
  return position === nowhere ? { layer } : { layer, position };
}
