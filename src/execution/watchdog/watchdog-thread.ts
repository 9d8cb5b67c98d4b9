import { writeSync } from "node:fs";
import { Session } from "node:inspector";
import { parentPort, workerData } from "node:worker_threads";
import { displayPath } from "../../core/display-path.ts";
import { formatDuration } from "../../core/duration.ts";
import type { WatchdogData, WatchdogMessage, WatchdogOrder, WatchedAttempt } from "./loop-watchdog.ts";

// Stops the code that keeps the loop busy for the moment that it takes to ask, in its own context, whose it is.
const { turns, thresholdMs, intervalMs, lastResort } = workerData as WatchdogData;
const question = 'globalThis[Symbol.for("sparkwright.runningAttempt")]?.()';
/** How long an answer is waited for before it is told without, milliseconds. */
const answeringMs = 2_000;

/** An attempt under way, or the run. */
interface Limited {
  readonly name: string;
  readonly code: string;
  readonly timeoutMs: number | undefined;
  readonly startedAt: number;
}

interface Attempt extends Limited {
  readonly node: string;
}

/** A time in which the loop has not turned for long. */
interface Standstill {
  readonly askedAt: number;
  place?: string;
  /** Once it is asked: the attempt whose code runs, or none if it is of another run, or of no node. */
  suspects?: readonly Attempt[];
  toldAt?: number;
}

const startedAt = performance.now();
const attempts = new Map<number, Attempt>();
let lastTurn = Atomics.load(turns, 0);
let turnedAt = startedAt;
let standstill: Standstill | undefined;

parentPort?.on("message", (order: WatchdogOrder) => {
  if (typeof order === "number") attempts.delete(order);
  else attempts.set(order.id, attemptOf(order));
});

setInterval(() => {
  const turn = Atomics.load(turns, 0);
  const now = performance.now();
  if (turn !== lastTurn) {
    if (standstill !== undefined) say(found(standstill, now - turnedAt));
    lastTurn = turn;
    turnedAt = now;
    standstill = undefined;
  } else if (standstill === undefined) {
    if (now - turnedAt < thresholdMs) return;
    standstill = { askedAt: now };
    ask(turn, standstill);
  } else if (lastResort !== undefined) {
    const { suspects, askedAt, toldAt } = standstill;
    if (toldAt !== undefined) endIfOverdue(standstill, toldAt, now);
    else if (suspects !== undefined || now - askedAt >= answeringMs) tell(standstill, now);
  }
}, intervalMs);

say("started");

function attemptOf({ node, timeoutMs }: WatchedAttempt): Attempt {
  return { node, name: `node '${node}'`, code: "NODE_TIMEOUT", timeoutMs, startedAt: performance.now() };
}

function say(message: WatchdogMessage): void {
  parentPort?.postMessage(message);
}

function found({ suspects: [attempt] = [], place }: Standstill, ms: number): WatchdogMessage {
  return { ms, ...(attempt !== undefined && { node: attempt.node }), ...(place !== undefined && { place }) };
}

/** Whose code it may be: code outside of JavaScript cannot be asked. */
function suspectsOf({ suspects = [...attempts.values()] }: Standstill): readonly Attempt[] {
  return suspects;
}

function tell(at: Standstill, now: number): void {
  at.toldAt = now;
  const names = suspectsOf(at).map(({ name }) => name);
  if (names.length === 0) return;
  const who = names.length === 1 ? names[0] : `one of ${names.join(", ")}`;
  write(
    `warning: ${who} has blocked the event loop for ${formatDuration(now - turnedAt)}${where(at)}; until it stops, nothing` +
      ` else gets a turn, no timeout and no Ctrl-C\n  hint: Ctrl-\\ or kill -KILL ${process.pid} ends the process.\n`,
  );
}

function endIfOverdue(at: Standstill, toldAt: number, now: number): void {
  const { runTimeoutMs, graceMs = 5_000, runId } = lastResort ?? {};
  if (now - toldAt < graceMs) return;
  const run = { name: "the run", code: "RUN_TIMEOUT", timeoutMs: runTimeoutMs, startedAt };
  const isOver = ({ timeoutMs, startedAt }: Limited) =>
    timeoutMs !== undefined && now - startedAt >= timeoutMs + graceMs;
  const possible = suspectsOf(at);
  const over = possible.length > 0 && possible.every(isOver) ? possible[0] : isOver(run) ? run : undefined;
  if (over === undefined) return;
  write(
    `error[${over.code}] ${over.name} took longer than its timeout of ${formatDuration(over.timeoutMs ?? 0)}, and code still` +
      ` blocks the event loop${where(at)}; the process ends here\n` +
      `  hint: Let the code await something now and then; \`sparkwright resume ${runId}\` goes on with the run.\n`,
  );
  process.kill(process.pid, "SIGKILL");
}

function where({ place }: Standstill): string {
  return place === undefined ? "" : ` at ${displayPath(place.replace(/^file:\/\//, ""))}`;
}

/** To the descriptor itself: streams of a thread need the event loop. */
function write(text: string): void {
  try {
    writeSync(lastResort?.fd ?? 2, text);
  } catch {
    // Nobody can be told.
  }
}

function ask(turn: number, into: Standstill): void {
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
        const id: unknown = reply?.result?.value;
        const attempt = typeof id === "number" ? attempts.get(id) : undefined;
        into.suspects = attempt === undefined ? [] : [attempt];
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
