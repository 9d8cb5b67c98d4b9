/**
 * Regular expressions that find a secret however somebody escaped it: as it is, and as JSON, Java, Spark, SQL
 * literals, URLs, HTML, YAML, CSV and shells write it, one within another as deep as anybody nests them.
 *
 * Letters and digits of ASCII stand for themselves in all of these; every other character has its list of spellings.
 */

/** Backslashes double with every level: `\"` is `\\\"` in JSON in JSON. */
const slashes = "\\\\{0,31}";
const slash = "\\\\{1,31}";
const entity = "&(?:amp;)*";

const namedEntities: Readonly<Record<string, string>> = {
  '"': "quot",
  "'": "apos",
  "&": "amp",
  "<": "lt",
  ">": "gt",
};

/** What a character is also written as, beyond what holds for every one. */
const others: Readonly<Record<string, readonly string[]>> = {
  " ": ["\\+"],
  "\n": [`${slash}r${slash}n`, `${slash}n`, "\\r?\\n[ \\t]*"],
  "\r": [`${slash}r`],
  "\t": [`${slash}t`, " {2}"],
  "\b": [`${slash}b`],
  "\f": [`${slash}f`],
  "\v": [`${slash}v`],
  "'": [`'"'"'`],
  // Spark quotes the parts of a name.
  ".": ["`?\\.`?"],
};

/** In base64 for URLs. */
const othersInBase64: typeof others = { "+": ["-"], "/": ["_"] };

/** The text as a list of expressions, one for each run of the same character. */
export function spellings(
  text: string,
  { isBase64 = false }: { readonly isBase64?: boolean } = {},
): string[] {
  const more = isBase64 ? othersInBase64 : others;
  return [...text.matchAll(/(.)\1*/gsu)].map(([run, one = ""]) => {
    const count = [...run].length;
    return spelling(one, count, more);
  });
}

function spelling(character: string, count: number, more: typeof others): string {
  if (/[A-Za-z0-9]/.test(character)) return `${character}${times(count, count)}`;
  if (character === "\\") {
    return `(?:(?:${coded(character)})${times(count, count)}|\\\\{${count},${31 * count}})`;
  }
  const self = `${slashes}${escapeRegExp(character)}`;
  const one = [...(more[character] ?? []), coded(character), self].join("|");
  // Quotes, dollars and per cents are doubled somewhere; as few as may be, so as not to take what follows.
  return `(?:${one})${times(count, /['"`$%]/.test(character) ? count * 4 : count)}`;
}

function times(least: number, most: number): string {
  if (least === most) return least === 1 ? "" : `{${least}}`;
  return `{${least},${most}}?`;
}

/** A character as its number: `%27`, `\u0027`, `\x27`, `\047`, `&#39;`, and the bytes of its UTF-8. */
function coded(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character)];
  const hex = code.toString(16);
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at));
  const name = namedEntities[character];
  return [
    bytes.map((byte) => `%(?:25)*${anyCase(byte.toString(16).padStart(2, "0"))}`).join(""),
    units.map((unit) => `${slash}u${anyCase(unit.toString(16).padStart(4, "0"))}`).join(""),
    `${slash}[ux]\\{0*${anyCase(hex)}\\}`,
    ...(code < 256 ? [`${slash}x${anyCase(hex.padStart(2, "0"))}`, `${slash}0*${code.toString(8)}`] : []),
    ...(code > 127
      ? [escapeRegExp(Buffer.from(character).toString("latin1")), `${slash}U0*${anyCase(hex)}`, "[?\ufffd]"]
      : []),
    `${entity}#0*${code};`,
    `${entity}#[xX]0*${anyCase(hex)};`,
    ...(name === undefined ? [] : [`${entity}${name};`]),
  ].join("|");
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/**
 * The middle of a text's base64 wherever it begins within what was encoded (`user:secret`): what of it depends on
 * nothing but the text.
 */
export function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text);
  const inner = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const from = Math.ceil((before * 8) / 6);
    return encoded.slice(from, Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [bytes.toString("base64"), ...inner].filter((form) => form.length >= 6);
}
