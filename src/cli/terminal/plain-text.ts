/** A text that came from data or files, safe to print: no control character but line feeds reaches the terminal. */
export function plainText(text: string): string {
  if (plain.test(text)) return text;
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(controls, (c) => (c === "\t" ? "  " : visible(c)));
}

/** The same on one line, as Spark's `show` writes cells: `\n`, `\t` and the like as escapes. */
export function oneLine(text: string): string {
  return text.replaceAll(anyControl, (c) => escapes[c] ?? visible(c));
}

// Most texts, and ten times as fast to find out as what has to be replaced in others.
const plain = /^[\x20-\x7e\n]*$/;
// Control characters, and the bidirectional ones that can make a line read as another.
const controls = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;
const anyControl = /[\p{Cc}\p{Bidi_Control}]/gu;
const escapes: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
  "\v": "\\v",
  "\x07": "\\a",
};

function visible(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
