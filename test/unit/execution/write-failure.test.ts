import { expect } from "chai";
import { withOutcome } from "../../../src/connect/command-outcome.ts";
import { CancelledError, SparkwrightError } from "../../../src/core/error.ts";
import { mayStillRun, neverBegan } from "../../../src/execution/write-failure.ts";

describe("what the failure of a write says", () => {
  const wrapped = (cause: unknown) => new SparkwrightError("DATASET_WRITE", "not written", { cause });
  const failure = new SparkwrightError("CONNECT_UNAVAILABLE", "the server is gone");

  it("a command that never began may be made again, also when the error is a cause", () => {
    for (const outcome of ["not_started", "not_done", "done", "unknown"] as const) {
      const error = withOutcome(failure, outcome);
      expect(neverBegan(error), outcome).to.equal(outcome === "not_started");
      expect(neverBegan(wrapped(error)), outcome).to.equal(outcome === "not_started");
    }
    expect(neverBegan(failure)).to.equal(false);
    expect(neverBegan(new Error("other"))).to.equal(false);
    expect(neverBegan(undefined)).to.equal(false);
  });

  it("one whose end nobody confirmed may still run", () => {
    const cancelled = (confirmed?: boolean) =>
      new CancelledError("timed out", { details: confirmed === undefined ? {} : { confirmed } });
    expect(mayStillRun(wrapped(cancelled(false)))).to.equal(true);
    expect(mayStillRun(cancelled(true))).to.equal(false);
    expect(mayStillRun(cancelled())).to.equal(false);
  });
});
