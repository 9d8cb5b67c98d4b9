import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { ConnectClientOptions } from "../../../src/connect/client-options.ts";
import { SparkError } from "../../../src/connect/errors.ts";
import { type Clock, systemClock } from "../../../src/core/clock.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { remote, scratchFolder } from "../spark.ts";
import { certificateAuthority, DatabricksWorkspace, servicePrincipal } from "./databricks-workspace.ts";

const personalToken = "dapi-personal";

describe("a workspace of Databricks", () => {
  let workspace: DatabricksWorkspace;
  let host: string;
  let folder: string;
  let configFile: string;
  let aheadMs = 0;
  const clock: Clock = { now: () => Date.now() + aheadMs, sleep: systemClock.sleep };
  const sessions: SparkSession[] = [];

  before(async () => {
    workspace = new DatabricksWorkspace(await remote(), personalToken, clock.now);
    host = await workspace.listen();
    folder = scratchFolder();
    configFile = join(folder, ".databrickscfg");
    const { clientId, clientSecret } = servicePrincipal;
    writeFileSync(
      configFile,
      [
        `[machine]\nhost = ${host}\nclient_id = ${clientId}\nclient_secret = ${clientSecret}\ncluster_id = 0301-x`,
        `[personal]\nhost = ${host}\ntoken = ${personalToken}\nserverless_compute_id = auto`,
        `[stranger]\nhost = ${host}\nclient_id = ${clientId}\nclient_secret = wrong-secret\ncluster_id = 0301-x`,
      ].join("\n"),
    );
  });

  after(async () => {
    await Promise.all(sessions.map((session) => session.stop()));
    workspace?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    workspace.calls.length = 0;
    workspace.refusals = 0;
  });

  async function open(options: ConnectClientOptions): Promise<SparkSession> {
    const tls = { ca: certificateAuthority };
    const session = await SparkSession.builder()
      .options({ tls, clock, ...options })
      .create();
    sessions.push(session);
    return session;
  }

  const sum = async (spark: SparkSession): Promise<unknown> =>
    (await spark.range(1_000).selectExpr("sum(id) AS s").collect()).map((row) => row["s"]);

  it("gives a service principal tokens, a new one before the last has ended", async () => {
    const spark = await open({ databricks: { profile: "machine", configFile } });
    expect(await Promise.all([sum(spark), sum(spark), sum(spark)])).to.eql([
      [499_500n],
      [499_500n],
      [499_500n],
    ]);
    expect(workspace.tokensGiven).to.eql(["oauth-1"]);
    aheadMs += 56 * 60_000;
    expect(await sum(spark)).to.eql([499_500n]);
    expect(workspace.tokensGiven).to.eql(["oauth-1", "oauth-2"]);
    aheadMs += 10 * 60_000;
    expect(await sum(spark)).to.eql([499_500n]);
    expect(workspace.refusals).to.equal(0);
    expect(new Set(workspace.calls.map(({ token }) => token))).to.eql(new Set(["oauth-1", "oauth-2"]));
    expect(new Set(workspace.calls.map(({ clusterId }) => clusterId))).to.eql(new Set(["0301-x"]));
    expect(workspace.calls.map(({ path }) => path)).to.include(
      "/spark.connect.SparkConnectService/ExecutePlan",
    );

    const late = await open({ databricks: { profile: "machine", configFile }, token: "oauth-1" });
    const refused = await sum(late).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(SparkError).with.property("grpcStatus", "UNAUTHENTICATED");
    expect(workspace.refusals).to.be.above(0);
    sessions.pop();
    await late.close();
  });

  it("runs serverless by a personal token, with the session's id as a header in every session", async () => {
    const spark = await open({ remote: `${host}/;serverless=true;token=${personalToken}` });
    expect(await sum(spark)).to.eql([499_500n]);
    const other = spark.newSession();
    sessions.push(other);
    expect(await sum(other)).to.eql([499_500n]);
    expect(new Set(workspace.calls.map(({ sessionId }) => sessionId))).to.eql(
      new Set([spark.sessionId, other.sessionId]),
    );
    expect(new Set(workspace.calls.map(({ token }) => token))).to.eql(new Set([personalToken]));
  });

  it("is found by its profile's address and by the builder", async () => {
    const spark = await open({ remote: "databricks://personal", databricks: { configFile } });
    expect(await sum(spark)).to.eql([499_500n]);
    const built = await SparkSession.builder()
      .databricks({ profile: "personal", configFile })
      .options({ tls: { ca: certificateAuthority } })
      .create();
    sessions.push(built);
    expect(await built.version()).to.match(/^\d+\.\d+/);
  });

  it("refuses a service principal with another secret, and the error does not tell it", async () => {
    const spark = await open({ databricks: { profile: "stranger", configFile } });
    const refused = (await sum(spark).catch((error: unknown) => error)) as Error;
    expect(refused).to.have.property("code", "DATABRICKS_OAUTH");
    expect(refused.message).to.include("401 (invalid_client)");
    expect(`${refused.stack} ${JSON.stringify(refused)} ${refused.cause}`).not.to.include("wrong-secret");
    sessions.pop();
    await spark.close();
  });
});
