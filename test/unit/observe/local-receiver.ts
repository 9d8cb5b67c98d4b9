import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** A real HTTP server on this machine that keeps what it is sent and answers as told; `undefined` is no answer. */
export class LocalReceiver {
  readonly received: Received[] = [];
  readonly #server: Server;
  #arrived: () => void = () => {};

  constructor(answer: (count: number) => number | undefined = () => 200) {
    this.#server = createServer(async (request, response) => {
      const body: unknown = JSON.parse(await text(request));
      this.received.push({ path: request.url ?? "", headers: request.headers, body });
      const status = answer(this.received.length);
      if (status !== undefined)
        response.writeHead(status, { location: "http://127.0.0.1:1/elsewhere" }).end("x");
      this.#arrived();
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves at the next message. */
  arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrived = resolve;
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
