import {
  type Attributes,
  type Context,
  context,
  type Link,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { EventError } from "../../events/event-error.ts";
import { plainBigint } from "../../events/plain-value.ts";
import type { OperationSubmitted, RunEvent, RunResumed, RunStarted } from "../../events/run-event.ts";
import type { ObservedAttempt, Observer } from "../observer.ts";

/** The spans of one node that are open; of its attempts, one at a time is. */
interface NodeSpans {
  readonly span: Span;
  readonly context: Context;
  attempt?: { readonly span: Span; readonly context: Context };
  /** Points from the next attempt to the one before it. */
  previous?: Link;
}

interface RunSpans {
  readonly span: Span;
  readonly context: Context;
  readonly nodes: Map<string, NodeSpans>;
}

type Outcome = "success" | "failed" | "cancelled";

/**
 * Spans of the OpenTelemetry provider that is registered in the process: run, in it its nodes, in them their attempts.
 * What the user's code traces itself lies within the attempt.
 */
export class RunTracer implements Observer {
  readonly #tracer: Tracer = trace.getTracer("sparkwright");
  readonly #outer: Context = context.active();
  readonly #runs = new Map<string, RunSpans>();
  readonly #onFailure: (error: unknown) => void;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  handle(event: RunEvent): void {
    const at = new Date(event.at);
    if (event.type === "run_started" || event.type === "run_resumed") this.#startRun(event.runId, event, at);
    const run = this.#runs.get(event.runId);
    if (run === undefined) return;
    if (event.type === "run_finished") {
      this.#runs.delete(event.runId);
      for (const node of run.nodes.values()) endNode(node, "cancelled", at);
      const { status, summary } = event;
      const { rows, completed, failed, skipped, cancelled } = summary;
      run.span.setAttributes({
        "sparkwright.rows": plainBigint(rows),
        "sparkwright.nodes.completed": completed,
        "sparkwright.nodes.failed": failed,
        "sparkwright.nodes.skipped": skipped,
        "sparkwright.nodes.cancelled": cancelled,
      });
      end(run.span, status, at, summary.error);
      return;
    }
    if ("node" in event) this.#nodeEvent(run, event, at);
  }

  async aroundAttempt<T>({ runId, node }: ObservedAttempt, run: () => Promise<T>): Promise<T> {
    const active = this.#runs.get(runId)?.nodes.get(node)?.attempt?.context;
    if (active === undefined) return await run();
    let running: Promise<T> | undefined;
    try {
      return await context.with(active, () => {
        running = run();
        return running;
      });
    } catch (error) {
      if (running !== undefined) return await running;
      // The context manager that is registered failed, not the attempt, which has not begun.
      this.#onFailure(error);
      return await run();
    }
  }

  /** Lets a provider that can do so send what it holds back. */
  async close(graceMs: number): Promise<void> {
    const now = new Date();
    for (const run of this.#runs.values()) {
      for (const node of run.nodes.values()) endNode(node, "cancelled", now);
      end(run.span, "cancelled", now);
    }
    this.#runs.clear();
    await this.#flush(graceMs);
  }

  #startRun(runId: string, event: RunStarted | RunResumed, startTime: Date): void {
    const { type, pipeline, window, maxParallelNodes, nodes } = event;
    const attributes: Attributes = {
      "sparkwright.run.id": runId,
      "sparkwright.pipeline": pipeline,
      "sparkwright.nodes": nodes.length,
      "sparkwright.max_parallel_nodes": maxParallelNodes,
      ...(type === "run_resumed" && { "sparkwright.resumed": true }),
      ...(window !== undefined && {
        "sparkwright.window.start_date": window.startDate,
        "sparkwright.window.end_date": window.endDate,
      }),
    };
    const span = this.#tracer.startSpan(`run ${pipeline}`, { startTime, attributes }, this.#outer);
    this.#runs.set(runId, { span, context: trace.setSpan(this.#outer, span), nodes: new Map() });
  }

  #nodeEvent(run: RunSpans, event: Extract<RunEvent, { readonly node: string }>, at: Date): void {
    const node = run.nodes.get(event.node);
    const span = node?.attempt?.span ?? node?.span ?? run.span;
    switch (event.type) {
      case "node_started":
        this.#startAttempt(run, event, at);
        break;
      case "operation_submitted":
        span.addEvent("spark.operation.submitted", operationAttributes(event), at);
        break;
      case "operation_ended": {
        const { operationId, outcome } = event;
        const attributes = { "spark.operation.id": operationId, "spark.operation.outcome": outcome };
        span.addEvent("spark.operation.ended", attributes, at);
        break;
      }
      case "dataset_written": {
        const { dataset, mode, outcome, rows, version } = event;
        const attributes = {
          "sparkwright.dataset": dataset,
          "sparkwright.dataset.mode": mode,
          "sparkwright.dataset.outcome": outcome,
          "sparkwright.rows": plainBigint(rows),
          ...(version !== undefined && { "sparkwright.dataset.version": plainBigint(version) }),
        };
        span.addEvent("sparkwright.dataset.written", attributes, at);
        break;
      }
      case "node_retrying":
        if (node !== undefined) endAttempt(node, "failed", at, event.error);
        break;
      case "node_skipped": {
        const attributes = { "sparkwright.node": event.node, "sparkwright.because": event.because };
        run.span.addEvent("sparkwright.node.skipped", attributes, at);
        break;
      }
      case "node_succeeded":
        node?.span.setAttribute("sparkwright.rows", plainBigint(event.rows));
        this.#endNode(run, event.node, "success", at);
        break;
      case "node_failed":
        this.#endNode(run, event.node, "failed", at, event.error);
        break;
      case "node_cancelled":
        this.#endNode(run, event.node, "cancelled", at);
        break;
    }
  }

  #startAttempt(
    run: RunSpans,
    { node: name, attempt }: { readonly node: string; readonly attempt: number },
    startTime: Date,
  ): void {
    let node = run.nodes.get(name);
    const attributes = { "sparkwright.node": name };
    if (node === undefined) {
      const span = this.#tracer.startSpan(`node ${name}`, { startTime, attributes }, run.context);
      node = { span, context: trace.setSpan(run.context, span) };
      run.nodes.set(name, node);
    }
    const span = this.#tracer.startSpan(
      `attempt ${name}`,
      {
        startTime,
        attributes: { ...attributes, "sparkwright.attempt": attempt },
        ...(node.previous !== undefined && { links: [node.previous] }),
      },
      node.context,
    );
    node.attempt = { span, context: trace.setSpan(node.context, span) };
  }

  #endNode(run: RunSpans, name: string, outcome: Outcome, at: Date, error?: EventError): void {
    const node = run.nodes.get(name);
    if (node === undefined) return;
    run.nodes.delete(name);
    endNode(node, outcome, at, error);
  }

  async #flush(graceMs: number): Promise<void> {
    const provider: unknown = trace.getTracerProvider();
    const delegate: unknown = callIfThere(provider, "getDelegate") ?? provider;
    const tooLong = AbortSignal.timeout(graceMs);
    const late = new Promise<void>((resolve) => tooLong.addEventListener("abort", () => resolve()));
    try {
      await Promise.race([callIfThere(delegate, "forceFlush"), late]);
    } catch (error) {
      this.#onFailure(error);
    }
  }
}

