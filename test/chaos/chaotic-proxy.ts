import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { between, oneOf, type Random } from "./random.ts";

export const faults = ["reset", "hang", "late", "trickle", "cut", "refuse"] as const;
export type Fault = (typeof faults)[number];

interface Link {
  readonly near: Socket;
  readonly far: Socket;
  /** What the client sent and the server has not got yet. */
  readonly held: Buffer[];
  mode: "flow" | "hold" | "hang" | "trickle" | "cut";
}

/** A TCP proxy that breaks connections in the ways in which networks do. */
export class ChaoticProxy {
  readonly #target: () => { readonly host: string; readonly port: number };
  readonly #random: Random;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #refuses = false;

  constructor(target: () => { readonly host: string; readonly port: number }, random: Random) {
    this.#target = target;
    this.#random = random;
    this.#server = createServer((near) => this.#accept(near));
  }

  async listen(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    for (const link of this.#links) this.#destroy(link);
  }

  /** Does something bad to all connections; returns how long until all is well again, ms. */
  strike(): { readonly fault: Fault; readonly ms: number } {
    const fault = oneOf(this.#random, faults);
    const ms = fault === "reset" || fault === "cut" ? 0 : between(this.#random, 300, 4_000);
    const links = [...this.#links];
    switch (fault) {
      case "reset":
        for (const link of links) this.#destroy(link);
        break;
      case "refuse":
        this.#refuses = true;
        for (const link of links) this.#destroy(link);
        setTimeout(() => {
          this.#refuses = false;
        }, ms);
        break;
      case "cut":
        for (const link of links) link.mode = "cut";
        break;
      default:
        for (const link of links) link.mode = fault === "late" ? "hold" : fault;
        setTimeout(() => {
          for (const link of links) this.#recover(link, fault);
        }, ms);
    }
    return { fault, ms };
  }

  #accept(near: Socket): void {
    near.on("error", () => {});
    if (this.#refuses) {
      near.destroy();
      return;
    }
    const far = connect(this.#target());
    const link: Link = { near, far, held: [], mode: "flow" };
    this.#links.add(link);
    far.on("error", () => {}).on("close", () => this.#destroy(link));
    // What is held is delivered though the client has gone.
    near.on("close", () => {
      if (link.mode !== "hold") this.#destroy(link);
    });
    near.on("data", (data) => this.#forward(link, data, far));
    far.on("data", (data) => this.#forward(link, data, near));
  }

  #forward(link: Link, data: Buffer, to: Socket): void {
    switch (link.mode) {
      case "hold":
        if (to === link.far) link.held.push(data);
        else if (!to.destroyed) to.write(data);
        return;
      case "hang":
        // A half-open connection: nobody hears of it.
        return;
      case "cut":
        to.write(data.subarray(0, Math.ceil(data.length / 2)), () => this.#destroy(link));
        return;
      case "trickle":
        setTimeout(() => to.destroyed || to.write(data), 100);
        return;
      default:
        if (!to.destroyed) to.write(data);
    }
  }

  #recover(link: Link, fault: Fault): void {
    // After a hang bytes are missing, and trickled ones may still be on their way.
    if (fault === "hang" || fault === "trickle") {
      this.#destroy(link);
      return;
    }
    for (const data of link.held.splice(0)) if (!link.far.destroyed) link.far.write(data);
    link.mode = "flow";
    if (link.near.destroyed) setTimeout(() => this.#destroy(link), 1_000);
  }

  #destroy(link: Link): void {
    this.#links.delete(link);
    link.near.destroy();
    link.far.destroy();
  }
}
