import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy before a server, whose connections can be cut. */
export class BreakingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  connections = 0;

  constructor(host: string, port: number) {
    this.#server = createServer((near) => {
      this.connections++;
      const far = connect(port, host);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on("error", () => {}).on("close", () => this.cut([near, far]));
      }
      near.pipe(far).pipe(near);
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks connections, all of them by default, without a goodbye. */
  cut(sockets: Iterable<Socket> = [...this.#sockets]): void {
    for (const socket of sockets) {
      this.#sockets.delete(socket);
      socket.destroy();
    }
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}
