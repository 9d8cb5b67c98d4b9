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

  /** The values in column order, duplicates included. */
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

// One class per list of names, so that rows of equal results are of one class: assert.deepStrictEqual asks for it.
const maxFactories = 1000;
const factories: Map<string, RowFactory> = new Map();

/** The factory of rows with these columns; what can be decided once per schema is decided here. */
export function rowFactory(names: readonly string[]): RowFactory {
  const key = JSON.stringify(names);
  const known = factories.get(key);
  if (known !== undefined) {
    return known;
  }
  if (factories.size >= maxFactories) {
    factories.clear();
  }
  const factory = newRowFactory([...names]);
  factories.set(key, factory);
  return factory;
}

function newRowFactory(names: readonly string[]): RowFactory {
  const plain = new Set(names).size === names.length && !names.some(isUnsafeName);
  return (plain ? compiledRowFactory(names) : undefined) ?? exactRowFactory(names);
}

/**
 * Generated code, because it makes rows 4 to 10 times faster than assigning `row[name]` in a loop (bench/decode):
 * each store has its own place, and V8 knows the shape of the row beforehand. The class is named `Row` in the
 * code, since setting the name afterwards makes V8 ten times slower at it. Names enter the code as JSON strings
 * only. Undefined where Node runs with --disallow-code-generation-from-strings.
 */
function compiledRowFactory(names: readonly string[]): RowFactory | undefined {
  const stores = names.map((name, column) => `this[${JSON.stringify(name)}] = columns[${column}][index];`);
  const source = `
    class Row extends AnyRow {
      constructor(columns, index) {
        super();
        ${stores.join("\n        ")}
      }
    }
    const makeRows = (columns, numRows) => {
      const rows = new Array(numRows);
      for (let index = 0; index < numRows; index++) {
        rows[index] = new Row(columns, index);
      }
      return rows;
    };
    return { rowClass: Row, makeRows };`;
  try {
    const compiled: CompiledRows = new Function("AnyRow", source)(Row);
    finishRowClass(compiled.rowClass, { names, valuesOf: undefined });
    return compiled.makeRows;
  } catch (error) {
    if (error instanceof EvalError) {
      return undefined;
    }
    throw error;
  }
}

interface CompiledRows {
  readonly rowClass: typeof Row;
  readonly makeRows: RowFactory;
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
  Object.defineProperty(ExactRow, "name", { value: "Row" });
  finishRowClass(ExactRow, { names, valuesOf: ExactRow.valuesOf });
  return (columns, numRows) =>
    Array.from({ length: numRows }, (_, index) => new ExactRow(columns.map((column) => column[index])));
}

/** Gives the class its positions. */
function finishRowClass(rowClass: { readonly prototype: Row }, layout: RowLayout): void {
  layouts.set(rowClass.prototype, layout);
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
