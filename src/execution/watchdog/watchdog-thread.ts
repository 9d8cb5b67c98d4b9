import { Session } from "node:inspector";
import { parentPort, workerData } from "node:worker_threads";
import type { Blocking, WatchdogData, WatchdogMessage } from "./loop-watchdog.ts";

// Stops the code that keeps the loop busy for the moment that it takes to ask, in its own context, whose it is.
const { turns, thresholdMs, intervalMs } = workerData as WatchdogData;
const question = 'globalThis[Symbol.for("sparkwright.runningNode")]?.()';

type Answer = { -readonly [K in "node" | "place"]?: Blocking[K] };

let lastTurn = Atomics.load(turns, 0);
let turnedAt = performance.now();
let answer: Answer | undefined;

setInterval(() => {
  const turn = Atomics.load(turns, 0);
  if (turn !== lastTurn) {
    if (answer !== undefined) say({ ...answer, ms: performance.now() - turnedAt });
    lastTurn = turn;
    turnedAt = performance.now();
    answer = undefined;
  } else if (answer === undefined && performance.now() - turnedAt >= thresholdMs) {
    answer = {};
    ask(turn, answer);
  }
}, intervalMs);

say("started");

function say(message: WatchdogMessage): void {
  parentPort?.postMessage(message);
}

function ask(turn: number, into: Answer): void {
  const session = new Session();
  const scripts = new Map<string, string>();
  session.connectToMainThread();
  session.on("Debugger.scriptParsed", ({ params }) => void scripts.set(params.scriptId, params.url));
  session.on("Debugger.paused", ({ params }) => {
    // The innermost frame that is not Node's own, where nothing hides `globalThis`.
    const frame = params.callFrames.find(({ location }) => isCode(scripts.get(location.scriptId)));
    if (frame === undefined || Atomics.load(turns, 0) !== turn) return end(session);
    // Lines count from 0 there.
    into.place = `${scripts.get(frame.location.scriptId)}:${frame.location.lineNumber + 1}`;
    session.post(
      "Debugger.evaluateOnCallFrame",
      { callFrameId: frame.callFrameId, expression: question, returnByValue: true },
      (_error, reply) => {
        const node: unknown = reply?.result?.value;
        if (typeof node === "string") into.node = node;
        end(session);
      },
    );
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}

function end(session: Session): void {
  session.post("Debugger.resume");
  session.post("Debugger.disable", () => session.disconnect());
}

function isCode(url = ""): boolean {
  return url !== "" && !url.startsWith("node:");
}
