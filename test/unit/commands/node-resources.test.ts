import { expect } from "chai";
import { NodeResources } from "../../../src/commands/node-resources.ts";
import { ManualClock } from "../execution/manual-clock.ts";

describe("NodeResources", () => {
  const released = async (fill: (resources: NodeResources, log: string[]) => void) => {
    const clock = new ManualClock();
    const resources = new NodeResources();
    const log: string[] = [];
    fill(resources, log);
    const releasing = resources.release({
      timeoutMs: 5_000,
      clock,
      onFailure: (message) => void log.push(message),
    });
    await clock.run();
    await releasing;
    expect(resources.isEmpty).to.equal(true);
    expect(clock.pending).to.equal(0);
    return log;
  };

  it("releases last in, first out, each once, by whatever way it has", async () => {
    const log = await released((resources, lines) => {
      const say = (line: string) => () => void lines.push(line);
      resources.use(say("function"));
      resources.use({ close: say("close") });
      resources.use({ dispose: say("dispose"), close: say("wrong") } as { close(): void });
      resources.use({ stop: say("stop") });
      resources.use({ clear: say("clear") });
      resources.use({ unpersist: async () => say("unpersist")() });
      resources.use({ [Symbol.dispose]: say("sync") });
      resources.use({ [Symbol.asyncDispose]: async () => say("async")(), [Symbol.dispose]: say("wrong") });
    });
    expect(log).to.deep.equal(["async", "sync", "unpersist", "clear", "stop", "wrong", "close", "function"]);
  });

  it("goes on after one that fails, synchronously or not, or hangs", async () => {
    const log = await released((resources, lines) => {
      resources.use(() => void lines.push("last"));
      resources.use({ close: () => new Promise<void>(() => {}) });
      resources.use({
        close: () => {
          throw new Error("at once");
        },
      });
      resources.add({
        key: "v",
        name: "temporary view v",
        release: () => Promise.reject(new Error("later")),
      });
    });
    expect(log).to.deep.equal([
      "temporary view v could not be released: later",
      "a resource of class Object could not be released: at once",
      "a resource of class Object could not be released: it took longer than 5.0 s",
      "last",
    ]);
  });

  it("holds what has the same key once, at its last place", async () => {
    const log = await released((resources, lines) => {
      for (const line of ["a", "b", "a again"]) {
        resources.add({ key: line[0], name: line, release: () => void lines.push(line) });
      }
      resources.remove("b");
    });
    expect(log).to.deep.equal(["a again"]);
  });

  it("refuses what it cannot release", () => {
    for (const value of [5, null, {}, "text"]) {
      expect(() => new NodeResources().use(value))
        .to.throw("does not know how to release")
        .with.property("code", "NODE_RESOURCE_TYPE");
    }
  });
});
