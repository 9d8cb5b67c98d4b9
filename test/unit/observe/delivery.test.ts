import { expect } from "chai";
import { SparkwrightError } from "../../../src/core/error.ts";
import { DeliveryQueue } from "../../../src/observe/delivery-queue.ts";
import { httpPost } from "../../../src/observe/http-post.ts";
import { ManualClock } from "../execution/manual-clock.ts";
import { LocalReceiver } from "./local-receiver.ts";

describe("delivery by HTTP", () => {
  let receiver: LocalReceiver;
  let losses: unknown[];
  beforeEach(() => {
    losses = [];
  });
  afterEach(async () => await receiver.close());

  const open = async (answer?: (count: number) => number | undefined, path = "/hook/T0KEN") => {
    receiver = new LocalReceiver(answer);
    return `${await receiver.open()}${path}`;
  };
  /** Waits between attempts are those of a clock that runs at once. */
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const queueTo = (url: string, more: object = {}) =>
    new DeliveryQueue({
      deliver: httpPost({ url, headers: { "x-key": "s3cret" }, timeoutMs: 1_000, clock, ...more }),
      onLoss: (error) => losses.push(error),
      target: "test",
    });
  const bodies = () => receiver.received.map(({ body }) => body);
  const messages = () => losses.map((error) => (error as SparkwrightError).message);

  it("keeps the order, also of what is still to come", async () => {
    const queue = queueTo(await open());
    const late = Promise.withResolvers<string>();
    queue.send("1");
    queue.send(late.promise);
    queue.send(Promise.resolve(undefined));
    queue.send("3");
    late.resolve("2");
    await queue.close(5_000);
    expect(bodies()).to.deep.equal([1, 2, 3]);
    expect(receiver.received[0]?.headers).to.include({
      "content-type": "application/json",
      "x-key": "s3cret",
    });
    expect(losses).to.deep.equal([]);
  });

  it("tries again while the server may recover", async () => {
    const queue = queueTo(await open((count) => [503, 429, 200][count - 1] ?? 200));
    queue.send("1");
    await queue.close(5_000);
    expect(bodies()).to.deep.equal([1, 1, 1]);
    expect(losses).to.deep.equal([]);
  });

  it("gives up on a server that answers 500, then tries each message once", async () => {
    const url = await open(() => 500);
    const queue = queueTo(url);
    queue.send("1");
    queue.send("2");
    await queue.close(5_000);
    expect(bodies()).to.deep.equal([1, 1, 1, 1, 2]);
    expect(messages()[0]).to.match(
      /^could not post to http:\/\/127\.0\.0\.1:\d+: it answered 500, after 4 attempts$/,
    );
    expect(messages().join()).to.not.contain("T0KEN");
  });

  it("does not repeat what was refused, nor follow a redirect", async () => {
    const queue = queueTo(await open((count) => [401, 307][count - 1] ?? 200));
    for (const message of ["1", "2", "3"]) queue.send(message);
    await queue.close(5_000);
    expect(bodies()).to.deep.equal([1, 2, 3]);
    expect(messages().map((message) => message.replace(/^.*: /, ""))).to.deep.equal([
      "it answered 401",
      "it answered 307",
    ]);
  });

  it("leaves a server that hangs", async () => {
    const queue = queueTo(await open(() => undefined), { timeoutMs: 20, attempts: 2 });
    queue.send("1");
    await queue.close(5_000);
    expect(messages()).to.have.lengthOf(1);
    expect(messages()[0]).to.contain("no answer within 20 ms, after 2 attempts");
  });

  it("ends in time, whatever waits", async () => {
    const url = await open(() => undefined);
    const ending = new ManualClock();
    const queue = new DeliveryQueue({
      deliver: httpPost({ url, timeoutMs: 60_000 }),
      onLoss: (error) => losses.push(error),
      target: "test",
      clock: ending,
    });
    const arrival = receiver.arrival();
    queue.send("1");
    queue.send("2");
    await arrival;
    const closed = queue.close(5_000);
    await ending.run();
    await closed;
    expect(messages()[0]).to.equal("test: 2 messages were not delivered within 5.0 s of the end");
  });

  it("loses what comes on top of a full queue", async () => {
    const url = await open();
    const held = Promise.withResolvers<string>();
    const queue = new DeliveryQueue({
      deliver: httpPost({ url }),
      onLoss: (error) => losses.push(error),
      target: "test",
      limit: 1,
    });
    queue.send(held.promise);
    queue.send("2");
    held.resolve("1");
    await queue.close(5_000);
    expect(bodies()).to.deep.equal([1]);
    expect(losses.map((error) => (error as SparkwrightError).code)).to.deep.equal(["OBSERVE_OVERFLOW"]);
  });

  it("turns user and password of the URL into a header, and never tells them", async () => {
    const queue = queueTo((await open()).replace("//", "//ann:p%40ss@"));
    queue.send("1");
    await queue.close(5_000);
    expect(receiver.received[0]?.headers["authorization"]).to.equal(`Basic ${btoa("ann:p@ss")}`);
    const dead = queueTo("http://ann:p%40ss@127.0.0.1:1/T0KEN", { attempts: 1 });
    dead.send("1");
    await dead.close(5_000);
    const none = queueTo("nonsense T0KEN");
    none.send("1");
    await none.close(5_000);
    expect(losses.map((error) => (error as SparkwrightError).code)).to.deep.equal([
      "OBSERVE_POST",
      "OBSERVE_URL",
    ]);
    expect(JSON.stringify([messages(), losses])).to.not.match(/T0KEN|p@ss|p%40ss|s3cret/);
    expect(losses[0]).to.be.instanceOf(SparkwrightError);
  });
});
