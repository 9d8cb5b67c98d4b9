import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Clock } from "../../../src/core/clock.ts";
import { acquireLock, tryLock } from "../../../src/server/process-lock.ts";

describe("process lock", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-lock-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is held by one at a time, also within a process", () => {
    const file = join(folder, "a.lock");
    const first = tryLock(file);
    expect(tryLock(file)).to.equal(undefined);
    first?.release();
    const second = tryLock(file);
    expect(second).not.to.equal(undefined);
    second?.release();
  });

  it("is waited for, and says so once", async () => {
    const file = join(folder, "a.lock");
    const first = tryLock(file);
    let sleeps = 0;
    const clock: Clock = {
      now: () => 0,
      sleep: async () => {
        sleeps += 1;
        if (sleeps === 3) first?.release();
      },
    };
    let told = 0;
    const second = await acquireLock(file, { clock, onWait: () => (told += 1) });
    second.release();
    expect([sleeps, told]).to.deep.equal([3, 1]);
  });

  it("is given up by the wait when the signal aborts", async () => {
    const file = join(folder, "a.lock");
    const first = tryLock(file);
    const failure: unknown = await acquireLock(file, { signal: AbortSignal.abort() }).catch(
      (e: unknown) => e,
    );
    first?.release();
    expect(failure).to.have.property("code", "CANCELLED");
  });

  it("is free as soon as its holder was killed", async () => {
    const file = join(folder, "a.lock");
    const program = join(folder, "hold.mjs");
    const lock = new URL("../../../src/server/process-lock.ts", import.meta.url).href;
    writeFileSync(
      program,
      `import { tryLock } from ${JSON.stringify(lock)};
       const held = tryLock(${JSON.stringify(file)});
       process.send(held !== undefined);
       setInterval(() => held, 1000);`,
    );
    const holder = fork(program, { execArgv: [] });
    await once(holder, "message");
    expect(tryLock(file)).to.equal(undefined);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const lockAfter = tryLock(file);
    expect(lockAfter).not.to.equal(undefined);
    lockAfter?.release();
  });
});
