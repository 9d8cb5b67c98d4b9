import type { DescMessage, DescMethod, MessageShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { ConnectClient } from "../../src/connect/connect-client.ts";
import { type CallOptions, RpcError, type Transport } from "../../src/connect/transport.ts";
import type { Column } from "../../src/sql/column.ts";
import type { DataFrame } from "../../src/sql/data-frame.ts";
import { SparkSession } from "../../src/sql/spark-session.ts";

/** What a case may build: something with a message of its own, or the promise of what sends one. */
export type Built = Column | DataFrame | PromiseLike<unknown>;

/** One call, as PySpark writes it and as we do. Both must make the same message. */
export interface GoldenCase {
  readonly python: string;
  readonly ours: () => Built;
}

/** A case in one line; `python` also is its name and its key among the expected messages. */
export function golden(python: string, ours: () => Built): GoldenCase {
  return { python, ours };
}

export interface RecordedCall {
  readonly method: string;
  readonly request: unknown;
}

/** Writes down every request. Plans are not answered; questions about settings and the version are. */
class RecordingTransport implements Transport {
  calls: RecordedCall[] = [];

  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethod,
    request: MessageShape<I>,
  ): Promise<MessageShape<O>> {
    // What became of a command that failed is no part of a case.
    if (method.localName === "getStatus") throw new RpcError("PERMISSION_DENIED", "not told");
    this.calls.push({ method: method.localName, request });
    const { sessionId } = request as { sessionId?: string };
    const answer = create(method.output, { sessionId, serverSideSessionId: "golden" } as never);
    if (method.localName !== "analyzePlan") return answer as MessageShape<O>;
    const { analyze } = request as unknown as { analyze: { case: string } };
    if (analyze.case !== "sparkVersion") throw notAnswered();
    const version = { case: "sparkVersion", value: { version: "4.2.0" } };
    return create(method.output, {
      sessionId,
      serverSideSessionId: "golden",
      result: version,
    } as never) as MessageShape<O>;
  }

  // biome-ignore lint/correctness/useYield: it answers nothing
  async *serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethod,
    request: MessageShape<I>,
  ): AsyncGenerator<MessageShape<O>> {
    this.calls.push({ method: method.localName, request });
    throw notAnswered();
  }

  async clientStream<I extends DescMessage, O extends DescMessage>(
    _method: DescMethod,
    _requests: AsyncIterable<MessageShape<I>>,
    _options: CallOptions,
  ): Promise<MessageShape<O>> {
    throw notAnswered();
  }

  close(): void {}
}

function notAnswered(): RpcError {
  return new RpcError("FAILED_PRECONDITION", "recorded, and not answered");
}

const transport = new RecordingTransport();

/** A session that reaches no server. */
export const spark: SparkSession = new SparkSession(
  new ConnectClient({ remote: "sc://golden", userId: "golden", transport }),
);

/** `people(id, name, age, born, height, active, tags, address, scores, salary, updated)`, `df` in PySpark. */
export const df: DataFrame = spark.table("people");

/** `orders(id, person_id, amount, day)`, `other` in PySpark. */
export const other: DataFrame = spark.table("orders");

/** What is sent while `action` goes on; that it fails for want of an answer is its regular end. */
export async function sentBy(action: PromiseLike<unknown>): Promise<readonly RecordedCall[]> {
  try {
    await action;
  } catch (error) {
    if (transport.calls.length === 0) throw error;
  }
  return transport.calls;
}

/** Forgets what was sent before. */
export function forgetCalls(): void {
  transport.calls = [];
}
