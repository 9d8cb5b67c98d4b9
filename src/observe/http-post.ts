import { Backoff } from "../core/backoff.ts";
import type { Clock, Random } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";

export interface HttpPostOptions {
  /** May hold a secret, in its path too: messages name its origin only. User and password become basic auth. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Limit of one attempt, milliseconds. @default 3000 */
  readonly timeoutMs?: number;
  /** @default 4 */
  readonly attempts?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

/**
 * Makes the function that posts JSON, tried again while the server may recover. Once a message is lost, the next ones
 * have one attempt each until one arrives, so that a dead server costs little.
 *
 * Thrown by it when the message is lost: `OBSERVE_POST`; when the URL is none: `OBSERVE_URL`.
 */
export function httpPost(options: HttpPostOptions): (body: string, signal: AbortSignal) => Promise<void> {
  const { headers = {}, timeoutMs = 3_000, attempts = 4, clock = systemClock, random } = options;
  let reachable = true;
  return async (body, signal) => {
    const target = parseTarget(options.url);
    let backoff = new Backoff({ initialMs: 250, multiplier: 3, maxMs: 5_000, jitter: "full" }, random);
    const most = reachable ? attempts : 1;
    for (let attempt = 1; ; attempt += 1) {
      const failure = await post(target, { ...target.headers, ...headers }, body, signal, timeoutMs);
      if (failure === undefined) {
        reachable = true;
        return;
      }
      if (!failure.transient || attempt >= most || signal.aborted) {
        reachable = !failure.transient;
        throw lost(options.url, failure, attempt);
      }
      await clock.sleep(backoff.delayMs, signal);
      backoff = backoff.next();
    }
  };
}

/** The part of a URL that a message may name. */
export function originOf(url: string): string {
  return URL.canParse(url) ? `${new URL(url).protocol}//${new URL(url).host}` : "an invalid URL";
}

interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Failure {
  readonly message: string;
  readonly transient: boolean;
}

function parseTarget(text: string): Target {
  if (!URL.canParse(text) || !/^https?:/i.test(text)) {
    throw new SparkwrightError("OBSERVE_URL", "the URL to post to is not an http or https URL", {
      hint: "Write it like https://host/path, under `observe` in the settings.",
    });
  }
  const url = new URL(text);
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = "";
  url.password = "";
  const authorization = `Basic ${Buffer.from(user).toString("base64")}`;
  return {
    url: url.href,
    headers: { "content-type": "application/json", ...(user !== ":" && { authorization }) },
  };
}

async function post(
  { url }: Target,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<Failure | undefined> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      // A redirect would take the headers somewhere else.
      redirect: "manual",
      signal: AbortSignal.any([signal, limit]),
    });
    await response.body?.cancel();
    if (response.ok) return undefined;
    const { status } = response;
    return { message: `it answered ${status}`, transient: status >= 500 || [408, 425, 429].includes(status) };
  } catch (error) {
    if (limit.aborted) return { message: `no answer within ${timeoutMs} ms`, transient: true };
    return { message: reasonOf(error), transient: true };
  }
}

/** Of what `fetch` throws only the system's code is told: its messages can hold the URL or a header. */
function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = typeof cause === "object" && cause !== null ? Reflect.get(cause, "code") : undefined;
  return typeof code === "string" ? `the request failed (${code})` : "the request failed";
}

function lost(url: string, { message }: Failure, attempts: number): SparkwrightError {
  const tried = attempts === 1 ? "" : `, after ${attempts} attempts`;
  return new SparkwrightError("OBSERVE_POST", `could not post to ${originOf(url)}: ${message}${tried}`, {
    hint: "Check the URL and the headers under `observe` in the settings; the run itself is not affected.",
  });
}
