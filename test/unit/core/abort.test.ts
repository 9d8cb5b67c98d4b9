import { expect } from "chai";
import { abortReason, anySignal, throwIfAborted } from "../../../src/core/abort.ts";
import { CancelledError } from "../../../src/core/error.ts";

describe("abort", () => {
  it("makes a CancelledError of what AbortController gives by default, and of foreign reasons", () => {
    expect(abortReason(AbortSignal.abort())).to.be.instanceOf(CancelledError);
    expect(abortReason(AbortSignal.abort("stop"))).to.include({ code: "CANCELLED", cause: "stop" });
  });

  it("keeps an error that says why", () => {
    const own = new CancelledError("Ctrl-C");
    const other = new TypeError("limit");
    expect(abortReason(AbortSignal.abort(own))).to.equal(own);
    expect(abortReason(AbortSignal.abort(other))).to.equal(other);
  });

  it("throws only when aborted", () => {
    expect(() => throwIfAborted(undefined)).not.to.throw();
    expect(() => throwIfAborted(new AbortController().signal)).not.to.throw();
    expect(() => throwIfAborted(AbortSignal.abort())).to.throw(CancelledError);
  });

  it("joins signals and passes over missing ones", () => {
    const [a, b] = [new AbortController(), new AbortController()];
    expect(anySignal()).to.equal(undefined);
    expect(anySignal(undefined, a.signal)).to.equal(a.signal);
    const any = anySignal(a.signal, undefined, b.signal);
    b.abort("b");
    expect(any?.aborted).to.equal(true);
    expect(any?.reason).to.equal("b");
  });
});
