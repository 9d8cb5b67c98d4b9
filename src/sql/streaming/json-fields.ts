import { Timestamp } from "../../arrow/values/timestamp.ts";
import { ProtocolError } from "../../connect/errors.ts";
import { isJsonObject, JsonNumber, type JsonObject, parseExactJson } from "./exact-json.ts";

/** An object of a JSON text of the server, read field by field with the type that Spark's class has. */
export class JsonFields {
  readonly #object: JsonObject;
  readonly #what: string;

  constructor(object: unknown, what: string) {
    if (!isJsonObject(object)) throw malformed(what, "an object", object);
    this.#object = object;
    this.#what = what;
  }

  /** The object of a JSON text. Thrown when it is none: `CONNECT_MALFORMED_EVENT`. */
  static parse(text: string, what: string): JsonFields {
    let value: unknown;
    try {
      value = parseExactJson(text);
    } catch (cause) {
      throw malformed(what, "JSON", text, cause);
    }
    return new JsonFields(value, what);
  }

  text(name: string): string {
    const value = this.#object[name];
    if (typeof value === "string") return value;
    throw this.#malformed(name, "a text");
  }

  textOrNull(name: string): string | null {
    return this.#isAbsent(name) ? null : this.text(name);
  }

  /** A text, or the JSON of anything else; null when it is absent. */
  jsonOrNull(name: string): string | null {
    if (this.#isAbsent(name)) return null;
    const value = this.#object[name];
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  long(name: string): bigint {
    return asLong(this.#object[name]) ?? fail(this.#malformed(name, "a whole number"));
  }

  longOrNull(name: string): bigint | null {
    return this.#isAbsent(name) ? null : this.long(name);
  }

  /** A number; NaN when it is absent, which is how Spark writes one that it could not compute. */
  double(name: string): number {
    if (this.#isAbsent(name)) return Number.NaN;
    return asDouble(this.#object[name]) ?? fail(this.#malformed(name, "a number"));
  }

  timestamp(name: string): Timestamp {
    return Timestamp.parse(this.text(name));
  }

  timestamps(name: string): Readonly<Record<string, Timestamp>> {
    return this.record(name, (key, fields) => fields.timestamp(key));
  }

  longs(name: string): Readonly<Record<string, bigint>> {
    return this.record(name, (key, fields) => fields.long(key));
  }

  texts(name: string): Readonly<Record<string, string>> {
    return this.record(name, (key, fields) => fields.text(key));
  }

  object(name: string): JsonFields {
    return new JsonFields(this.#object[name], `${this.#what}.${name}`);
  }

  /** The elements of a list; none when it is absent. */
  list(name: string): unknown[] {
    if (this.#isAbsent(name)) return [];
    const value = this.#object[name];
    if (Array.isArray(value)) return value;
    throw this.#malformed(name, "a list");
  }

  objects(name: string): JsonFields[] {
    return this.list(name).map((item, i) => new JsonFields(item, `${this.#what}.${name}[${i}]`));
  }

  /** The values of an object by its keys; none when it is absent, which is how Spark writes an empty one. */
  record<T>(name: string, read: (key: string, fields: JsonFields) => T): Readonly<Record<string, T>> {
    if (this.#isAbsent(name)) return {};
    const fields = this.object(name);
    return Object.fromEntries(Object.keys(fields.#object).map((key) => [key, read(key, fields)]));
  }

  raw(name: string): unknown {
    return this.#object[name];
  }

  #isAbsent(name: string): boolean {
    return this.#object[name] === undefined || this.#object[name] === null;
  }

  #malformed(name: string, expected: string): ProtocolError {
    return malformed(`${this.#what}.${name}`, expected, this.#object[name]);
  }
}

/** A whole number; `undefined` when the value is none. */
export function asLong(value: unknown): bigint | undefined {
  return value instanceof JsonNumber && value.isWhole ? BigInt(value.text) : undefined;
}

/** A number, also one that JSON can only hold as text; `undefined` when the value is none. */
export function asDouble(value: unknown): number | undefined {
  if (value instanceof JsonNumber) return Number(value.text);
  return value === "NaN" || value === "Infinity" || value === "-Infinity" ? Number(value) : undefined;
}

function malformed(what: string, expected: string, found: unknown, cause?: unknown): ProtocolError {
  const text = JSON.stringify(found) ?? "nothing";
  return new ProtocolError(
    "CONNECT_MALFORMED_EVENT",
    `The server sent ${text.slice(0, 200)} as ${what}, which should be ${expected}.`,
    { cause, hint: "Check the version of the server; if it is supported, report this." },
  );
}

function fail(error: Error): never {
  throw error;
}
