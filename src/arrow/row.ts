import { toJsonValue } from "./json-value.ts";

/**
 * One row of a result, or one struct in it.
 *
 * - Columns are own enumerable properties in column order; of several with one name the first is the property.
 * - `row[0]`, `row[1]`, ... are the columns by position, also those whose name is taken. They live on the
 *   prototype, so they do not show in `Object.keys`. Where a column itself is named like an integer, `row["0"]`
 *   is that column, and integer-like names come first in `Object.keys`, as in every JavaScript object.
 * - {@link rowValues} and {@link rowFields} are right for all names and all orders; so is iteration:
 *   `const [id, name] = row`.
 */
export class Row {
  [column: string]: unknown;
  [position: number]: unknown;

  *[Symbol.iterator](): IterableIterator<unknown> {
    yield* rowValues(this);
  }
}

/** Where the columns of a class of rows are. */
interface RowLayout {
  readonly names: readonly string[];
  /** Undefined where every value is found under its own name. */
  readonly valuesOf: ((row: Row) => readonly unknown[]) | undefined;
}

const layouts: WeakMap<object, RowLayout> = new WeakMap();

/** The values of a row in column order, duplicates included. */
export function rowValues(row: Row): unknown[] {
  const layout = layoutOf(row);
  return layout.valuesOf === undefined ? layout.names.map((name) => row[name]) : [...layout.valuesOf(row)];
}

/** The names of the columns of a row in order, duplicates included. */
export function rowFields(row: Row): readonly string[] {
  return layoutOf(row).names;
}

/** A row of values given by name. Thrown when there are more or fewer values than names. */
export function makeRow(names: readonly string[], values: readonly unknown[]): Row {
  const [row] = rowFactory(names)(
    values.map((value) => [value]),
    1,
  );
  if (row === undefined || values.length !== names.length) {
    throw new RangeError(`a row of ${names.length} columns cannot take ${values.length} values`);
  }
  return row;
}

/** Turns columns (one array of values each) into rows. */
export type RowFactory = (columns: readonly (readonly unknown[])[], numRows: number) => Row[];

/** The factory of rows with these columns; what can be decided once per schema is decided here. */
export function rowFactory(names: readonly string[]): RowFactory {
  const plain = new Set(names).size === names.length && !names.some(isUnsafeName);
  if (!plain) {
    return exactRowFactory(names);
  }
  return names.length <= maxKeyedColumns ? narrowRowFactory(names) : wideRowFactory(names);
}

// V8 turns objects that grew more than about a dozen properties by keyed stores into slow dictionaries.
const maxKeyedColumns = 12;

function narrowRowFactory(names: readonly string[]): RowFactory {
  const rowClass = plainRowClass(names);
  const width = names.length;
  return (columns, numRows) => {
    const rows = new Array<Row>(numRows);
    for (let index = 0; index < numRows; index++) {
      const row = new rowClass();
      for (let column = 0; column < width; column++) {
        row[names[column] as string] = (columns[column] as readonly unknown[])[index];
      }
      rows[index] = row;
    }
    return rows;
  };
}

/** Copies a template that already has all columns: V8 clones it with its shape. */
function wideRowFactory(names: readonly string[]): RowFactory {
  const prototype = plainRowClass(names).prototype;
  const template = JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, null]))));
  const width = names.length;
  return (columns, numRows) => {
    const rows = new Array<Row>(numRows);
    for (let index = 0; index < numRows; index++) {
      const row: Row = { __proto__: prototype, ...template };
      for (let column = 0; column < width; column++) {
        row[names[column] as string] = (columns[column] as readonly unknown[])[index];
      }
      rows[index] = row;
    }
    return rows;
  };
}

/** Any names whatever: twice the same, integers, names that every object has. */
function exactRowFactory(names: readonly string[]): RowFactory {
  class ExactRow extends Row {
    readonly #values: readonly unknown[];

    constructor(values: readonly unknown[]) {
      super();
      this.#values = values;
      for (const [position, name] of names.entries()) {
        if (!Object.hasOwn(this, name)) {
          // Defined, not assigned: an assignment to __proto__ would change the prototype.
          Object.defineProperty(this, name, {
            value: values[position],
            enumerable: true,
            writable: true,
            configurable: true,
          });
        }
      }
    }

    static valuesOf(row: Row): readonly unknown[] {
      return #values in row ? row.#values : [];
    }
  }
  finishRowClass(ExactRow, { names, valuesOf: ExactRow.valuesOf });
  return (columns, numRows) =>
    Array.from({ length: numRows }, (_, index) => new ExactRow(columns.map((column) => column[index])));
}

function plainRowClass(names: readonly string[]): typeof Row {
  const rowClass = class extends Row {};
  finishRowClass(rowClass, { names, valuesOf: undefined });
  return rowClass;
}

/** Gives the class its positions; the name `Row` is what `console.log` and stack traces show. */
function finishRowClass(rowClass: { readonly prototype: Row }, layout: RowLayout): void {
  layouts.set(rowClass.prototype, layout);
  Object.defineProperty(rowClass, "name", { value: "Row" });
  for (const [position, name] of layout.names.entries()) {
    Object.defineProperty(rowClass.prototype, position, {
      configurable: true,
      get(this: Row): unknown {
        return layout.valuesOf === undefined ? this[name] : layout.valuesOf(this)[position];
      },
    });
  }
}

function layoutOf(row: Row): RowLayout {
  return layouts.get(Object.getPrototypeOf(row)) ?? { names: Object.keys(row), valuesOf: undefined };
}

function isUnsafeName(name: string): boolean {
  return /^\d+$/.test(name) || name in Row.prototype;
}

// Defined so that it does not count as a column: JSON.stringify finds it, Object.keys does not.
Object.defineProperty(Row.prototype, "toJSON", {
  value(this: Row): Record<string, unknown> {
    return Object.fromEntries(Object.keys(this).map((name) => [name, toJsonValue(this[name])]));
  },
  configurable: true,
  writable: true,
});
