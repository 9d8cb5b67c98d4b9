import type { SourcePosition } from "../core/error.ts";
import type { PathStep } from "./raw-value.ts";

interface Merged {
  /** Where the whole stands: in the project's own files, if it is in them at all. */
  readonly position: SourcePosition;
  at(path: readonly PathStep[], part: "key"): SourcePosition;
}

/**
 * Where two keys that exclude each other clash, and what to do about it, when one is the project's own and the other
 * was merged over it; `undefined` when both were written together.
 */
export function mergeClash(
  { position: { file }, at }: Merged,
  keys: readonly [string, string],
): { readonly position: SourcePosition; readonly hint: string } | undefined {
  const [first, second] = [at([keys[0]], "key"), at([keys[1]], "key")];
  if (first.file === second.file) return undefined;
  const [key, own, position] = first.file === file ? [keys[0], first, second] : [keys[1], second, first];
  const hint = `The \`${key}\` of ${own.file}:${own.line} is merged with this: to remove it, write \`${key}: null\` here.`;
  return { position, hint };
}
