import type { SourcePosition } from "../core/error.ts";
import { hasReferences } from "./interpolate.ts";
import { parseFlow } from "./parse-flow-yaml.ts";
import { plainScalar, Unusual } from "./plain-scalar.ts";
import { type PathStep, type Place, type RawMap, setPlaces } from "./raw-value.ts";

/**
 * Reads the YAML that configurations are made of: maps and lists in blocks or on one line, texts on one line or as
 * `|`. An order of magnitude faster than the whole language, and the same result.
 *
 * `undefined` for anything else, errors included: that is for the full parser.
 */
export function parsePlainYaml(text: string, file: string): { value: unknown } | undefined {
  try {
    return { value: new BlockReader(text, file).document() };
  } catch (thrown) {
    if (thrown instanceof Unusual) return undefined;
    throw thrown;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they make a file one for the full parser
const unusualText = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|^(?:---|\.\.\.|%)/m;
const key = /([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,500}):(?= |$)/uy;
const maxDepth = 50;

class BlockReader {
  readonly #file: string;
  readonly #lines: readonly string[];
  readonly #indents: readonly number[];
  /** The line that is read next; never blank, and no comment. */
  #line = -1;

  constructor(text: string, file: string) {
    if (unusualText.test(text)) throw new Unusual();
    this.#file = file;
    this.#lines = text.split("\n");
    this.#indents = this.#lines.map((line) => {
      const indent = line.search(/[^ ]/);
      return indent < 0 || line[indent] === "#" ? -1 : indent;
    });
    this.#advance();
  }

  document(): unknown {
    const indent = this.#indent();
    if (indent < 0) throw new Unusual();
    const value = this.#block(indent, 0);
    if (this.#indent() >= 0) throw new Unusual();
    return value;
  }

  /** The map or list that begins in this line at this column. */
  #block(column: number, depth: number): unknown {
    if (depth > maxDepth) throw new Unusual();
    return this.#isItem(column) ? this.#list(column, depth) : this.#map(column, depth);
  }

  #map(column: number, depth: number): RawMap {
    const map = Object.create(null) as RawMap;
    const entries = new Map<PathStep, Place>();
    const start = this.#position(column);
    let at = column;
    do {
      const line = this.#text();
      key.lastIndex = at;
      const name = key.exec(line)?.[1];
      if (name === undefined || name === "__proto__" || /^null$/i.test(name) || entries.has(name)) {
        throw new Unusual();
      }
      const keyPosition = this.#position(at);
      const place: { key: SourcePosition; value: SourcePosition } = { key: keyPosition, value: keyPosition };
      map[name] = this.#value(at + name.length + 1, column, depth, place);
      entries.set(name, place);
      at = column;
    } while (this.#indent() === column && !this.#isItem(column));
    if (this.#indent() > column) throw new Unusual();
    setPlaces(map, { start, entries });
    return map;
  }

  #list(column: number, depth: number): unknown[] {
    const list: unknown[] = [];
    const entries = new Map<PathStep, Place>();
    const start = this.#position(column);
    do {
      const from = this.#contentFrom(column + 1);
      const place = { key: start, value: start };
      key.lastIndex = from;
      if (from >= 0 && (this.#isItem(from) || key.test(this.#text()))) {
        place.value = this.#position(from);
        list.push(this.#block(from, depth + 1));
      } else list.push(this.#value(column + 1, column, depth, place));
      entries.set(list.length - 1, { key: place.value, value: place.value });
    } while (this.#indent() === column && this.#isItem(column));
    if (this.#indent() > column) throw new Unusual();
    setPlaces(list, { start, entries });
    return list;
  }

  /** What follows a key or a dash; what it belongs to stands at `column`. */
  #value(after: number, column: number, depth: number, place: { value: SourcePosition }): unknown {
    const from = this.#contentFrom(after);
    if (from < 0) {
      const isList = this.#text()[column] === "-";
      this.#advance();
      const indent = this.#indent();
      if (!(indent > column || (indent === column && !isList && this.#isItem(column)))) throw new Unusual();
      place.value = this.#position(indent);
      return this.#block(indent, depth + 1);
    }
    place.value = this.#position(from);
    const line = this.#text();
    const number = this.#line;
    const positionAt = (at: number) => this.#position(at, number);
    const first = line[from];
    if (first === "|") return this.#literal(from, column);
    let value: unknown;
    if (first === "[" || first === "{" || first === '"' || first === "'") {
      const flow = parseFlow(line, from, positionAt);
      if (!/^ *(?: #.*)?$/.test(line.slice(flow.end))) throw new Unusual();
      value = flow.value;
    } else {
      const comment = line.indexOf(" #", from);
      const plain = line.slice(from, comment < 0 ? undefined : comment).trimEnd();
      if (plain.includes(": ") || plain.endsWith(":")) throw new Unusual();
      value = plainScalar({ text: plain, source: plain, column: from, positionAt });
    }
    this.#advance();
    if (this.#indent() > column) throw new Unusual();
    return value;
  }

  /** The lines below that are indented further, as they are. */
  #literal(from: number, column: number): unknown {
    const header = this.#text().slice(from).trimEnd();
    if (header !== "|" && header !== "|-") throw new Unusual();
    const body: string[] = [];
    let indent = -1;
    let at = this.#line + 1;
    for (; at < this.#lines.length; at++) {
      const line = this.#lines[at] ?? "";
      const own = line.search(/[^ ]/);
      if (own < 0) {
        if (line.length > Math.max(indent, 0)) throw new Unusual();
        body.push("");
        continue;
      }
      if (own <= column) break;
      if (indent < 0) indent = own;
      if (own < indent || (body.length > 0 && body.every((text) => text === ""))) throw new Unusual();
      body.push(line.slice(indent));
    }
    while (body.at(-1) === "") body.pop();
    if (body.length === 0) throw new Unusual();
    this.#line = at - 1;
    this.#advance();
    const text = body.join("\n") + (header === "|" ? "\n" : "");
    if (hasReferences(text)) throw new Unusual();
    return text;
  }

  #advance(): void {
    do this.#line++;
    while (this.#line < this.#indents.length && this.#indents[this.#line] === -1);
  }

  #text(): string {
    return this.#lines[this.#line] ?? "";
  }

  /** -1 at the end of the file. */
  #indent(): number {
    return this.#indents[this.#line] ?? -1;
  }

  #isItem(column: number): boolean {
    const line = this.#text();
    return line[column] === "-" && (line[column + 1] ?? " ") === " ";
  }

  /** The column of what this line holds from a column on, or -1 when that is nothing or a comment. */
  #contentFrom(column: number): number {
    const line = this.#text();
    let at = column;
    while (line[at] === " ") at++;
    return at >= line.length || (line[at] === "#" && at > column) ? -1 : at;
  }

  #position(column: number, line: number = this.#line): SourcePosition {
    return { file: this.#file, line: line + 1, column: column + 1 };
  }
}
