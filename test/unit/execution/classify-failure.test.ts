import { expect } from "chai";
import type { SparkErrorFacts } from "../../../src/connect/errors.ts";
import {
  ConnectionError,
  ProtocolError,
  SessionClosedError,
  SparkError,
} from "../../../src/connect/errors.ts";
import { CancelledError, SparkwrightError } from "../../../src/core/error.ts";
import { classifyFailure, isCancellation } from "../../../src/execution/classify-failure.ts";
import { retryDelayMs } from "../../../src/execution/retry-policy.ts";

const spark = (facts: Partial<SparkErrorFacts>, message = "no") =>
  new SparkError(message, { grpcStatus: "INTERNAL", ...facts });
const system = (code: string) => Object.assign(new Error(code), { code });

describe("classifyFailure", () => {
  const transient: Record<string, unknown> = {
    "a lost connection": new ConnectionError("h:1", "gone"),
    "a conflict of Delta commits": spark({ errorClass: "DELTA_CONCURRENT_APPEND", sqlState: "2D521" }),
    "a lost executor": spark({}, "Job aborted due to stage failure: ExecutorLostFailure (executor 1 exited)"),
    "a server that is away": spark({ grpcStatus: "UNAVAILABLE" }),
    "a server that shut down": spark({}, "Job 3 cancelled because SparkContext was shut down"),
    "a session that is gone": new SessionClosedError("s", "released"),
    "a session nobody knows": spark({ errorClass: "INVALID_HANDLE.SESSION_NOT_FOUND", sqlState: "HY000" }),
    "an operation that the server gave up": spark({ errorClass: "INVALID_HANDLE.OPERATION_ABANDONED" }),
    "a result whose rest is lost": new ProtocolError("CONNECT_RESPONSE_ALREADY_RECEIVED", "forgotten"),
    "a cursor that is disconnected": spark({ errorClass: "INVALID_CURSOR.DISCONNECTED", sqlState: "HY109" }),
    "a database that is away": spark({ classes: ["org.x.PSQLException", "java.net.ConnectException"] }),
    "a deadlock": spark({ errorClass: "X", sqlState: "40001" }),
    "a lack of memory": spark({ errorClass: "UNABLE_TO_ACQUIRE_MEMORY", sqlState: "53200" }),
    "a used-up quota": spark({ grpcStatus: "RESOURCE_EXHAUSTED" }, "too many requests"),
    "a stream that was reset": spark({}, "Received RST_STREAM with code 2"),
    "a fetch that found nobody": new TypeError("fetch failed", { cause: system("UND_ERR_CONNECT_TIMEOUT") }),
    "a reset in user code": system("ECONNRESET"),
    "a cause that is transient": new Error("load failed", { cause: system("ETIMEDOUT") }),
    "a timeout": new SparkwrightError("NODE_TIMEOUT", "slow", { details: { abandoned: false } }),
  };
  const permanent: Record<string, unknown> = {
    "a missing table": spark({ errorClass: "TABLE_OR_VIEW_NOT_FOUND", sqlState: "42P01" }),
    "an interrupted operation": spark({ errorClass: "OPERATION_CANCELED", sqlState: "HY008" }),
    "a division by zero": spark({ errorClass: "DIVIDE_BY_ZERO", sqlState: "22012" }),
    "a message too large": spark({ grpcStatus: "RESOURCE_EXHAUSTED" }, "Received message larger than max"),
    "an operation id that is taken": spark({ errorClass: "INVALID_HANDLE.OPERATION_ALREADY_EXISTS" }),
    "a wrong token": spark({ grpcStatus: "UNAUTHENTICATED" }),
    "an internal error": spark({ errorClass: "INTERNAL_ERROR", sqlState: "XX000" }),
    "a name that does not resolve": system("ENOTFOUND"),
    "a fault of user code, whose code may still be at work": new SparkwrightError(
      "NODE_UNHANDLED_REJECTION",
      "x",
      {
        cause: system("ECONNRESET"),
      },
    ),
    "an error of user code": new TypeError("x is not a function"),
    "a string": "ECONNRESET",
    nothing: undefined,
    "work left behind": new SparkwrightError("NODE_TIMEOUT", "slow", { details: { abandoned: true } }),
  };
  for (const [name, error] of Object.entries(transient)) {
    it(`retries ${name}`, () => expect(classifyFailure(error)).to.equal("transient"));
  }
  for (const [name, error] of Object.entries(permanent)) {
    it(`does not retry ${name}`, () => expect(classifyFailure(error)).to.equal("permanent"));
  }

  it("finds a cancellation in the chain, and ends in a circle", () => {
    expect(isCancellation(new Error("wrapped", { cause: new CancelledError() }))).to.equal(true);
    expect(isCancellation(AbortSignal.abort().reason)).to.equal(true);
    const circle = new Error("a");
    circle.cause = new Error("b", { cause: circle });
    expect(isCancellation(circle)).to.equal(false);
  });
});

describe("retryDelayMs", () => {
  const retries = { max: 4, initialDelayMs: 100, maxDelayMs: 500, multiplier: 2, jitter: "none" } as const;

  it("grows up to the limit and ends after the last retry", () => {
    expect([1, 2, 3, 4, 5].map((attempt) => retryDelayMs(retries, attempt))).to.deep.equal([
      100,
      200,
      400,
      500,
      undefined,
    ]);
  });

  it("draws from the whole wait with full jitter", () => {
    expect(retryDelayMs({ ...retries, jitter: "full" }, 3, () => 0.25)).to.equal(100);
  });
});
