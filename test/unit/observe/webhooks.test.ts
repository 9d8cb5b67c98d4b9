import { expect } from "chai";
import type { RunStatus } from "../../../src/events/run-summary.ts";
import { LocalReceiver } from "./local-receiver.ts";
import { observe, runId, script } from "./observed-run.ts";

describe("webhooks", () => {
  let receiver: LocalReceiver;
  afterEach(async () => await receiver.close());
  const open = async (answer?: () => number | undefined) => {
    receiver = new LocalReceiver(answer);
    return `${await receiver.open()}/services/T0KEN-0123`;
  };

  it("tell of a failure, for programs and for Slack", async () => {
    const url = await open();
    const { bus, observers, failures } = await observe({
      webhooks: [{ url, on: ["failure"], headers: { "x-secret": "header-0123" } }],
    });
    for (const body of script()) bus.publish(runId, body);
    await observers.close();
    expect(failures()).to.deep.equal([]);
    const [{ path, headers, body } = { path: "", headers: {}, body: undefined }] = receiver.received;
    expect(receiver.received).to.have.lengthOf(1);
    expect(path).to.equal("/services/T0KEN-0123");
    expect(headers).to.include({ "x-secret": "header-0123", "content-type": "application/json" });
    expect(body).to.deep.equal({
      v: 1,
      text: "etl failed after 1m 05s for 2001-01-30 to 2001-01-31\n• clean: NODE_THREW boom &lt;&amp; ***\n1 node was skipped",
      runId,
      pipeline: "etl",
      status: "failed",
      window: { startDate: "2001-01-30", endDate: "2001-01-31" },
      startedAt: "2026-01-02T03:04:05.678Z",
      durationMs: 65000,
      completed: 1,
      failed: 1,
      skipped: 1,
      cancelled: 0,
      rows: 7,
      failedNodes: [{ name: "clean", code: "NODE_THREW", message: "boom <& ***", hint: "mend it" }],
    });
  });

  it("are told of what they want to know only", async () => {
    const url = await open();
    for (const status of ["success", "failed", "cancelled"] as RunStatus[]) {
      for (const on of [["success"], ["failure"], ["cancelled"], ["success", "cancelled"]] as const) {
        const before = receiver.received.length;
        const { bus, observers } = await observe({ webhooks: [{ url, on, headers: {} }] });
        for (const body of script(status)) bus.publish(runId, body);
        await observers.close();
        const wanted = on.some((one) => one === (status === "failed" ? "failure" : status));
        expect(receiver.received.length - before, `${status} for ${on.join()}`).to.equal(wanted ? 1 : 0);
      }
    }
  });

  it("that cannot be reached are reported once, without their secrets", async () => {
    const url = await open(() => 404);
    const { bus, observers, events, failures } = await observe({
      webhooks: [{ url, on: ["failure"], headers: { "x-secret": "header-0123" } }],
    });
    for (const body of script()) bus.publish(runId, body);
    for (const body of script()) bus.publish(runId, body);
    await observers.close();
    expect(failures()).to.have.lengthOf(1);
    expect(failures()[0]).to.match(/^webhook 1 \(http:\S+\): could not post to http:\S+: it answered 404$/);
    expect(
      JSON.stringify(events, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
    ).to.not.match(/T0KEN|header-0123/);
  });
});
