import type { SourcePosition } from "../core/error.ts";
import {
  entriesOf,
  isRawMap,
  type PathStep,
  type Place,
  placesOf,
  type RawMap,
  setPlaces,
} from "./raw-value.ts";

/**
 * Maps merged per key, `over` over `base`; a key that `over` leaves empty goes, anything else is replaced whole. Every
 * part keeps the place it came from.
 */
export function mergeRaw(base: unknown, over: unknown): unknown {
  if (!isRawMap(base) || !isRawMap(over)) return over;
  const merged: RawMap = Object.create(null) as RawMap;
  const entries = new Map<PathStep, Place>();
  for (const { name, value, place } of [...entriesOf(base), ...entriesOf(over)]) {
    if (value === null && name in merged) {
      delete merged[name];
      entries.delete(name);
      continue;
    }
    const below = merged[name];
    const keepsPlace = isRawMap(below) && isRawMap(value);
    merged[name] = name in merged ? mergeRaw(below, value) : value;
    if (place !== undefined && !keepsPlace) entries.set(name, place);
  }
  const start: SourcePosition | undefined = placesOf(base)?.start;
  if (start !== undefined) setPlaces(merged, { start, entries });
  return merged;
}
