import { expect } from "chai";
import type { ConfigInit } from "../../../src/connect/connect-client.ts";
import { ConnectionError, SparkError } from "../../../src/connect/errors.ts";
import {
  databricksRetryPolicy,
  defaultRetryPolicy,
  type RetryPolicy,
} from "../../../src/connect/retry-policy.ts";
import { scriptedClient } from "./scripted-client.ts";
import { type Answer, complete, failure, row, type ScriptedTransport } from "./scripted-transport.ts";

const get: ConfigInit = { case: "get", value: { keys: ["k"] } };
const ok: Answer = {};

function waits(log: readonly string[]): number[] {
  return log.filter((line) => line.startsWith("wait ")).map((line) => Number(line.slice(5)));
}

describe("retries", () => {
  it("grow from 50 ms to 3 s, for about ten minutes, and then the cause is thrown", async () => {
    const { client, log } = scriptedClient({
      answers: { config: [failure("UNAVAILABLE", { message: "gone" })] },
    });
    const thrown = await client.config(get).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(ConnectionError);
    expect(thrown).to.have.nested.property("cause.message", "gone");
    expect(waits(log)).to.eql([50, 200, 800, ...Array.from({ length: 197 }, () => 3_000)]);
    expect(log.filter((line) => line === "config")).to.have.length(201);
  });

  it("add a jitter of up to 500 ms once the wait is 2 s", async () => {
    const { client, log } = scriptedClient(
      { answers: { config: [...Array.from({ length: 5 }, () => failure("UNAVAILABLE")), ok] } },
      { random: () => 0.5 },
    );
    await client.config(get);
    expect(waits(log)).to.eql([50, 200, 800, 3_250, 3_250]);
  });

  it("wait as long as RetryInfo asks, whatever the status, and at most 10 min", async () => {
    const { client, log } = scriptedClient({
      answers: {
        config: [
          failure("RESOURCE_EXHAUSTED", { retryDelayMs: 1_500 }),
          failure("RESOURCE_EXHAUSTED", { retryDelayMs: 10 }),
          failure("RESOURCE_EXHAUSTED", { retryDelayMs: 3_600_000 }),
          ok,
        ],
      },
    });
    await client.config(get);
    expect(waits(log)).to.eql([1_500, 200, 600_000]);
  });

  it("end at the total deadline, with the real cause", async () => {
    const { client, log } = scriptedClient(
      { answers: { config: [failure("UNAVAILABLE", { message: "gone" })] } },
      { retryTimeoutMs: 5_000 },
    );
    const thrown = await client.config(get).catch((error: unknown) => error);
    expect(thrown).to.have.nested.property("cause.message", "gone");
    expect(waits(log)).to.eql([50, 200, 800, 3_000]);
  });

  it("begin anew after progress", async () => {
    const gone = failure("UNAVAILABLE");
    const { execute, log } = scriptedClient({
      streams: [[gone], [gone], [row("r1"), gone], [gone], [complete("r2")]],
    });
    expect((await execute()).ids).to.eql(["r1", "r2"]);
    expect(waits(log)).to.eql([50, 200, 50, 200]);
  });

  it("follow a cursor that another stream took over", async () => {
    const message = "[INVALID_CURSOR.DISCONNECTED] The cursor has been disconnected";
    const { execute, log } = scriptedClient({
      streams: [[row("r1"), failure("INTERNAL", { message })], [complete("r2")]],
    });
    expect((await execute()).ids).to.eql(["r1", "r2"]);
    expect(waits(log)).to.eql([50]);
  });

  it("do not happen for other failures", async () => {
    for (const status of ["INTERNAL", "UNAUTHENTICATED", "INVALID_ARGUMENT", "RESOURCE_EXHAUSTED"] as const) {
      const { client, log } = scriptedClient({ answers: { config: [failure(status)] } });
      expect(await client.config(get).catch((error: unknown) => error)).to.be.instanceOf(SparkError);
      expect(log).to.eql(["config"]);
    }
  });

  it("do not happen when there never was a connection, since that has its own timeout", async () => {
    const { client, log } = scriptedClient({
      answers: { config: [failure("UNAVAILABLE", { message: "no answer", unreachable: true })] },
    });
    const thrown = await client.config(get).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(ConnectionError).with.property("code", "CONNECT_UNAVAILABLE");
    expect(thrown).to.have.property("message").that.includes("sc://scripted:15002").and.includes("no answer");
    expect(log).to.eql(["config"]);
  });

  it("ask the policies in order, each with its own count", async () => {
    const once = (name: string, delayMs: number): RetryPolicy => ({
      name,
      maxRetries: 1,
      maxServerDelayMs: 0,
      backoff: { initialMs: delayMs, multiplier: 1, maxMs: delayMs, jitter: "none" },
      canRetry: (error) => error.status === "ABORTED",
    });
    const { client, log } = scriptedClient(
      { answers: { config: [failure("ABORTED")] } },
      { retryPolicies: [once("first", 1), once("second", 2)] },
    );
    expect(await client.config(get).catch((error: unknown) => error)).to.have.property(
      "code",
      "SPARK_ABORTED",
    );
    expect(waits(log)).to.eql([1, 2]);
  });

  it("know what the gateways of Databricks answer", () => {
    const { canRetry } = databricksRetryPolicy;
    expect(canRetry(failure("INTERNAL", { message: "Received RST_STREAM with code 2" }))).to.equal(true);
    expect(canRetry(failure("ABORTED", { message: "RST_STREAM" }))).to.equal(true);
    expect(canRetry(failure("UNIMPLEMENTED", { message: "invalid content-type: text/html" }))).to.equal(true);
    expect(canRetry(failure("UNIMPLEMENTED"))).to.equal(false);
    expect(defaultRetryPolicy.canRetry(failure("UNIMPLEMENTED"))).to.equal(false);
  });

  it("ask the token provider before every attempt, and keep what it says out of errors", async () => {
    let asked = 0;
    const { client, transport } = scriptedClient(
      { answers: { config: [failure("UNAVAILABLE"), ok] } },
      { token: async () => `secret-${++asked}` },
    );
    await client.config(get);
    expect(headers(transport)).to.eql(["Bearer secret-1", "Bearer secret-2"]);
    const bad = scriptedClient({}, { token: () => "secret\n" });
    const thrown = await bad.client.config(get).catch((error: unknown) => error);
    expect(thrown).to.have.property("code", "CONNECT_TOKEN");
    expect(String((thrown as Error).stack)).not.to.include("secret");
    expect(bad.log).to.eql([]);
  });
});

function headers(transport: ScriptedTransport): (string | undefined)[] {
  return transport.calls.map(({ options }) => options.metadata?.["authorization"]);
}
