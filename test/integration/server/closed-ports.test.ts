import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type EmbeddedServer, ensureServer } from "../../../src/server/embedded-server.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";

interface Listener {
  readonly address: string;
  readonly port: number;
}

/** Where a process listens, from what Linux tells under /proc. */
function listenersOf(pid: number): readonly Listener[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ["tcp", "tcp6"].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === "0A" && inodes.has(inode ?? ""))
      .map(([, local = ""]) => {
        const [address = "", port = ""] = local.split(":");
        return { address, port: Number.parseInt(port, 16) };
      }),
  );
}

/** 127.0.0.1 as /proc writes it, also within IPv6. */
const loopback = /^(0100007F|0000000000000000FFFF00000100007F|00000000000000000000000001000000)$/;

function text(of: string): Buffer {
  const bytes = Buffer.from(of);
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Spark's request for a cached block: an RpcRequest (3) that holds OpenBlocks (0). */
function openBlocks(appId: string): Buffer {
  const count = Buffer.alloc(4);
  count.writeInt32BE(1);
  const body = Buffer.concat([Buffer.of(0), text(appId), text("driver"), count, text("rdd_0_0")]);
  const head = Buffer.alloc(21);
  head.writeBigInt64BE(BigInt(head.length + body.length));
  head.writeInt8(3, 8);
  head.writeBigInt64BE(7n, 9);
  head.writeInt32BE(body.length, 17);
  return Buffer.concat([head, body]);
}

/** What comes back: the text of a refusal, or nothing when the connection is closed. */
async function answerTo(request: Buffer, port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  return await new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      const answer = Buffer.concat(chunks);
      if (answer.length >= 8 && answer.length >= answer.readBigInt64BE()) socket.destroy();
    });
    socket.write(request);
  });
}

describe("the ports of the embedded server", function () {
  this.timeout(180_000);
  let server: EmbeddedServer;
  let spark: SparkSession;

  before(async function () {
    if (process.platform !== "linux") this.skip();
    server = await ensureServer(join(tmpdir(), "sparkwright-test-project"), { needsDelta: true });
    spark = new SparkSession({ remote: server.remote });
  });
  after(async () => {
    await spark?.stop();
  });

  it("are on this machine alone, and give cached blocks to nobody without the secret", async () => {
    const cached = await spark.range(1_000).repartition(4).persist();
    expect(await cached.count()).to.equal(1_000n);
    const appId = String(await spark.conf.get("spark.app.id"));
    const listeners = listenersOf(server.pid);
    expect(listeners.map(({ port }) => port)).to.include(server.port);
    for (const { address } of listeners) expect(address).to.match(loopback);
    const others = listeners.filter(({ port }) => port !== server.port);
    expect(others, "the driver's and the block manager's").to.have.length.of.at.least(2);
    for (const { port } of others) {
      // Without a secret Spark looks for the block here, and there it reads the bytes as a Java object.
      expect(await answerTo(openBlocks(appId), port), `port ${port}`).to.match(/^$|Expected SaslMessage/);
    }
    // What belongs together still talks: a shuffle over cached blocks.
    expect(await cached.groupBy("id").count().count()).to.equal(1_000n);
    await cached.unpersist();
  });

  it("tell no session the secret", async () => {
    const conf = await spark.conf.getAll();
    expect(Object.keys(conf).filter((key) => key.startsWith("spark.authenticate."))).to.deep.equal([]);
    expect(conf["spark.authenticate"]).to.equal("true");
  });
});
