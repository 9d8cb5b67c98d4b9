const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * The texts in brackets at the beginning of `text`, one after the other: `[a, b], [c]` gives `["a, b", "c"]`;
 * `undefined` when a bracket is not closed. Spark prints literals without quotes, so a bracket in one can mislead.
 */
export function bracketed(text: string): string[] | undefined {
  const found: string[] = [];
  for (let rest = text; rest.startsWith("["); ) {
    const end = closingBracket(rest);
    if (end === -1) return undefined;
    found.push(rest.slice(1, end));
    rest = rest.slice(end + 1).replace(/^, /, "");
  }
  return found;
}

/** The items of a list, split at the commas outside of all brackets; `undefined` when brackets do not match. */
export function splitList(text: string, separator = ", "): string[] | undefined {
  const items: string[] = [];
  const open: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    const close = closing[char];
    if (close !== undefined) open.push(close);
    else if (char === open.at(-1)) open.pop();
    else if (open.length === 0 && (char === ")" || char === "]" || char === "}")) return undefined;
    else if (open.length === 0 && text.startsWith(separator, at)) {
      items.push(text.slice(start, at));
      start = at + separator.length;
    }
  }
  if (open.length > 0) return undefined;
  const last = text.slice(start);
  return items.length === 0 && last === "" ? [] : [...items, last];
}

/** The index of the bracket that closes the one at `text[from]`, or -1. */
export function closingBracket(text: string, from = 0): number {
  const open: string[] = [];
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] as string;
    const close = closing[char];
    if (close !== undefined) open.push(close);
    else if (char === open.at(-1)) open.pop();
    if (open.length === 0) return at;
  }
  return -1;
}
