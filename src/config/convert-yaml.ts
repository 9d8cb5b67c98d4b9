import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { hasReferences, referenceOffset } from "./interpolate.ts";
import type { ParsedYaml } from "./parse-yaml.ts";
import { isRawMap, type PathStep, type RawMap, RawScalar, RawTemplate, setPlaces } from "./raw-value.ts";

const maxDepth = 100;

/** Turns a parsed document into plain values with remembered places; references in texts are not looked up yet. */
export function convertYaml(
  document: Document.Parsed,
  text: string,
  positionAt: (offset: number) => SourcePosition,
): ParsedYaml {
  const converter = new Converter(document, text, positionAt);
  const value = converter.convert(document.contents, 0);
  return { value: converter.errors.length > 0 ? undefined : value, errors: converter.errors };
}

class Converter {
  readonly errors: SparkwrightError[] = [];
  readonly #text: string;
  readonly #positionAt: (offset: number) => SourcePosition;
  readonly #targets: ReadonlyMap<Alias, unknown>;
  readonly #open = new Set<unknown>();
  /** How many values may still come out of aliases; a bomb of a few lines would expand to billions. */
  #aliasBudget: number;
  /** The alias of the file whose expansion is under way. */
  #expanding: Alias | undefined;

  constructor(document: Document.Parsed, text: string, positionAt: (offset: number) => SourcePosition) {
    this.#text = text;
    this.#positionAt = positionAt;
    this.#targets = aliasTargets(document);
    this.#aliasBudget = 100_000 + 10 * text.length;
  }

  convert(node: unknown, depth: number, inAlias = false): unknown {
    if (depth > maxDepth) {
      this.#fail("CONFIG_YAML_DEPTH", `nested deeper than ${maxDepth} levels`, node, "Flatten it.");
      return null;
    }
    if (inAlias && this.#aliasBudget-- <= 0) {
      if (this.#aliasBudget === -1) {
        const message = "the aliases expand to too many values";
        this.#fail("CONFIG_YAML_ALIAS", message, this.#expanding, "Write fewer of them.");
      }
      return null;
    }
    if (isAlias(node)) {
      if (!inAlias) this.#expanding = node;
      return this.#alias(node, depth);
    }
    if (isMap(node)) return this.#map(node, depth, inAlias);
    if (isSeq(node)) return this.#list(node, depth, inAlias);
    return isScalar(node) ? this.#scalar(node) : null;
  }

  #alias(alias: Alias, depth: number): unknown {
    const target = this.#targets.get(alias);
    if (target === undefined || this.#open.has(target)) {
      const unknown = target === undefined;
      const why = unknown ? "is not defined above" : "contains itself";
      const hint = unknown
        ? `Define it above with \`&${alias.source}\`, or quote the text when it only begins with a star.`
        : "Remove the alias, or move what is shared into an anchor of its own.";
      this.#fail("CONFIG_YAML_ALIAS", `the anchor "${alias.source}" ${why}`, alias, hint);
      return null;
    }
    return this.convert(target, depth, true);
  }

  #map(map: YAMLMap, depth: number, inAlias: boolean): RawMap {
    const value: RawMap = Object.create(null) as RawMap;
    const entries = new Map<PathStep, { key: SourcePosition; value: SourcePosition }>();
    const merged: unknown[] = [];
    this.#open.add(map);
    for (const pair of map.items) {
      const name = this.#key(pair);
      if (name === undefined) continue;
      const key = this.#position(pair.key);
      const item = this.convert(pair.value, depth + 1, inAlias);
      if (name === "<<") {
        merged.push(...(Array.isArray(item) ? item : [item]));
        continue;
      }
      const first = entries.get(name);
      if (first !== undefined) {
        const message = `"${name}" is written twice; the first is on line ${first.key.line}`;
        this.#fail("CONFIG_DUPLICATE_KEY", message, pair.key, "Keep one of them.");
        continue;
      }
      value[name] = item;
      entries.set(name, { key, value: this.#hasRange(pair.value) ? this.#position(pair.value) : key });
    }
    this.#open.delete(map);
    for (const source of merged) {
      if (!isRawMap(source)) {
        this.#fail("CONFIG_YAML_ALIAS", "`<<` merges maps only", map, "Name the anchor of a map.");
        continue;
      }
      for (const [name, item] of Object.entries(source)) {
        if (entries.has(name)) continue;
        value[name] = item;
        entries.set(name, { key: this.#position(map), value: this.#position(map) });
      }
    }
    setPlaces(value, { start: this.#position(map), entries });
    return value;
  }

  /** A key as text, or `undefined` when it can be none. */
  #key(pair: Pair): string | undefined {
    if (isScalar(pair.key) && pair.key.value !== null) {
      const name = typeof pair.key.value === "string" ? pair.key.value : (pair.key.source ?? "");
      if (name !== "__proto__") return name;
      this.#fail("CONFIG_YAML_KEY", '"__proto__" cannot be a key', pair.key, "Choose another name.");
    } else {
      const hint = "Write a name before the colon.";
      this.#fail("CONFIG_YAML_KEY", "a key must be plain text", pair.key ?? pair.value, hint);
    }
    return undefined;
  }

  #list(list: YAMLSeq, depth: number, inAlias: boolean): unknown[] {
    const entries = new Map<PathStep, { key: SourcePosition; value: SourcePosition }>();
    this.#open.add(list);
    const value = list.items.map((item, index) => {
      const position = this.#hasRange(item) ? this.#position(item) : this.#position(list);
      entries.set(index, { key: position, value: position });
      return this.convert(item, depth + 1, inAlias);
    });
    this.#open.delete(list);
    setPlaces(value, { start: this.#position(list), entries });
    return value;
  }

  #scalar(scalar: Scalar): unknown {
    if (scalar.value === null) return null;
    if (typeof scalar.value !== "string") return new RawScalar(scalar.source ?? "", scalar.value);
    if (!hasReferences(scalar.value)) return scalar.value;
    const [start = 0, end = 0] = scalar.range ?? [];
    return new RawTemplate(scalar.value, (ordinal) =>
      this.#positionAt(start + referenceOffset(this.#text.slice(start, end), ordinal)),
    );
  }

  #hasRange(node: unknown): boolean {
    return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range);
  }

  #position(node: unknown): SourcePosition {
    const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    return this.#positionAt(Array.isArray(range) ? Number(range[0]) : 0);
  }

  #fail(code: string, message: string, node: unknown, hint: string): void {
    this.errors.push(new SparkwrightError(code, message, { position: this.#position(node), hint }));
  }
}

/** What each alias stands for: the last node so anchored before it. */
function aliasTargets(document: Document.Parsed): Map<Alias, unknown> {
  const anchors = new Map<string, unknown>();
  const targets = new Map<Alias, unknown>();
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}
