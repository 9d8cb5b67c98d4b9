import { quoteName } from "../types/type-text.ts";

/** The parts of a dotted name; dots in backquotes are no separators. */
export function nameParts(name: string): readonly string[] {
  const parts = name.match(/`(?:[^`]|``)*`|[^.`]+/g) ?? [name];
  return parts.map((part) => (part.startsWith("`") ? part.slice(1, -1).replaceAll("``", "`") : part));
}

/** The parts as a dotted name in SQL, each in backquotes, so that none of them is taken for a keyword. */
export function quotedName(parts: readonly string[]): string {
  return parts.map(quoteName).join(".");
}
