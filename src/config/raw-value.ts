import type { SourcePosition, SparkwrightError } from "../core/error.ts";
import type { EncodeValue } from "./interpolate.ts";

/**
 * A scalar whose type the schema decides: a number or boolean as written (`0.10` stays `0.10` where text is
 * wanted), or what came out of `${VAR}`.
 */
export class RawScalar {
  readonly text: string;
  readonly value: unknown;
  /** The scalar before interpolation; shown in messages, and instead of a value that is secret. */
  readonly template: string | undefined;
  /** Whether a secret is in it; then it is text and nothing else. */
  readonly isSecret: boolean;
  /** Whether something in it could not be looked up, which was told already, or is told when it is used. */
  readonly isUnresolved: boolean;
  /** That a secret in it cannot be had; nobody needs it until the value is used. */
  readonly missing: SparkwrightError | undefined;
  /** The text with every value that was looked up encoded where it stands. */
  readonly encoded: (encode: EncodeValue) => string;

  constructor(
    text: string,
    value: unknown,
    origin: {
      readonly template?: string;
      readonly isSecret?: boolean;
      readonly isUnresolved?: boolean;
      readonly missing?: SparkwrightError | undefined;
      readonly encoded?: (encode: EncodeValue) => string;
    } = {},
  ) {
    this.text = text;
    this.value = value;
    this.template = origin.template;
    this.isSecret = origin.isSecret ?? false;
    this.isUnresolved = origin.isUnresolved ?? false;
    this.missing = origin.missing;
    this.encoded = origin.encoded ?? (() => text);
  }
}

/** A text with references that nobody has looked up yet. */
export class RawTemplate {
  readonly text: string;
  /** Where the `${` with this ordinal stands. */
  readonly placeOf: (ordinal: number) => SourcePosition;

  constructor(text: string, placeOf: (ordinal: number) => SourcePosition) {
    this.text = text;
    this.placeOf = placeOf;
  }
}

/** A map as it was written; without a prototype, so that no key of a file can reach one. */
export type RawMap = Record<string, unknown>;

export type PathStep = string | number;

/** Where an entry of a map or an item of a list stands. */
export interface Place {
  readonly key: SourcePosition;
  readonly value: SourcePosition;
}

/** Where a map or list and what is in it stand; the entries of a map in the order of the file. */
export interface ContainerPlaces {
  readonly start: SourcePosition;
  readonly entries: ReadonlyMap<PathStep, Place>;
}

const places = new WeakMap<object, ContainerPlaces>();

/** Remembers where the parts of a map or list stand. */
export function setPlaces(container: object, of: ContainerPlaces): void {
  places.set(container, of);
}

/** Lets what was made of a map or list stand where that did. */
export function copyPlaces(from: object, to: object): void {
  const known = places.get(from);
  if (known !== undefined) places.set(to, known);
}

/**
 * Where the keys of a map stand, by name; those below the keys in `nested` by their path, `retries.max`.
 */
export function writtenKeys(map: unknown, nested: readonly string[] = []): Record<string, SourcePosition> {
  const found: Record<string, SourcePosition> = {};
  const add = (value: unknown, prefix: string) => {
    if (!isRawMap(value)) return;
    for (const entry of entriesOf(value)) {
      const name = prefix + entry.name;
      if (entry.place !== undefined) found[name] = entry.place.value;
      if (nested.includes(name)) add(entry.value, `${name}.`);
    }
  };
  add(map, "");
  return found;
}

/** Where the parts of a map or list stand, if it was read from a file. */
export function placesOf(container: object): ContainerPlaces | undefined {
  return places.get(container);
}

/** Where `path` below `root` stands; of a path that does not exist, where its nearest ancestor does. */
export function locate(
  root: unknown,
  path: readonly PathStep[],
  fallback: SourcePosition,
  part: "key" | "value" = "value",
): SourcePosition {
  let found = fallback;
  let at = root;
  const steps = withoutImpliedLists(root, path);
  for (const [index, step] of steps.entries()) {
    const place = typeof at === "object" && at !== null ? places.get(at)?.entries.get(step) : undefined;
    if (place === undefined) return found;
    const last = index === steps.length - 1;
    found = last && part === "key" ? place.key : place.value;
    at = (at as RawMap)[step];
  }
  return found;
}

export interface RawEntry {
  readonly name: string;
  readonly value: unknown;
  readonly place: Place | undefined;
}

/** The entries of a map in the order of the file, which JavaScript does not keep for keys like `2001`. */
export function entriesOf(map: RawMap): RawEntry[] {
  const known = places.get(map)?.entries;
  const names = known === undefined ? Object.keys(map) : [...known.keys()].map(String);
  return names.map((name) => ({ name, value: map[name], place: known?.get(name) }));
}

export function isRawMap(value: unknown): value is RawMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawScalar) &&
    !(value instanceof RawTemplate)
  );
}

/** What was written at `path`, or `undefined`. */
export function valueAt(root: unknown, path: readonly PathStep[]): unknown {
  let at = root;
  for (const step of withoutImpliedLists(root, path)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as RawMap)[step];
  }
  return at;
}

/** A path through the value as written: one item may stand where a list of one is meant. */
export function withoutImpliedLists(root: unknown, path: readonly PathStep[]): PathStep[] {
  const steps: PathStep[] = [];
  let at = root;
  for (const step of path) {
    if (step === 0 && !Array.isArray(at)) continue;
    steps.push(step);
    at = typeof at === "object" && at !== null ? (at as RawMap)[step] : undefined;
  }
  return steps;
}

/** A written value as a message shows it: short, with what became of its variables, and no secret. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return "empty";
  if (value instanceof RawTemplate) return JSON.stringify(value.text);
  if (value instanceof RawScalar) return showScalar(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a map";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

function showScalar({ text, template, isSecret, isUnresolved }: RawScalar): string {
  if (template === undefined) return text;
  const written = JSON.stringify(template);
  if (isSecret || isUnresolved) return written;
  if (text === "") return `${written} (which is empty)`;
  // Not cut off: where another name makes it a secret, it is masked only as a whole.
  const shown = text.length > 80 ? `${text.length} characters long` : JSON.stringify(text);
  return `${written} (which is ${shown})`;
}
