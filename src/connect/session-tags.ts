import { checkTags, currentScopeFrame } from "./execution-scope.ts";

/**
 * The tags that a session's own methods add to what it executes. They belong to the execution scope in which they
 * were added, so that concurrent work does not share them; a nested scope begins with those around it.
 */
export class SessionTags {
  readonly #tags = new WeakMap<object, ReadonlySet<string>>();
  /** Stands for everything outside of any scope. */
  readonly #outermost = {};

  /** Thrown when the tag is empty or has a comma: `CONNECT_INVALID_TAG`. */
  add(tag: string): void {
    checkTags([tag]);
    this.#set(new Set([...this.current(), tag]));
  }

  /** Nothing happens when there is no such tag. */
  remove(tag: string): void {
    checkTags([tag]);
    this.#set(new Set([...this.current()].filter((one) => one !== tag)));
  }

  clear(): void {
    this.#set(new Set());
  }

  current(): ReadonlySet<string> {
    for (let frame = currentScopeFrame(); frame !== undefined; frame = frame.outer) {
      const own = this.#tags.get(frame);
      if (own !== undefined) return own;
    }
    return this.#tags.get(this.#outermost) ?? new Set();
  }

  #set(tags: ReadonlySet<string>): void {
    this.#tags.set(currentScopeFrame() ?? this.#outermost, tags);
  }
}
