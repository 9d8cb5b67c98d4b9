import { nameKey, nameParts } from "./names.ts";

/** A dataset, as far as SQL can name it. */
export interface NamedDataset {
  readonly name: string;
  /** The table it is, in the catalog. */
  readonly table?: string | undefined;
  /** The path or URI it lies at. */
  readonly path?: string | undefined;
}

/** What tables of SQL text are datasets. */
export class DatasetNames<T extends NamedDataset> {
  readonly #names = new Map<string, T>();
  readonly #places = new Map<string, T>();

  constructor(datasets: Iterable<T>) {
    for (const dataset of datasets) {
      const { name, table, path } = dataset;
      this.#names.set(nameKey([name]), dataset);
      if (table !== undefined) this.#places.set(nameKey(nameParts(table)), dataset);
      if (path !== undefined) this.#places.set(pathKey(path), dataset);
    }
  }

  /** The dataset that a name means: one by its name, else one whose table or path (`` delta.`/data/x` ``) it is. */
  find(parts: readonly string[]): T | undefined {
    const key = nameKey(parts);
    const path = parts.length === 2 ? pathKey(parts[1] ?? "") : "";
    return this.#names.get(key) ?? this.#places.get(key) ?? this.#places.get(path);
  }
}

/** No key of a table begins with this. */
function pathKey(path: string): string {
  return `path:${path.replace(/^file:\/*(?=\/)/, "").replace(/\/+$/, "")}`;
}
