import { randomBytes, randomUUID } from "node:crypto";
import { expect } from "chai";
import type { ConnectClient } from "../../../src/connect/connect-client.ts";
import { closeClients, openClient, rowsOf, sqlPlan } from "./sql-plan.ts";

const setting = "spark.sql.shuffle.partitions";

async function get(client: ConnectClient): Promise<string | undefined> {
  const { pairs } = await client.config({ case: "get", value: { keys: [setting] } });
  return pairs[0]?.value;
}

async function set(client: ConnectClient, value: string): Promise<void> {
  await client.config({ case: "set", value: { pairs: [{ key: setting, value }] } });
}

describe("a session on a server", () => {
  after(closeClients);

  it("has settings of its own, which a clone takes along and then changes alone", async () => {
    const [client, other] = [await openClient(), await openClient()];
    await set(client, "7");
    const clone = await client.cloneSession();
    await set(clone, "9");
    expect([await get(client), await get(clone)]).to.eql(["7", "9"]);
    expect(await get(other)).not.to.equal("7");
    await clone.releaseSession();
    await clone.close();
    expect(await get(client)).to.equal("7");
  });

  it("answers about a plan and about itself", async () => {
    const client = await openClient();
    const version = await client.analyze({ case: "sparkVersion", value: {} });
    expect(version.result).to.have.nested.property("value.version").that.matches(/^4\./);
    const schema = await client.analyze({
      case: "schema",
      value: { plan: sqlPlan("SELECT 1 AS a") },
    } as never);
    expect(schema.result).to.have.nested.property("value.schema.kind.value.fields[0].name", "a");
  });

  it("takes artifacts of every size, damaged never", async () => {
    const client = await openClient();
    const artifacts = [0, 1, 32_768, 32_769, 3_000_000].map((size) => ({
      name: `files/${randomUUID()}-${size}`,
      data: new Uint8Array(randomBytes(size)),
    }));
    const cached = {
      name: `cache/${randomBytes(32).toString("hex")}`,
      data: new Uint8Array(randomBytes(100_000)),
    };
    await client.addArtifacts([...artifacts.slice(1), cached]);
    const missing = `cache/${randomBytes(32).toString("hex")}`;
    expect([...(await client.artifactStatus([cached.name, missing]))]).to.eql([cached.name]);
    await client.addArtifacts([artifacts[0] as { name: string; data: Uint8Array }]);
  });

  it("says that it does not know an operation it never had", async () => {
    const client = await openClient();
    expect(await rowsOf(client.execute(sqlPlan("SELECT 1")))).to.eql([[1]]);
    const id = randomUUID();
    expect((await client.operationStatus([id])).get(id)).to.equal("unknown");
    expect(await client.interruptOperation(id)).to.eql([]);
    const thrown = await rowsOf(client.reattach({ operationId: id })).catch((error: unknown) => error);
    expect(thrown).to.have.property("errorClass", "INVALID_HANDLE.OPERATION_NOT_FOUND");
  });
});
