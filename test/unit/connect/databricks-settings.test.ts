import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type ConnectClientOptions, resolveConnection } from "../../../src/connect/client-options.ts";
import { readConnectEnvironment } from "../../../src/connect/environment.ts";
import { databricksRetryPolicy } from "../../../src/connect/retry-policy.ts";
import { thrownBy } from "../../thrown-by.ts";

const profiles = `
[DEFAULT]
host = https://default.cloud.databricks.com
token = default-token
serverless_compute_id = auto
[prod]
host = prod.cloud.databricks.com
token = prod-token
cluster_id = prod-cluster
workspace_id = 7
[bare]
host = https://bare.cloud.databricks.com
[both]
host = https://both.cloud.databricks.com
token = SECRET
client_id = id
client_secret = SECRET
cluster_id = c
[chosen]
host = https://both.cloud.databricks.com
token = chosen-token
client_id = id
client_secret = SECRET
auth_type = pat
cluster_id = c
[cli]
host = https://cli.cloud.databricks.com
auth_type = databricks-cli
[half]
host = https://half.cloud.databricks.com
client_id = id
cluster_id = c
[compute]
host = https://w.cloud.databricks.com
token = SECRET
cluster_id = c
serverless_compute_id = auto
`;

describe("connecting to Databricks", () => {
  let folder: string;
  let file: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-databricks-"));
    file = join(folder, "cfg");
    writeFileSync(file, profiles);
  });
  after(() => rmSync(folder, { recursive: true }));

  const resolve = (options: ConnectClientOptions, variables: Record<string, string> = {}) =>
    resolveConnection(options, readConnectEnvironment({ DATABRICKS_CONFIG_FILE: file, ...variables }));
  async function facts(options: ConnectClientOptions, variables: Record<string, string> = {}) {
    const { endpoint, token, headers } = resolve(options, variables);
    const compute = headers["x-databricks-cluster-id"] ?? "serverless";
    return [endpoint, await token?.(), compute];
  }
  const prod = ["sc://prod.cloud.databricks.com:443", "prod-token", "prod-cluster"];

  it("takes a profile from address, option or environment, else the default one", async () => {
    expect(await facts({ remote: "databricks://prod" })).to.eql(prod);
    expect(await facts({ databricks: { profile: "prod" } })).to.eql(prod);
    expect(await facts({ databricks: {} }, { DATABRICKS_CONFIG_PROFILE: "prod" })).to.eql(prod);
    expect(await facts({}, { SPARK_REMOTE: "databricks://prod" })).to.eql(prod);
    const byDefault = ["sc://default.cloud.databricks.com:443", "default-token", "serverless"];
    expect(await facts({ remote: "databricks://" })).to.eql(byDefault);
    expect(resolve({ databricks: { profile: "prod" } }).headers).to.include({ "x-databricks-org-id": "7" });
  });

  it("prefers code to a named profile, that to the environment, that to the default profile", async () => {
    const variables = {
      DATABRICKS_HOST: "https://env.cloud.databricks.com",
      DATABRICKS_TOKEN: "env-token",
      DATABRICKS_CLUSTER_ID: "env-cluster",
    };
    expect(await facts({ databricks: {} }, variables)).to.eql([
      "sc://env.cloud.databricks.com:443",
      "env-token",
      "env-cluster",
    ]);
    expect(await facts({ databricks: { profile: "prod" } }, variables)).to.eql(prod);
    const inCode = { profile: "prod", token: "own", clusterId: "mine" };
    expect(await facts({ databricks: inCode }, variables)).to.eql([prod[0], "own", "mine"]);
    expect(await facts({ remote: "databricks://prod;serverless=true" })).to.eql([
      prod[0],
      prod[1],
      "serverless",
    ]);
    expect(await facts({ remote: "databricks://prod;cluster_id=x", databricks: { clusterId: "y" } })).to.eql([
      prod[0],
      prod[1],
      "y",
    ]);
  });

  it("never sends the credentials of one workspace to another", async () => {
    const remote = "https://other.cloud.databricks.com/;cluster_id=c";
    const here = { DATABRICKS_TOKEN: "env-token" };
    expect(await facts({ remote }, here)).to.eql(["sc://other.cloud.databricks.com:443", "env-token", "c"]);
    const elsewhere = { ...here, DATABRICKS_HOST: "https://env.cloud.databricks.com" };
    for (const variables of [{}, elsewhere, { DATABRICKS_CONFIG_PROFILE: "prod" }]) {
      expect(thrownBy(() => resolve({ remote }, variables)).code).to.equal("DATABRICKS_NO_CREDENTIALS");
    }
    expect(
      await facts({ remote: "https://PROD.cloud.databricks.com", databricks: { profile: "prod" } }),
    ).to.eql(prod);
  });

  it("gives serverless compute one id as session and as header, also in another session", () => {
    const serverless = resolve({ remote: "databricks://" });
    expect(serverless.headers).to.eql({ "x-databricks-session-id": serverless.sessionId });
    expect(serverless.retry.policies).to.include(databricksRetryPolicy);
    const sessionId = "33333333-0000-4000-8000-000000000001";
    expect(resolve({ remote: "databricks://", sessionId }).headers).to.eql({
      "x-databricks-session-id": sessionId,
    });
    const cluster = resolve({ databricks: { profile: "prod" }, sessionId });
    expect(cluster.sessionId).to.equal(sessionId);
    expect(cluster.headers).not.to.have.property("x-databricks-session-id");
    const other = "33333333-0000-4000-8000-000000000002";
    const remote = `sc://w.cloud.databricks.com/;token=t;x-databricks-session-id=${other}`;
    expect(resolve({ remote, sessionId }).headers).to.eql({ "x-databricks-session-id": sessionId });
  });

  it("asks for no credentials when the caller brings a token", async () => {
    const token = async () => "own";
    const options = { remote: "https://w.cloud.databricks.com/;serverless=true", token };
    expect(await facts(options)).to.eql(["sc://w.cloud.databricks.com:443", "own", "serverless"]);
    expect(await facts({ databricks: { profile: "chosen" } })).to.include("chosen-token");
  });

  const faults: [string, ConnectClientOptions, string, RegExp][] = [
    [
      "no host",
      { databricks: { profile: "prod", configFile: "/none" } },
      "DATABRICKS_PROFILE_NOT_FOUND",
      /prod/,
    ],
    ["no workspace", { databricks: { configFile: "/none" } }, "DATABRICKS_NO_HOST", /No workspace/],
    ["a host that is none", { databricks: { host: "http://w" } }, "DATABRICKS_INVALID_HOST", /the options/],
    ["no credentials", { remote: "databricks://bare" }, "DATABRICKS_NO_CREDENTIALS", /bare\.cloud/],
    [
      "no compute",
      { databricks: { profile: "bare", token: "SECRET" } },
      "DATABRICKS_NO_COMPUTE",
      /what to run/,
    ],
    ["two credentials", { databricks: { profile: "both" } }, "DATABRICKS_AMBIGUOUS", /the profile both/],
    [
      "half of credentials",
      { databricks: { profile: "half" } },
      "DATABRICKS_NO_CREDENTIALS",
      /no client secret/,
    ],
    ["two computes", { databricks: { profile: "compute" } }, "DATABRICKS_AMBIGUOUS", /the profile compute/],
    ["another way to log in", { databricks: { profile: "cli" } }, "DATABRICKS_AUTH_TYPE", /databricks-cli/],
    ["both kinds of address", { remote: "sc://h", databricks: {} }, "CONNECT_INVALID_URL", /with none/],
  ];
  for (const [name, options, code, message] of faults) {
    it(`refuses ${name}`, () => {
      const error = thrownBy(() => resolve(options));
      expect(error).to.have.property("code", code);
      expect(error.message).to.match(message);
      expect(`${error.message} ${error.hint} ${JSON.stringify(error)}`).not.to.include("SECRET");
    });
  }

  it("passes Databricks over where nobody names it", () => {
    const variables = { DATABRICKS_HOST: "https://env.cloud.databricks.com", DATABRICKS_TOKEN: "t" };
    expect(resolve({}, variables).endpoint).to.equal("sc://localhost:15002");
    expect(resolve({ remote: "sc://h" }, variables)).to.include({
      endpoint: "sc://h:15002",
      token: undefined,
    });
  });
});
