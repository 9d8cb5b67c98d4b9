import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  type ClientHttp2Session,
  connect,
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type OutgoingHttpHeaders,
} from "node:http2";
import type { AddressInfo } from "node:net";
import { parseConnectionString } from "../../../src/connect/connection-string.ts";

const pem = (name: string): Buffer =>
  readFileSync(new URL(`../../unit/connect/fixtures/tls/${name}`, import.meta.url));

/** What the workspace saw of one gRPC call. */
export interface SeenCall {
  readonly path: string;
  readonly token: string;
  readonly clusterId: string | undefined;
  readonly sessionId: string | undefined;
}

export const certificateAuthority: Buffer = pem("ca.pem");
export const servicePrincipal = { clientId: "a-client", clientSecret: "a-secret" } as const;
const tokenLifetimeMs = 3_600_000;

/**
 * The front door of a workspace, before a Spark Connect server: TLS, tokens for a service principal, and calls that
 * need a token which is still good and say what to run on. Whatever else comes is answered 401 or 400.
 */
export class DatabricksWorkspace {
  readonly #now: () => number;
  readonly #personalToken: string;
  readonly #upstream: ClientHttp2Session;
  readonly #upstreamToken: string | undefined;
  readonly #server: Http2SecureServer;
  readonly #expiries = new Map<string, number>();
  readonly calls: SeenCall[] = [];
  refusals = 0;

  constructor(remote: string, personalToken: string, now: () => number) {
    const { host, port, token } = parseConnectionString(remote);
    this.#now = now;
    this.#personalToken = personalToken;
    this.#upstream = connect(`http://${host}:${port}`);
    this.#upstreamToken = token;
    this.#server = createSecureServer({ key: pem("server.key"), cert: pem("server.pem"), allowHTTP1: true });
    this.#server.on("request", (request, response) => {
      if (request.httpVersionMajor === 1) void this.#token(request, response);
      else this.#call(request, response);
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  get tokensGiven(): readonly string[] {
    return [...this.#expiries.keys()];
  }

  close(): void {
    this.#upstream.destroy();
    this.#server.close();
  }

  async #token(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
    let form = "";
    for await (const chunk of request) form += chunk;
    const credentials = Buffer.from(`${servicePrincipal.clientId}:${servicePrincipal.clientSecret}`);
    const isKnown = request.headers.authorization === `Basic ${credentials.toString("base64")}`;
    const isAsked = form === "grant_type=client_credentials&scope=all-apis";
    if (request.method !== "POST" || request.url !== "/oidc/v1/token" || !isKnown || !isAsked) {
      response.writeHead(401, { "content-type": "application/json" }).end('{"error":"invalid_client"}');
      return;
    }
    const token = `oauth-${this.#expiries.size + 1}`;
    this.#expiries.set(token, this.#now() + tokenLifetimeMs);
    const body = { access_token: token, token_type: "Bearer", expires_in: tokenLifetimeMs / 1_000 };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  }

  #call(request: Http2ServerRequest, response: Http2ServerResponse): void {
    const one = (name: string): string | undefined => request.headers[name]?.toString();
    const token = /^Bearer (.+)$/.exec(one("authorization") ?? "")?.[1] ?? "";
    const clusterId = one("x-databricks-cluster-id");
    const sessionId = one("x-databricks-session-id");
    const isGood = token === this.#personalToken || this.#now() < (this.#expiries.get(token) ?? 0);
    if (!isGood || (clusterId === undefined) === (sessionId === undefined)) {
      this.refusals++;
      response.writeHead(isGood ? 400 : 401).end();
      return;
    }
    this.calls.push({ path: request.url, token, clusterId, sessionId });
    const { authorization: _theirs, ":authority": _here, ...headers } = request.headers;
    const own = this.#upstreamToken === undefined ? {} : { authorization: `Bearer ${this.#upstreamToken}` };
    forward(request, response, this.#upstream.request({ ...headers, ...own }));
  }
}

/** Joins a call to one upstream, trailers included, in which gRPC says how it ended. */
function forward(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  upstream: ReturnType<ClientHttp2Session["request"]>,
): void {
  upstream.on("error", () => response.stream.destroy());
  response.on("close", () => upstream.close());
  upstream.on("response", (headers) => {
    const { ":status": status = 500, ...rest } = headers;
    // A call that fails at once has its status in the headers, to which this kind of response adds an end of its own.
    const { trailers, others } = Object.groupBy(Object.entries(rest), ([name]) =>
      name.startsWith("grpc-status") || name === "grpc-message" ? "trailers" : "others",
    );
    response.writeHead(status, Object.fromEntries(others ?? []) as OutgoingHttpHeaders);
    if (trailers !== undefined) response.addTrailers(Object.fromEntries(trailers) as OutgoingHttpHeaders);
    upstream.pipe(response);
  });
  upstream.on("trailers", (trailers) => response.addTrailers(trailers));
  request.pipe(upstream);
}
