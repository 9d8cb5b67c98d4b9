/** `text.startsWith(start, at)`, whatever code has made of that method. */
export function beginsWith(text: string, start: string, at: number = 0): boolean {
  for (let index = 0; index < start.length; index += 1) if (text[at + index] !== start[index]) return false;
  return true;
}

/** `text.includes(part, from)`, whatever code has made of that method. */
export function holds(text: string, part: string, from: number = 0): boolean {
  for (let at = from; at + part.length <= text.length; at += 1) if (beginsWith(text, part, at)) return true;
  return false;
}
