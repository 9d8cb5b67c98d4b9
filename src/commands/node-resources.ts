import type { Clock } from "../core/clock.ts";
import { formatDuration } from "../core/duration.ts";
import { messageOf, SparkwrightError } from "../core/error.ts";

/** Anything that has one of these methods, or a function that cleans up. */
export type NodeResource =
  | (() => unknown)
  | { [Symbol.asyncDispose](): unknown }
  | { [Symbol.dispose](): unknown }
  | { unpersist(): unknown }
  | { close(): unknown }
  | { dispose(): unknown }
  | { stop(): unknown }
  | { clear(): unknown };

interface Held {
  readonly key: unknown;
  readonly name: string;
  readonly release: () => unknown;
}

export interface ReleaseOptions {
  /** For each, milliseconds. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Told of what could not be released, and why. */
  readonly onFailure: (message: string) => void;
}

const methods = [
  Symbol.asyncDispose,
  Symbol.dispose,
  "unpersist",
  "close",
  "dispose",
  "stop",
  "clear",
] as const;

/** What one attempt of a node caches, opens or registers; released when it ends, however it ends. */
export class NodeResources {
  readonly #held: Held[] = [];

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  /** Thrown when nothing is known to release it: `NODE_RESOURCE_TYPE`. */
  use(resource: unknown): void {
    this.add({ key: resource, name: nameOf(resource), release: releaseOf(resource) });
  }

  /** What has the same key is held once. */
  add(held: Held): void {
    this.remove(held.key);
    this.#held.push(held);
  }

  remove(key: unknown): void {
    const index = this.#held.findIndex((held) => held.key === key);
    if (index !== -1) this.#held.splice(index, 1);
  }

  /** Last in, first out, one after the other. Never rejects. */
  async release({ timeoutMs, clock, onFailure }: ReleaseOptions): Promise<void> {
    for (let held = this.#held.pop(); held !== undefined; held = this.#held.pop()) {
      const { name, release } = held;
      const over = new AbortController();
      const late = clock.sleep(timeoutMs, over.signal).then(() => {
        throw new Error(`it took longer than ${formatDuration(timeoutMs)}`);
      });
      try {
        await Promise.race([(async () => await release())(), late]);
      } catch (error) {
        onFailure(`${name} could not be released: ${messageOf(error)}`);
      } finally {
        over.abort();
        late.catch(() => {});
      }
    }
  }
}

function releaseOf(resource: unknown): () => unknown {
  if (typeof resource === "object" && resource !== null) {
    for (const method of methods) {
      const release: unknown = Reflect.get(resource, method);
      if (typeof release === "function") return () => Reflect.apply(release, resource, []);
    }
  }
  if (typeof resource === "function") return () => Reflect.apply(resource, undefined, []);
  throw new SparkwrightError(
    "NODE_RESOURCE_TYPE",
    `ctx.use() does not know how to release ${nameOf(resource)}`,
    {
      hint: "Pass something with close(), dispose(), [Symbol.dispose]() or the like, or a function that cleans up.",
    },
  );
}

function nameOf(resource: unknown): string {
  if (typeof resource === "function") return `what ${resource.name || "a function"} cleans up`;
  if (typeof resource !== "object" || resource === null) return String(resource);
  const name: unknown = (resource.constructor as { name?: unknown } | undefined)?.name;
  return typeof name === "string" && name !== "" ? `a resource of class ${name}` : "a resource";
}
