/** What waits for a place: the most urgent first, of equals the one that was planned first. */
export class ReadyQueue<T> {
  readonly #isBefore: (a: T, b: T) => boolean;
  /** A binary heap: the children of item i are items 2i + 1 and 2i + 2. */
  #items: T[] = [];

  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  /** Takes O(log n). */
  push(item: T): void {
    this.#items.push(item);
    let at = this.#items.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapUnlessBefore(parent, at)) return;
      at = parent;
    }
  }

  /** Takes O(log n). */
  pop(): T | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (first === undefined || last === undefined || this.#items.length === 0) return first;
    this.#items[0] = last;
    for (let at = 0; ; ) {
      const child = this.#firstChild(at);
      if (child === undefined || !this.#swapUnlessBefore(at, child)) return first;
      at = child;
    }
  }

  /** Everything that waits, in no order; nothing waits afterwards. */
  drain(): readonly T[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #firstChild(parent: number): number | undefined {
    const left = 2 * parent + 1;
    const [a, b] = [this.#items[left], this.#items[left + 1]];
    if (a === undefined) return undefined;
    return b !== undefined && this.#isBefore(b, a) ? left + 1 : left;
  }

  /** Returns whether the two changed places. */
  #swapUnlessBefore(upper: number, lower: number): boolean {
    const [above, below] = [this.#items[upper], this.#items[lower]];
    if (above === undefined || below === undefined || !this.#isBefore(below, above)) return false;
    this.#items[upper] = below;
    this.#items[lower] = above;
    return true;
  }
}
