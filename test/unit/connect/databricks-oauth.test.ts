import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { OAuthTokens } from "../../../src/connect/databricks-oauth.ts";
import { messageOf } from "../../../src/core/error.ts";

interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

const minute = 60_000;

describe("OAuth tokens of a service principal", () => {
  let server: Server;
  let tokenUrl: string;
  let asked: Asked[];
  /** What the endpoint answers to the next requests; afterwards tokens of an hour, numbered. */
  let answers: { status: number; body: string }[];
  let now: number;
  let slept: number[];
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      slept.push(ms);
      now += ms;
    },
  };

  before(async () => {
    server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      asked.push({
        line: `${request.method} ${request.url}`,
        authorization: request.headers.authorization,
        body,
      });
      const token = { access_token: `token-${asked.length}`, token_type: "Bearer", expires_in: 3600 };
      const answer = answers.shift() ?? { status: 200, body: JSON.stringify(token) };
      response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc/v1/token`;
  });
  after(() => server.close());
  beforeEach(() => {
    asked = [];
    answers = [];
    slept = [];
    now = 1_000_000;
  });

  const tokens = () => new OAuthTokens({ tokenUrl, clientId: "me", clientSecret: "SECRET/1", clock });
  async function failure(of: OAuthTokens): Promise<Error & { code?: string }> {
    return await of.token().then(
      () => expect.fail("a token was given"),
      (error: unknown) => error as Error,
    );
  }

  it("are asked for by client credentials, for all APIs", async () => {
    expect(await tokens().token()).to.equal("token-1");
    const credentials = Buffer.from("me:SECRET%2F1").toString("base64");
    expect(asked).to.eql([
      {
        line: "POST /oidc/v1/token",
        authorization: `Basic ${credentials}`,
        body: "grant_type=client_credentials&scope=all-apis",
      },
    ]);
  });

  it("are kept until five minutes before they end", async () => {
    const source = tokens();
    expect(await source.token()).to.equal("token-1");
    now += 55 * minute - 1;
    expect(await source.token()).to.equal("token-1");
    now += 1;
    expect(await source.token()).to.equal("token-2");
    expect(asked).to.have.length(2);
  });

  it("of a short life are kept for half of it", async () => {
    answers = [{ status: 200, body: '{"access_token":"short","expires_in":60}' }];
    const source = tokens();
    await source.token();
    now += 30_000 - 1;
    expect(await source.token()).to.equal("short");
    now += 1;
    expect(await source.token()).to.equal("token-2");
  });

  it("are asked for once by callers at the same time", async () => {
    const source = tokens();
    const first = await Promise.all(Array.from({ length: 10 }, () => source.token()));
    now += 60 * minute;
    const second = await Promise.all(Array.from({ length: 10 }, () => source.token()));
    expect(new Set([...first, ...second])).to.eql(new Set(["token-1", "token-2"]));
    expect(asked).to.have.length(2);
  });

  it("are asked for again after an outage, with growing waits", async () => {
    answers = [
      { status: 503, body: "<html>" },
      { status: 429, body: "{}" },
    ];
    expect(await tokens().token()).to.equal("token-3");
    expect(slept).to.eql([200, 800]);
  });

  it("go on being used while a renewal fails, as long as they last", async () => {
    const source = tokens();
    await source.token();
    now += 56 * minute;
    answers = Array.from({ length: 4 }, () => ({ status: 500, body: "{}" }));
    expect(await source.token()).to.equal("token-1");
    now += 10 * minute;
    answers = Array.from({ length: 4 }, () => ({ status: 500, body: "{}" }));
    const error = await failure(source);
    expect(error).to.have.property("code", "DATABRICKS_OAUTH");
    expect(await source.token(), "the next caller asks anew").to.equal("token-10");
  });

  it("are refused with what the endpoint says, without the secret", async () => {
    const body = { error: "invalid_client", error_description: "SECRET/1 is wrong" };
    answers = [{ status: 401, body: JSON.stringify(body) }];
    const error = await failure(tokens());
    expect(error).to.have.property("code", "DATABRICKS_OAUTH");
    expect(error.message).to.include("401 (invalid_client: *** is wrong)").and.include("client me");
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.to.include("SECRET");
    expect(asked).to.have.length(1);
    answers = [{ status: 200, body: "not json" }];
    expect(messageOf(await failure(tokens()))).to.include("without a token");
  });

  it("tell when the endpoint cannot be reached", async () => {
    const nowhere = new OAuthTokens({
      tokenUrl: "http://127.0.0.1:1/oidc/v1/token",
      clientId: "me",
      clientSecret: "SECRET",
      clock,
    });
    const error = await failure(nowhere);
    expect(error.message).to.match(/cannot be reached: .*ECONNREFUSED/);
    expect(slept).to.eql([200, 800, 3_200]);
  });
});
