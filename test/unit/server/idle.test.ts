import { expect } from "chai";
import { type Activity, hasEstablished, IdleTimer } from "../../../src/server/idle.ts";

const minute = 60_000;
const look = (minutes: number, connected: boolean | undefined, cpuSeconds: number | undefined): Activity => ({
  at: minutes * minute,
  connected,
  cpuSeconds,
});

describe("idle timer", () => {
  const start = new IdleTimer(30 * minute, look(0, false, 10));

  it("is over after the time without clients and work, not before", () => {
    const almost = start.next(look(15, false, 10.5)).next(look(29, false, 11));
    expect(almost.isOver).to.equal(false);
    expect(almost.next(look(30, false, 11)).isOver).to.equal(true);
  });

  it("starts again whenever somebody is connected", () => {
    const connected = start.next(look(29, true, 10));
    expect(connected.next(look(58, false, 10)).isOver).to.equal(false);
    expect(connected.next(look(59, false, 10)).isOver).to.equal(true);
  });

  it("never ends while somebody is connected, however long that is and however little happens", () => {
    expect(start.next(look(600, true, 10)).isOver).to.equal(false);
  });

  it("waits for work that nobody watches", () => {
    const working = start.next(look(10, false, 10)).next(look(11, false, 20));
    expect(working.next(look(40, false, 20)).isOver).to.equal(false);
    expect(working.next(look(41, false, 20)).isOver).to.equal(true);
  });

  it("goes by the CPU alone where connections cannot be seen, and never ends where neither can", () => {
    expect(start.next(look(30, undefined, 10)).isOver).to.equal(true);
    expect(start.next(look(30, undefined, undefined)).isOver).to.equal(false);
  });
});

describe("connections in /proc/net/tcp", () => {
  const table = (local: string, state: string): string =>
    `  sl  local_address rem_address   st tx_queue\n   0: ${local} 0100007F:D431 ${state} 00000000:00000000\n`;

  it("counts established ones of the port only", () => {
    expect(hasEstablished(table("0100007F:1267", "01"), 0x1267)).to.equal(true);
    expect(hasEstablished(table("0000000000000000FFFF00000100007F:00A0", "01"), 0xa0)).to.equal(true);
    expect(hasEstablished(table("0100007F:1267", "0A"), 0x1267)).to.equal(false);
    expect(hasEstablished(table("0100007F:1267", "01"), 0x267)).to.equal(false);
    expect(hasEstablished(table("0100007F:1267", "01"), 0xd431)).to.equal(false);
  });
});
