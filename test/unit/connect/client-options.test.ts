import { expect } from "chai";
import {
  type ConnectClientOptions,
  resolveConnection,
  secureChannel,
} from "../../../src/connect/client-options.ts";
import { parseConnectionString } from "../../../src/connect/connection-string.ts";
import { type ConnectEnvironment, readConnectEnvironment } from "../../../src/connect/environment.ts";
import { databricksRetryPolicy } from "../../../src/connect/retry-policy.ts";

const emptyEnvironment = readConnectEnvironment({});
const resolve = (options: ConnectClientOptions, environment: Partial<ConnectEnvironment> = {}) =>
  resolveConnection(options, { ...emptyEnvironment, ...environment });

describe("resolveConnection", () => {
  it("takes options first, then the connection string, then the environment, then defaults", async () => {
    const environment = readConnectEnvironment({
      SPARK_REMOTE: "sc://env:1/;user_id=string",
      SPARK_CONNECT_AUTHENTICATE_TOKEN: "env-token",
      SPARK_CONNECT_USER_AGENT: "env-agent",
      SPARK_USER: "spark",
      USER: "user",
    });
    const fromEnvironment = resolve({}, environment);
    expect(fromEnvironment).to.include({ endpoint: "sc://env:1", userId: "string" });
    expect(fromEnvironment.clientType).to.match(/^env-agent /);
    expect(await fromEnvironment.token?.()).to.equal("env-token");
    const fromString = resolve({ remote: "sc://s/;token=string-token;user_agent=string-agent" }, environment);
    expect(fromString).to.include({ endpoint: "sc://s:15002", userId: "spark" });
    expect(fromString.clientType).to.match(/^string-agent /);
    expect(await fromString.token?.()).to.equal("string-token");
    const fromOptions = resolve({
      remote: "sc://s/;token=t;user_id=x",
      token: "own",
      userId: "me",
      userAgent: "a",
    });
    expect(fromOptions.userId).to.equal("me");
    expect(await fromOptions.token?.()).to.equal("own");
    expect(resolve({})).to.include({ endpoint: "sc://localhost:15002", userId: "", token: undefined });
  });

  it("uses TLS for a token, except on this machine without use_ssl", () => {
    const secure = (text: string, hasToken = text.includes("token=")) =>
      secureChannel(parseConnectionString(text), hasToken, undefined);
    expect(secure("sc://host")).to.equal(false);
    expect(secure("sc://host/;use_ssl=true")).to.equal(true);
    expect(secure("sc://host/;token=t")).to.equal(true);
    expect(secure("sc://host", true)).to.equal(true);
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]"]) {
      expect(secure(`sc://${host}/;token=t`)).to.equal(false);
      expect(secure(`sc://${host}/;token=t;use_ssl=true`)).to.equal(true);
    }
    expect(() => secure("sc://host/;token=t;use_ssl=false"))
      .to.throw()
      .with.property("code", "CONNECT_INSECURE_TOKEN");
    expect(secureChannel(parseConnectionString("sc://host"), false, {})).to.equal(true);
  });

  it("gives Databricks serverless one id as session and as header", () => {
    const serverless = resolve({ remote: "sc://dbc-1.cloud.databricks.com/;token=t" });
    expect(serverless.headers).to.eql({ "x-databricks-session-id": serverless.sessionId });
    expect(serverless.retry.policies).to.include(databricksRetryPolicy);
    const id = "33333333-0000-4000-8000-000000000001";
    const given = resolve({
      remote: `sc://adb-1.azuredatabricks.net/;token=t;x-databricks-session-id=${id}`,
    });
    expect(given.sessionId).to.equal(id);
    const own = resolve({ remote: "sc://dbc-1.cloud.databricks.com/;token=t", sessionId: id });
    expect(own).to.include({ sessionId: id });
    expect(own.headers).to.eql({ "x-databricks-session-id": id });
    const cluster = resolve({ remote: "sc://dbc-1.cloud.databricks.com/;token=t;x-databricks-cluster-id=c" });
    expect(cluster.headers).to.eql({ "x-databricks-cluster-id": "c" });
    expect(resolve({ remote: "sc://databricks.com.evil.org" }).headers).to.eql({});
  });

  it("refuses what cannot be sent", () => {
    expect(() => resolve({ sessionId: "nope" }))
      .to.throw()
      .with.property("code", "CONNECT_INVALID_SESSION_ID");
    expect(() => resolve({ headers: { "a b": "c" } }))
      .to.throw()
      .with.property("code", "CONNECT_INVALID_HEADER");
    expect(() => resolve({ userAgent: "ä".repeat(400) }))
      .to.throw()
      .with.property("code", "CONNECT_INVALID_USER_AGENT");
    expect(resolve({ userAgent: "a".repeat(2_048) }).clientType).to.have.length.above(2_048);
  });
});