function endNode(node: NodeSpans, outcome: Outcome, at: Date, error?: EventError): void {
  endAttempt(node, outcome, at, error);
  end(node.span, outcome, at, error);
}

function endAttempt(node: NodeSpans, outcome: Outcome, at: Date, error?: EventError): void {
  if (node.attempt === undefined) return;
  const { span } = node.attempt;
  if (error !== undefined) span.addEvent("exception", exceptionAttributes(error), at);
  end(span, outcome, at, error);
  node.previous = { context: span.spanContext(), attributes: { "sparkwright.link": "previous_attempt" } };
  delete node.attempt;
}

function end(span: Span, outcome: Outcome, at: Date, error?: EventError): void {
  span.setAttribute("sparkwright.outcome", outcome);
  if (outcome === "failed") {
    if (error !== undefined) span.setAttribute("error.type", error.code);
    const message = error?.message;
    span.setStatus({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) });
  }
  span.end(at);
}

/** After the semantic conventions for exceptions; secrets were masked before. */
function exceptionAttributes({ code, message, stack }: EventError): Attributes {
  return {
    "exception.type": code,
    "exception.message": message,
    ...(stack !== undefined && { "exception.stacktrace": stack }),
  };
}

function operationAttributes({ operationId, sessionId, endpoint }: OperationSubmitted): Attributes {
  const server = /^(?:\w+:\/\/)?\[?([^/\]]+?)\]?(?::(\d+))?(?:\/|$)/.exec(endpoint);
  return {
    "spark.operation.id": operationId,
    "spark.session.id": sessionId,
    ...(server?.[1] !== undefined && { "server.address": server[1] }),
    ...(server?.[2] !== undefined && { "server.port": Number(server[2]) }),
  };
}

function callIfThere(target: unknown, method: string): unknown {
  const found: unknown =
    typeof target === "object" && target !== null ? Reflect.get(target, method) : undefined;
  return typeof found === "function" ? found.call(target) : undefined;
}
