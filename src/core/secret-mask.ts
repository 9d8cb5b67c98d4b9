import { base64Forms, spellings } from "./escaped-secret.ts";

const mask = "***";

/** A shorter secret is masked only where it stands alone: else `1` would deface every number. Characters. */
export const shortestMasked = 4;

/** From here on a secret is unlikely to stand in a text by chance. Characters. */
const unmistakable = 8;

interface Pattern {
  readonly length: number;
  /** Letters and digits that a text with the secret has, whatever is escaped. */
  readonly anchor: string;
  readonly all: RegExp;
  /** The secret as text, as bytes, in JSON and in a URL: what is looked for at the end of a piece of a stream. */
  readonly written: readonly string[];
}

/** Replaces secrets in texts by `***`, in every form in which somebody escapes them. */
export class SecretMask {
  readonly #known = new Set<string>();
  /** Longest first, so that a secret which contains another one is masked whole. */
  #patterns: readonly Pattern[] = [];

  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  add(secret: string | undefined): void {
    if (secret === undefined || secret.trim() === "" || this.#known.has(secret)) return;
    this.#known.add(secret);
    const forms = new Set([secret, ...decoded(secret), ...lines(secret)]);
    const patterns = [...forms].map((form) => patternOf(form));
    const encoded = base64Forms(secret).map((form) => patternOf(form, true));
    this.#patterns = [...this.#patterns, ...patterns, ...encoded].sort((a, b) => b.length - a.length);
  }

  /** The text without secrets. */
  text(text: string): string {
    return this.#masked(text, 0);
  }

  /** The same for text that others have laid out, where a short secret would be a number or a word of theirs. */
  unmistakable(text: string): string {
    return this.#masked(text, unmistakable);
  }

  /** Masks the texts in a value, however deep, and numbers that are a secret; keys are names and stay. */
  value<T>(value: T): T {
    return this.isEmpty ? value : (this.#value(value) as T);
  }

  /**
   * How much of a piece of a stream can be masked and passed on: from there on stands what may be the beginning of a
   * secret, plain, in JSON or in a URL, whose rest is in the next piece. Takes time linear in the piece.
   */
  settled(piece: string): number {
    const long = this.#patterns.filter(({ length }) => length >= shortestMasked);
    let end = piece.length;
    for (const { written } of long) {
      for (const form of written) end = Math.min(end, piece.length - begunLength(piece, form));
    }
    for (const { all } of long) {
      for (const { index, 0: found } of piece.matchAll(all)) {
        if (index < end && index + found.length > end) end = index;
      }
    }
    return end;
  }

  #masked(text: string, shortest: number): string {
    let clean = text;
    for (const { length, anchor, all } of this.#patterns) {
      if (length >= shortest && clean.includes(anchor)) clean = clean.replace(all, mask);
    }
    return clean;
  }

  #value(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
      const text = String(value);
      return text.length >= shortestMasked && this.#known.has(text) ? mask : value;
    }
    if (Array.isArray(value)) return value.map((item: unknown) => this.#value(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#value(item)]));
  }
}

function patternOf(form: string, isBase64 = false): Pattern {
  const whole = spellings(form, { isBase64 }).join("");
  const source = form.length < shortestMasked ? `${notBefore}(?:${whole})${notAfter}` : whole;
  const [anchor = ""] = (form.match(/[A-Za-z0-9]+/g) ?? []).sort((a, b) => b.length - a.length);
  return {
    length: form.length,
    anchor,
    all: new RegExp(source, "g"),
    written: writtenForms(form),
  };
}

/** Not within a word, a number, a date or a time. */
const letter = "[\\w\u00c0-\uffef]";
const notBefore = `(?<!${letter}|\\d[.,:/-])`;
const notAfter = `(?!${letter}|[.,:/-]\\d)`;

/** A secret as text, in JSON and in a URL, each also as bytes. */
function writtenForms(secret: string): readonly string[] {
  const texts = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())];
  return [...new Set(texts.flatMap((text) => [text, Buffer.from(text).toString("latin1")]))];
}

/** How many characters at the end of a piece are the beginning of a form, which goes on in the next piece. */
function begunLength(piece: string, form: string): number {
  for (let length = Math.min(form.length - 1, piece.length); length > 0; length--) {
    if (piece.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}

/** What a URL's reader makes of it. */
function decoded(secret: string): string[] {
  try {
    const text = decodeURIComponent(secret);
    return text === secret || text.trim().length < shortestMasked ? [] : [text];
  } catch {
    return [];
  }
}

/** Keys and certificates are shown line by line. */
function lines(secret: string): string[] {
  if (!secret.includes("\n")) return [];
  return secret
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length >= unmistakable);
}
