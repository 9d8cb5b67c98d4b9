import { closest, distance } from "fastest-levenshtein";

/** The candidate that `name` is probably a misspelling of, if there is one. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const names = [...candidates];
  if (names.length === 0) return undefined;
  const best = closest(name, names);
  const edits = distance(name, best);
  // Of a short name, two edits leave nothing.
  return edits < name.length && edits <= Math.max(2, Math.floor(name.length / 3)) ? best : undefined;
}
