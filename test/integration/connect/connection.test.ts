import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { expect } from "chai";
import { type ConfigInit, ConnectClient } from "../../../src/connect/connect-client.ts";
import { ConnectionError } from "../../../src/connect/errors.ts";
import { CancelledError } from "../../../src/core/error.ts";

const get: ConfigInit = { case: "getAll", value: {} };

describe("connecting", () => {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();

  async function listen(onSocket: (socket: Socket) => void): Promise<string> {
    const server = createServer((socket) => {
      sockets.add(socket.on("error", () => {}));
      onSocket(socket);
    }).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  async function fails(address: string, reason: RegExp): Promise<void> {
    const client = new ConnectClient({ remote: `sc://${address}` });
    const start = performance.now();
    const thrown = await client.config(get).catch((error: unknown) => error);
    await client.releaseSession();
    await client.close();
    expect(performance.now() - start).to.be.below(15_000);
    expect(thrown).to.be.instanceOf(ConnectionError).with.property("code", "CONNECT_UNAVAILABLE");
    expect((thrown as ConnectionError).message)
      .to.include(`sc://${address}`)
      .and.match(reason, (thrown as ConnectionError).message);
    expect((thrown as ConnectionError).hint).to.include("SPARK_REMOTE");
  }

  it("fails in less than 15 s where nobody listens", async () => {
    await fails("127.0.0.1:1", /ECONNREFUSED/);
  });

  it("fails in less than 15 s at a server that accepts and never answers", async () => {
    await fails(await listen(() => {}), /no answer/);
  });

  it("fails in less than 15 s at a server that speaks something else", async () => {
    await fails(
      await listen((socket) => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
      /does not speak HTTP\/2/,
    );
  });

  it("stops waiting for the connection when the signal aborts", async () => {
    const client = new ConnectClient({ remote: `sc://${await listen(() => {})}` });
    const start = performance.now();
    const thrown = await client
      .config(get, { signal: AbortSignal.timeout(100) })
      .catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(CancelledError);
    expect(performance.now() - start).to.be.below(6_000);
    await client.close();
  });

  it("opens no connection before the first call", async () => {
    let connections = 0;
    const address = await listen(() => connections++);
    const client = new ConnectClient({ remote: `sc://${address}` });
    await client.releaseSession();
    await client.close();
    expect(connections).to.equal(0);
  });
});
