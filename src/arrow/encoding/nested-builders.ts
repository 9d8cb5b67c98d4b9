import { suggest } from "../../core/suggestion.ts";
import type { BodyWriter } from "../ipc/record-batch-writer.ts";
import { Row, rowFields, rowValues } from "../row.ts";
import { Variant } from "../values/variant.ts";
import { ColumnBuilder } from "./column-builder.ts";
import { OffsetSink } from "./scalar-builders.ts";
import type { ValuePlace } from "./value-place.ts";

export class ListBuilder extends ColumnBuilder {
  readonly #offsets: OffsetSink;
  readonly #element: ColumnBuilder;

  constructor(place: ValuePlace, nullable: boolean, large: boolean, element: ColumnBuilder) {
    super(place, nullable);
    this.#offsets = new OffsetSink(place, large);
    this.#element = element;
  }

  protected override writeValue(value: unknown): void {
    for (const item of listItems(value, this.place)) {
      this.#element.append(item);
    }
    this.#offsets.push(this.#element.length);
  }

  protected override writeEmpty(): void {
    this.#offsets.push(this.#element.length);
  }

  protected override writeBuffers(body: BodyWriter): void {
    body.buffer(this.#offsets.bytes());
    this.#element.finish(body);
  }

  protected override clearBuffers(): void {
    this.#offsets.clear();
    this.#element.clear();
  }
}

export class FixedListBuilder extends ColumnBuilder {
  readonly #size: number;
  readonly #element: ColumnBuilder;

  constructor(place: ValuePlace, nullable: boolean, size: number, element: ColumnBuilder) {
    super(place, nullable);
    this.#size = size;
    this.#element = element;
  }

  protected override writeValue(value: unknown): void {
    const items = [...listItems(value, this.place)];
    if (items.length !== this.#size) {
      throw this.place.outOfRange(value, `exactly ${this.#size} items`);
    }
    for (const item of items) {
      this.#element.append(item);
    }
  }

  protected override writeEmpty(): void {
    for (let index = 0; index < this.#size; index++) {
      this.#element.appendEmpty();
    }
  }

  protected override writeBuffers(body: BodyWriter): void {
    this.#element.finish(body);
  }

  protected override clearBuffers(): void {
    this.#element.clear();
  }
}

export class MapBuilder extends ColumnBuilder {
  readonly #offsets: OffsetSink;
  readonly #key: ColumnBuilder;
  readonly #value: ColumnBuilder;
  readonly #stringKeys: boolean;

  constructor(
    place: ValuePlace,
    nullable: boolean,
    stringKeys: boolean,
    key: ColumnBuilder,
    value: ColumnBuilder,
  ) {
    super(place, nullable);
    this.#offsets = new OffsetSink(place, false);
    this.#stringKeys = stringKeys;
    this.#key = key;
    this.#value = value;
  }

  protected override writeValue(value: unknown): void {
    for (const [key, item] of this.#entries(value)) {
      this.#key.append(key);
      this.#value.append(item);
    }
    this.#offsets.push(this.#key.length);
  }

  protected override writeEmpty(): void {
    this.#offsets.push(this.#key.length);
  }

  protected override writeBuffers(body: BodyWriter): void {
    body.buffer(this.#offsets.bytes());
    // The entries are a struct, never null.
    body.node(this.#key.length, 0);
    body.buffer(new Uint8Array(0));
    this.#key.finish(body);
    this.#value.finish(body);
  }

  protected override clearBuffers(): void {
    this.#offsets.clear();
    this.#key.clear();
    this.#value.clear();
  }

  #entries(value: unknown): Iterable<readonly [unknown, unknown]> {
    if (value instanceof Map) {
      return value;
    }
    if (this.#stringKeys && isPlainObject(value)) {
      return Object.entries(value);
    }
    throw this.place.wrongType(value, this.#stringKeys ? "a Map or a plain object" : "a Map");
  }
}

export class StructBuilder extends ColumnBuilder {
  readonly #names: readonly string[];
  readonly #children: readonly ColumnBuilder[];

  constructor(
    place: ValuePlace,
    nullable: boolean,
    names: readonly string[],
    children: readonly ColumnBuilder[],
  ) {
    super(place, nullable);
    this.#names = names;
    this.#children = children;
  }

  protected override writeValue(value: unknown): void {
    const values = this.#valuesOf(value);
    for (let index = 0; index < this.#children.length; index++) {
      this.#children[index]?.append(values[index]);
    }
  }

  protected override writeEmpty(): void {
    for (const child of this.#children) {
      child.appendEmpty();
    }
  }

  protected override writeBuffers(body: BodyWriter): void {
    for (const child of this.#children) {
      child.finish(body);
    }
  }

  protected override clearBuffers(): void {
    for (const child of this.#children) {
      child.clear();
    }
  }

  /** By position from an array or from a row with the same columns, else by name. */
  #valuesOf(value: unknown): readonly unknown[] {
    if (Array.isArray(value)) {
      return this.#sameLength(value);
    }
    if (value instanceof Row && sameNames(rowFields(value), this.#names)) {
      return rowValues(value);
    }
    if (!(value instanceof Row) && !isPlainObject(value)) {
      throw this.place.wrongType(value, "an object, a Row, or an array of the fields in order");
    }
    const fields: Readonly<Record<string, unknown>> = value;
    for (const name of Object.keys(fields)) {
      if (!this.#names.includes(name)) {
        const near = suggest(name, this.#names);
        throw this.place.invalid(
          value,
          `has a field ${JSON.stringify(name)} that the struct lacks`,
          near === undefined ? `Its fields are ${this.#names.join(", ")}.` : `Did you mean ${near}?`,
        );
      }
    }
    return this.#names.map((name) => (Object.hasOwn(fields, name) ? fields[name] : undefined));
  }

  #sameLength(values: readonly unknown[]): readonly unknown[] {
    if (values.length !== this.#names.length) {
      throw this.place.outOfRange(values, `exactly ${this.#names.length} values`);
    }
    return values;
  }
}

export class VariantBuilder extends ColumnBuilder {
  readonly #value: ColumnBuilder;
  readonly #metadata: ColumnBuilder;

  constructor(place: ValuePlace, nullable: boolean, value: ColumnBuilder, metadata: ColumnBuilder) {
    super(place, nullable);
    this.#value = value;
    this.#metadata = metadata;
  }

  protected override writeValue(value: unknown): void {
    if (!(value instanceof Variant)) {
      throw this.place.wrongType(value, "a Variant, or text and parse_json() in the query");
    }
    this.#value.append(value.value);
    this.#metadata.append(value.metadata);
  }

  protected override writeEmpty(): void {
    this.#value.appendEmpty();
    this.#metadata.appendEmpty();
  }

  protected override writeBuffers(body: BodyWriter): void {
    this.#value.finish(body);
    this.#metadata.finish(body);
  }

  protected override clearBuffers(): void {
    this.#value.clear();
    this.#metadata.clear();
  }
}

function listItems(value: unknown, place: ValuePlace): Iterable<unknown> {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    return value as Iterable<unknown> & object;
  }
  throw place.wrongType(value, "an array");
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  const prototype: unknown = typeof value === "object" && value !== null && Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, index) => name === right[index]);
}
