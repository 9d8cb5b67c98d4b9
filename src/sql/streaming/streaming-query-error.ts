import type { StreamingQueryCommandResult_ExceptionResult } from "../../../gen/spark/connect/commands_pb.ts";
import { SparkError, type SparkErrorFacts } from "../../connect/errors.ts";
import { cleanMessage } from "../../connect/server-error.ts";
import type { SparkwrightErrorOptions } from "../../core/error.ts";

const className = "org.apache.spark.sql.streaming.StreamingQueryException";

/**
 * Thrown when a streaming query ended with an error: by `awaitTermination` and its like, and the value of
 * `StreamingQuery.exception()`. `message` is what went wrong in the query; `serverMessage` also has its plan.
 *
 * @see org.apache.spark.sql.streaming.StreamingQueryException
 */
export class StreamingQueryError extends SparkError {
  override readonly name: string = "StreamingQueryError";
  /** The id of the query, the same after a restart from its checkpoint; absent where the server does not tell. */
  readonly queryId: string | undefined;
  /** The id of the run that failed. */
  readonly runId: string | undefined;

  constructor(message: string, facts: SparkErrorFacts, options: SparkwrightErrorOptions = {}) {
    super(message, facts, options);
    const ids = /\[id = ([\w-]+), runId = ([\w-]+)\]/.exec(this.serverMessage);
    this.queryId = this.messageParameters["id"] ?? ids?.[1];
    this.runId = this.messageParameters["runId"] ?? ids?.[2];
  }
}

/** The error of a failed query as its own class; every other error as it is. */
export function asStreamingQueryError(error: unknown): unknown {
  if (!(error instanceof SparkError) || error instanceof StreamingQueryError) return error;
  if (!error.classes.includes(className) && error.errorClass !== "STREAM_FAILED") return error;
  return new StreamingQueryError(withoutPlan(error.message), error, {
    cause: error.cause,
    hint: error.hint,
    details: error.details,
  });
}

/** The error that the server keeps of a query; `undefined` when it has none. */
export function exceptionOf(
  result: StreamingQueryCommandResult_ExceptionResult,
): StreamingQueryError | undefined {
  const { exceptionMessage, errorClass, stackTrace } = result;
  if (exceptionMessage === undefined) return undefined;
  return new StreamingQueryError(withoutPlan(cleanMessage(exceptionMessage)), {
    grpcStatus: "INTERNAL",
    errorClass: errorClass === undefined || errorClass === "" ? undefined : errorClass,
    classes: [className],
    serverMessage: exceptionMessage,
    serverStack: (stackTrace ?? "")
      .split("\n")
      .filter((line) => line.startsWith("\tat "))
      .map((line) => line.slice("\tat ".length)),
  });
}

function withoutPlan(message: string): string {
  const [text = message] = message.split("\n=== Streaming Query ===");
  return text.trim();
}
