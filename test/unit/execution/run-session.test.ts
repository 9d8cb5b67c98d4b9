import { expect } from "chai";
import { RunSession } from "../../../src/execution/run-session.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { ManualClock } from "./manual-clock.ts";

describe("RunSession", () => {
  const made = (failures = 0) => {
    const opened: SparkSession[] = [];
    const renewed: string[] = [];
    let left = failures;
    const sessions = new RunSession({
      open: async () => {
        await new Promise(setImmediate);
        if (left-- > 0) throw new Error("no server");
        // Nobody listens there, which these tests need not wait to learn.
        const nowhere = { remote: "sc://localhost:1", connectTimeoutMs: 1, retryTimeoutMs: 0 };
        const session = new SparkSession({ ...nowhere, sessionId: crypto.randomUUID() });
        opened.push(session);
        return session;
      },
      clock: new ManualClock(),
      onRenewed: (session, lost) => {
        renewed.push(`${opened.indexOf(lost)} -> ${opened.indexOf(session)}`);
      },
    });
    return { sessions, opened, renewed };
  };

  it("opens one for all who ask, and one more for all when it is lost", async () => {
    const { sessions, opened, renewed } = made();
    const [a, b] = await Promise.all([sessions.get(), sessions.get()]);
    expect(a).to.equal(b);
    await Promise.all([sessions.lose(a), sessions.lose(b)]);
    const [c, d] = await Promise.all([sessions.get(), sessions.get()]);
    expect(c).to.equal(d).and.not.equal(a);
    await sessions.lose(a);
    expect(await sessions.get()).to.equal(c);
    expect(opened.length).to.equal(2);
    expect(renewed).to.deep.equal(["0 -> 1"]);
    await sessions.stop();
  });

  it("tries again when it could not be opened", async () => {
    const { sessions, opened } = made(1);
    expect(await sessions.get().catch((error: Error) => error.message)).to.equal("no server");
    expect(await sessions.get()).to.equal(opened[0]);
    await sessions.stop();
  });

  it("lets go of who is told to stop, while others get their session", async () => {
    const { sessions, opened } = made();
    const controller = new AbortController();
    const stopped = sessions.get(controller.signal).catch((error: Error) => error.message);
    const other = sessions.get();
    controller.abort();
    expect(await stopped).to.equal("cancelled");
    expect(await other).to.equal(opened[0]);
    await sessions.stop();
  });

  it("stops every session that it opened", async () => {
    const { sessions, opened } = made();
    await sessions.lose(await sessions.get());
    await sessions.get();
    await sessions.stop();
    expect(opened.map(({ isStopped }) => isStopped)).to.deep.equal([true, true]);
  });
});
