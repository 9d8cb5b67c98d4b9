import type { SourcePosition } from "../core/error.ts";
import { plainScalar, textScalar, Unusual } from "./plain-scalar.ts";
import { type PathStep, type Place, type RawMap, setPlaces } from "./raw-value.ts";

export interface Flow {
  readonly value: unknown;
  /** The column behind it. */
  readonly end: number;
}

const key = /([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,500}): /uy;
const plain = /[^,[\]{}]+/y;

/** A list, map or text in one line: `[a, "b"]`, `{a: 1}`, `'text'`. Thrown when it is anything else: `Unusual`. */
export function parseFlow(line: string, from: number, positionAt: (column: number) => SourcePosition): Flow {
  const skip = (at: number): number => {
    let next = at;
    while (line[next] === " ") next++;
    return next;
  };
  const read = (at: number, depth: number): Flow => {
    if (depth > 20) throw new Unusual();
    switch (line[at]) {
      case "[":
        return list(at, depth);
      case "{":
        return map(at, depth);
      case '"':
      case "'":
        return quoted(line, at, positionAt);
      default: {
        plain.lastIndex = at;
        const text = plain.exec(line)?.[0] ?? "";
        const trimmed = text.trimEnd();
        if (trimmed === "" || /: |:$| #/.test(text)) throw new Unusual();
        const value = plainScalar({ text: trimmed, source: trimmed, column: at, positionAt });
        return { value, end: at + text.length };
      }
    }
  };
  const list = (start: number, depth: number): Flow => {
    const value: unknown[] = [];
    const entries = new Map<PathStep, Place>();
    let at = skip(start + 1);
    while (line[at] !== "]") {
      const position = positionAt(at);
      const item = read(at, depth + 1);
      entries.set(value.length, { key: position, value: position });
      value.push(item.value);
      at = next(skip(item.end), "]");
    }
    setPlaces(value, { start: positionAt(start), entries });
    return { value, end: at + 1 };
  };
  const map = (start: number, depth: number): Flow => {
    const value = Object.create(null) as RawMap;
    const entries = new Map<PathStep, Place>();
    let at = skip(start + 1);
    while (line[at] !== "}") {
      key.lastIndex = at;
      const name = key.exec(line)?.[1];
      if (name === undefined || name === "__proto__" || /^null$/i.test(name) || entries.has(name)) {
        throw new Unusual();
      }
      const content = skip(at + name.length + 1);
      const item = read(content, depth + 1);
      entries.set(name, { key: positionAt(at), value: positionAt(content) });
      value[name] = item.value;
      at = next(skip(item.end), "}");
    }
    setPlaces(value, { start: positionAt(start), entries });
    return { value, end: at + 1 };
  };
  /** Behind the comma, or at the end. */
  const next = (at: number, close: string): number => {
    if (line[at] === close) return at;
    if (line[at] !== ",") throw new Unusual();
    return skip(at + 1);
  };
  return read(from, 0);
}

function quoted(line: string, from: number, positionAt: (column: number) => SourcePosition): Flow {
  const double = line[from] === '"';
  const pattern = double ? /"([^"\\]*)"/y : /'((?:[^']|'')*)'/y;
  pattern.lastIndex = from;
  const found = pattern.exec(line);
  if (found === null) throw new Unusual();
  const [source, content = ""] = found;
  const text = double ? content : content.replaceAll("''", "'");
  return { value: textScalar({ text, source, column: from, positionAt }), end: from + source.length };
}
