/** A name in backquotes, as any name may be written in SQL. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** The parts of a dotted name; dots in backquotes are no separators. */
export function nameParts(name: string): readonly string[] {
  const parts = name.match(/`(?:[^`]|``)*`|[^.`]+/g) ?? [name];
  return parts.map((part) => (part.startsWith("`") ? part.slice(1, -1).replaceAll("``", "`") : part));
}

/** The parts as a dotted name in SQL, each in backquotes, so that none of them is taken for a keyword. */
export function quotedName(parts: readonly string[]): string {
  return parts.map(quoteName).join(".");
}

/**
 * What two spellings of a table's name have in common: the same in any case and quoting, with or without the built-in
 * catalog and its default schema.
 */
export function nameKey(parts: readonly string[]): string {
  const key = parts.join(".").toLowerCase();
  const local = key.replace(/^spark_catalog\.(?=.)/, "");
  return local.replace(/^default\.(?=[^.]+$)/, "");
}

/** A column's name as the text that means it alone: in backquotes where it has characters that would not. */
export function columnReference(name: string): string {
  return /^[\p{L}\p{N}_$ -]+$/u.test(name) ? name : quoteName(name);
}
