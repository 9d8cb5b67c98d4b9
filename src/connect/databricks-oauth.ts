import type { IncomingMessage } from "node:http";
import { Backoff } from "../core/backoff.ts";
import type { Clock } from "../core/clock.ts";
import { messageOf, SparkwrightError } from "../core/error.ts";

export interface OAuthOptions {
  /** `https://workspace/oidc/v1/token` */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Certificate authorities in PEM. @default those that Node trusts */
  readonly ca?: Uint8Array | string | undefined;
  readonly clock: Clock;
}

interface AccessToken {
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly refreshAt: number;
  readonly expiresAt: number;
}

/** How long before its end a token is renewed, ms; at most half of its life. */
const earlyMs = 300_000;
const lifetimeOfUnknownMs = 300_000;
const requestTimeoutMs = 30_000;
const maxAnswerBytes = 1_048_576;
const maxRetries = 3;
const backoff = { initialMs: 200, multiplier: 4, maxMs: 5_000, jitter: "none" } as const;

/**
 * Access tokens of a service principal by the client credentials grant: kept while they last, renewed before they end,
 * asked for once however many want one at the same time.
 *
 * @see https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m
 */
export class OAuthTokens {
  readonly #options: OAuthOptions;
  #current: AccessToken | undefined;
  #pending: Promise<AccessToken> | undefined;

  constructor(options: OAuthOptions) {
    this.#options = options;
  }

  /** A token that lasts a while. Thrown when none can be had: `DATABRICKS_OAUTH`. */
  async token(): Promise<string> {
    const now = this.#options.clock.now();
    const current = this.#current;
    if (current !== undefined && now < current.refreshAt) return current.value;
    try {
      return (await this.#renew()).value;
    } catch (error) {
      // One that has some minutes left is better than none: the endpoint may be back by then.
      if (current !== undefined && now < current.expiresAt) return current.value;
      throw error;
    }
  }

  async #renew(): Promise<AccessToken> {
    this.#pending ??= this.#request().finally(() => {
      this.#pending = undefined;
    });
    this.#current = await this.#pending;
    return this.#current;
  }

  async #request(): Promise<AccessToken> {
    const { clock } = this.#options;
    for (let wait = new Backoff(backoff), retry = 0; ; wait = wait.next(), retry++) {
      const askedAt = clock.now();
      let failure: SparkwrightError;
      try {
        const { status, body } = await this.#post();
        const token = status === 200 ? readToken(body, askedAt) : undefined;
        if (token !== undefined) return token;
        if (status === 200) throw this.#refused("answered without a token");
        failure = this.#refused(`answered ${status}${this.#reason(body)}`);
        if (status !== 429 && status < 500) throw failure;
      } catch (error) {
        if (error instanceof SparkwrightError) throw error;
        failure = this.#refused(`cannot be reached: ${messageOf(error)}`, error);
      }
      if (retry === maxRetries) throw failure;
      await clock.sleep(wait.delayMs);
    }
  }

  async #post(): Promise<{ status: number; body: unknown }> {
    const { tokenUrl, clientId, clientSecret, ca } = this.#options;
    const url = new URL(tokenUrl);
    const { request } = url.protocol === "https:" ? await import("node:https") : await import("node:http");
    const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    const form = new URLSearchParams({ grant_type: "client_credentials", scope: "all-apis" }).toString();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(url, {
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
          "content-type": "application/x-www-form-urlencoded",
          "content-length": Buffer.byteLength(form),
          accept: "application/json",
        },
        ...(ca === undefined ? {} : { ca: typeof ca === "string" ? ca : Buffer.from(ca) }),
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      outgoing.once("response", resolve).once("error", reject).end(form);
    });
    return { status: response.statusCode ?? 0, body: await readJson(response) };
  }

  #refused(what: string, cause?: unknown): SparkwrightError {
    const { tokenUrl, clientId } = this.#options;
    return new SparkwrightError("DATABRICKS_OAUTH", `${tokenUrl} ${what}; no token for client ${clientId}.`, {
      cause,
      hint: "Check host, client id and client secret, and that the service principal may use the workspace.",
      details: { tokenUrl, clientId },
    });
  }

  /** What the endpoint says; should it repeat the secret, without it. */
  #reason(body: unknown): string {
    const { error, error_description: description } = (body ?? {}) as Record<string, unknown>;
    const parts = [error, description].filter((part) => typeof part === "string");
    const text = parts.join(": ").replaceAll(this.#options.clientSecret, "***").slice(0, 300);
    return text === "" ? "" : ` (${text})`;
  }
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

function readToken(body: unknown, askedAt: number): AccessToken | undefined {
  const { access_token: value, expires_in: expiresIn } = (body ?? {}) as Record<string, unknown>;
  if (typeof value !== "string" || value === "") return undefined;
  const seconds = Number(expiresIn);
  const lifetimeMs = seconds > 0 ? seconds * 1_000 : lifetimeOfUnknownMs;
  const expiresAt = askedAt + lifetimeMs;
  return { value, expiresAt, refreshAt: expiresAt - Math.min(earlyMs, lifetimeMs / 2) };
}
