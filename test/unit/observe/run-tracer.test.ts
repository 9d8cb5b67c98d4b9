import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { expect } from "chai";
import { RunTracer } from "../../../src/observe/tracing/run-tracer.ts";
import { observe, runId, script } from "./observed-run.ts";

const exporter = new InMemorySpanExporter();

describe("tracing", () => {
  before(() => {
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
    );
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  after(() => {
    trace.disable();
    context.disable();
  });
  beforeEach(() => exporter.reset());

  const named = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);
  const one = (name: string): ReadableSpan => {
    const [span, ...others] = named(name);
    if (span === undefined || others.length > 0) throw new Error(`${others.length + 1} spans '${name}'`);
    return span;
  };

  it("is a span for the run, in it its nodes, in them their attempts", async () => {
    const { bus, observers, failures } = await observe({ tracing: true });
    for (const body of script()) bus.publish(runId, body);
    await observers.close();
    expect(failures()).to.deep.equal([]);
    const run = one("run etl");
    expect(run.parentSpanContext).to.equal(undefined);
    expect(run.attributes).to.deep.equal({
      "sparkwright.run.id": runId,
      "sparkwright.pipeline": "etl",
      "sparkwright.nodes": 3,
      "sparkwright.max_parallel_nodes": 4,
      "sparkwright.window.start_date": "2001-01-30",
      "sparkwright.window.end_date": "2001-01-31",
      "sparkwright.rows": 7,
      "sparkwright.nodes.completed": 1,
      "sparkwright.nodes.failed": 1,
      "sparkwright.nodes.skipped": 1,
      "sparkwright.nodes.cancelled": 0,
      "sparkwright.outcome": "failed",
    });
    expect(run.status.code).to.equal(2);
    expect(run.events.map(({ name, attributes }) => [name, attributes])).to.deep.equal([
      ["sparkwright.node.skipped", { "sparkwright.node": "report", "sparkwright.because": "clean" }],
    ]);
    for (const name of ["node load", "node clean"]) {
      expect(one(name).parentSpanContext?.spanId).to.equal(run.spanContext().spanId);
    }
    const attempts = named("attempt load");
    expect(attempts.map(({ attributes }) => attributes["sparkwright.attempt"])).to.deep.equal([1, 2]);
    for (const attempt of attempts) {
      expect(attempt.parentSpanContext?.spanId).to.equal(one("node load").spanContext().spanId);
    }
  });

  it("tells operations, writes and errors, and links an attempt to the one before", async () => {
    const { bus, observers } = await observe({ tracing: true });
    for (const body of script()) bus.publish(runId, body);
    await observers.close();
    const [first, second] = named("attempt load") as [ReadableSpan, ReadableSpan];
    expect(first.events.map(({ name, attributes }) => [name, attributes])).to.deep.equal([
      [
        "spark.operation.submitted",
        {
          "spark.operation.id": "op-1",
          "spark.session.id": "s",
          "server.address": "spark.local",
          "server.port": 15002,
        },
      ],
      ["spark.operation.ended", { "spark.operation.id": "op-1", "spark.operation.outcome": "failed" }],
      ["exception", { "exception.type": "NODE_THREW", "exception.message": "boom <& ***" }],
    ]);
    expect(first.status).to.deep.equal({ code: 2, message: "boom <& ***" });
    expect(first.attributes["error.type"]).to.equal("NODE_THREW");
    expect(second.links.map((link) => link.context.spanId)).to.deep.equal([first.spanContext().spanId]);
    expect(second.status.code).to.equal(0);
    expect(second.events.map(({ name }) => name)).to.deep.equal(["sparkwright.dataset.written"]);
    expect(one("node load").status.code).to.equal(0);
    expect(one("node clean").status).to.deep.equal({ code: 2, message: "boom <& ***" });
  });

  it("puts the spans of the user's code into the attempt, and the run into the span around it", async () => {
    const tracer = trace.getTracer("user");
    await tracer.startActiveSpan("outer", async (outer) => {
      const { bus, observers } = await observe({ tracing: true });
      const [started, node, ...rest] = script();
      if (started !== undefined) bus.publish(runId, started);
      if (node !== undefined) bus.publish(runId, node);
      const result = await observers.hooks.aroundAttempt({ runId, node: "load", attempt: 1 }, async () => {
        await Promise.resolve();
        tracer.startSpan("mine").end();
        return 42;
      });
      expect(result).to.equal(42);
      for (const body of rest) bus.publish(runId, body);
      await observers.close();
      outer.end();
    });
    const [first] = named("attempt load");
    expect(one("mine").parentSpanContext?.spanId).to.equal(first?.spanContext().spanId);
    expect(one("run etl").parentSpanContext?.spanId).to.equal(one("outer").spanContext().spanId);
  });

  it("rejects as the attempt does, and runs it once", async () => {
    const { bus, observers } = await observe({ tracing: true });
    for (const body of script().slice(0, 2)) bus.publish(runId, body);
    let runs = 0;
    const failing = observers.hooks.aroundAttempt({ runId, node: "load", attempt: 1 }, () => {
      runs += 1;
      return Promise.reject(new Error("from the node"));
    });
    expect(await failing.catch((error: unknown) => (error as Error).message)).to.equal("from the node");
    expect(runs).to.equal(1);
    await observers.close();
    expect(one("run etl").attributes["sparkwright.outcome"]).to.equal("cancelled");
  });

  it("is reported once when the provider throws, and changes nothing", async () => {
    trace.disable();
    const broken = {
      getTracer: () => ({
        startSpan: () => {
          throw new Error("no spans today");
        },
      }),
    };
    trace.setGlobalTracerProvider(broken as never);
    try {
      const { bus, observers, failures, events } = await observe({ tracing: true });
      for (const body of script()) bus.publish(runId, body);
      expect(
        await observers.hooks.aroundAttempt({ runId, node: "load", attempt: 1 }, async () => 1),
      ).to.equal(1);
      await observers.close();
      expect(failures()).to.deep.equal(["tracing: no spans today"]);
      expect(events.filter(({ type }) => type !== "subscriber_failed")).to.have.lengthOf(script().length);
    } finally {
      trace.disable();
    }
  });

  it("does not wait for a provider that hangs", async () => {
    trace.disable();
    let flushes = 0;
    const hanging = {
      getTracer: () => new BasicTracerProvider().getTracer("x"),
      forceFlush: () => {
        flushes += 1;
        return new Promise(() => {});
      },
    };
    trace.setGlobalTracerProvider(hanging);
    try {
      const failures: unknown[] = [];
      await new RunTracer((error) => failures.push(error)).close(10);
      expect([flushes, failures]).to.deep.equal([1, []]);
    } finally {
      trace.disable();
    }
  });
});
