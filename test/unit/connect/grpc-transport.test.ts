import { readFileSync } from "node:fs";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Metadata, Server, ServerCredentials, type ServerWritableStream, status } from "@grpc/grpc-js";
import { expect } from "chai";
import {
  type AddArtifactsRequest,
  AddArtifactsRequestSchema,
  AddArtifactsResponseSchema,
  ConfigRequestSchema,
  ConfigResponseSchema,
  ExecutePlanRequestSchema,
  ExecutePlanResponseSchema,
  SparkConnectService,
} from "../../../gen/spark/connect/base_pb.ts";
import { GrpcTransport, type GrpcTransportOptions } from "../../../src/connect/grpc-transport.ts";
import { RpcError } from "../../../src/connect/transport.ts";

const { method } = SparkConnectService;
const pem = (name: string): Buffer => readFileSync(new URL(`./fixtures/tls/${name}`, import.meta.url));
const messageCount = 300;
const request = create(ConfigRequestSchema, { sessionId: "s" });

/** A gRPC server with the three shapes of RPC, to see what the transport does on the wire. */
class WireServer {
  readonly server = new Server();
  headers: Record<string, unknown> = {};
  sent = 0;
  cancelled = false;
  port = 0;

  constructor() {
    const bytes = {
      requestStream: false,
      responseStream: false,
      requestSerialize: Buffer.from,
      responseDeserialize: Buffer.from,
    };
    const define = (name: string, streams: object) => ({
      ...bytes,
      path: `/spark.connect.SparkConnectService/${name}`,
      requestDeserialize: (data: Buffer) => data,
      responseSerialize: (data: Uint8Array) => Buffer.from(data),
      ...streams,
    });
    this.server.addService(
      {
        config: define("Config", {}),
        executePlan: define("ExecutePlan", { responseStream: true }),
        addArtifacts: define("AddArtifacts", { requestStream: true }),
      } as never,
      {
        config: (call: never, answer: never) => this.config(call, answer),
        executePlan: (call: ServerWritableStream<Buffer, Uint8Array>) => this.executePlan(call),
        addArtifacts: (
          call: AsyncIterable<Buffer>,
          answer: (error: object | null, data?: Uint8Array) => void,
        ) => void this.addArtifacts(call, answer),
      } as never,
    );
  }

  config(
    call: { request: Buffer; metadata: Metadata },
    answer: (error: object | null, data?: Uint8Array) => void,
  ): void {
    this.headers = call.metadata.getMap();
    const { sessionId } = fromBinary(ConfigRequestSchema, call.request);
    if (sessionId === "hang") return;
    if (sessionId === "fail") {
      const metadata = new Metadata();
      metadata.set("grpc-status-details-bin", Buffer.from([1, 2, 3]));
      answer({ code: status.ABORTED, details: "no luck", metadata });
      return;
    }
    answer(null, toBinary(ConfigResponseSchema, create(ConfigResponseSchema, { sessionId })));
  }

  executePlan(call: ServerWritableStream<Buffer, Uint8Array>): void {
    const data = toBinary(
      ExecutePlanResponseSchema,
      create(ExecutePlanResponseSchema, {
        responseType: { case: "arrowBatch", value: { rowCount: 1n, data: new Uint8Array(100_000) } },
      }),
    );
    call.on("cancelled", () => {
      this.cancelled = true;
    });
    const write = (): void => {
      while (this.sent < messageCount && !this.cancelled) {
        this.sent++;
        if (!call.write(data)) return void call.once("drain", write);
      }
      call.end();
    };
    write();
  }

  async addArtifacts(
    call: AsyncIterable<Buffer>,
    answer: (error: object | null, data?: Uint8Array) => void,
  ): Promise<void> {
    const names: string[] = [];
    for await (const data of call) {
      const { sessionId } = fromBinary(AddArtifactsRequestSchema, data);
      if (sessionId === "fail") return answer({ code: status.RESOURCE_EXHAUSTED, details: "enough" });
      names.push(sessionId);
    }
    const artifacts = names.map((name) => ({ name, isCrcSuccessful: true }));
    answer(null, toBinary(AddArtifactsResponseSchema, create(AddArtifactsResponseSchema, { artifacts })));
  }

  async listen(credentials: ServerCredentials): Promise<void> {
    this.port = await new Promise((resolve, reject) => {
      this.server.bindAsync("127.0.0.1:0", credentials, (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }
}

describe("GrpcTransport", () => {
  let wire: WireServer;
  const transports: GrpcTransport[] = [];

  async function connected(
    options: Partial<GrpcTransportOptions> = {},
    credentials: ServerCredentials = ServerCredentials.createInsecure(),
  ): Promise<GrpcTransport> {
    wire = new WireServer();
    await wire.listen(credentials);
    const transport = new GrpcTransport({
      address: `localhost:${wire.port}`,
      secure: false,
      direct: true,
      maxMessageBytes: 1_000_000,
      connectTimeoutMs: 2_000,
      ...options,
    });
    transports.push(transport);
    return transport;
  }

  afterEach(() => {
    for (const transport of transports.splice(0)) transport.close();
    wire.server.forceShutdown();
  });

  const failed = async (promise: Promise<unknown>): Promise<RpcError> => {
    const thrown = await promise.catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(RpcError);
    return thrown as RpcError;
  };

  it("sends headers, and an authorization in clear where it is told to", async () => {
    const transport = await connected();
    const metadata = { authorization: "Bearer t", "x-other": "1" };
    expect((await transport.unary(method.config, request, { metadata })).sessionId).to.equal("s");
    expect(wire.headers).to.include(metadata);
  });

  it("gives status, message and details of a failure", async () => {
    const transport = await connected();
    const error = await failed(
      transport.unary(method.config, create(ConfigRequestSchema, { sessionId: "fail" }), {}),
    );
    expect(error).to.include({ status: "ABORTED", message: "no luck", unreachable: false });
    expect([...(error.statusDetails ?? [])]).to.eql([1, 2, 3]);
  });

  it("ends a call at its deadline and at the abort of its signal", async () => {
    const transport = await connected();
    const hang = create(ConfigRequestSchema, { sessionId: "hang" });
    expect((await failed(transport.unary(method.config, hang, { deadlineMs: 50 }))).status).to.equal(
      "DEADLINE_EXCEEDED",
    );
    const signal = AbortSignal.timeout(50);
    expect((await failed(transport.unary(method.config, hang, { signal }))).status).to.equal("CANCELLED");
    expect((await failed(transport.unary(method.config, hang, { signal }))).status).to.equal("CANCELLED");
  });

  it("reads a stream no faster than it is consumed, and cancels it when the consumer leaves", async () => {
    const transport = await connected();
    for await (const _ of transport.serverStream(method.executePlan, create(ExecutePlanRequestSchema), {})) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      break;
    }
    expect(wire.sent).to.be.within(2, 200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(wire.cancelled).to.equal(true);
  });

  it("gives every message of a stream to a consumer that keeps up", async () => {
    const transport = await connected();
    let messages = 0;
    for await (const _ of transport.serverStream(method.executePlan, create(ExecutePlanRequestSchema), {}))
      messages++;
    expect(messages).to.equal(messageCount);
  });

  it("refuses a message over the limit", async () => {
    const transport = await connected({ maxMessageBytes: 1_000 });
    const stream = transport.serverStream(method.executePlan, create(ExecutePlanRequestSchema), {});
    expect((await failed(stream[Symbol.asyncIterator]().next())).status).to.equal("RESOURCE_EXHAUSTED");
  });

  it("uploads a stream, and stops when the server has had enough", async () => {
    const transport = await connected();
    let produced = 0;
    async function* uploads(...ids: string[]): AsyncGenerator<AddArtifactsRequest> {
      for (const sessionId of ids) {
        produced++;
        yield create(AddArtifactsRequestSchema, { sessionId });
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
    const answer = await transport.clientStream(method.addArtifacts, uploads("a", "b", "c"), {});
    expect(answer.artifacts.map(({ name }) => name)).to.eql(["a", "b", "c"]);
    produced = 0;
    const endless = uploads("fail", ...Array.from({ length: 200 }, () => "more"));
    const error = await failed(transport.clientStream(method.addArtifacts, endless, {}));
    expect(error).to.include({ status: "RESOURCE_EXHAUSTED", message: "enough" });
    expect(produced).to.be.below(50);
  });

  it("speaks TLS with an own certificate authority and a client certificate", async () => {
    const keys = [{ private_key: pem("server.key"), cert_chain: pem("server.pem") }];
    const mutual = ServerCredentials.createSsl(pem("ca.pem"), keys, true);
    const tls = { ca: pem("ca.pem"), cert: pem("client.pem"), key: pem("client.key") };
    const transport = await connected({ secure: true, tls }, mutual);
    expect((await transport.unary(method.config, request, {})).sessionId).to.equal("s");
  });

  it("does not trust a certificate it does not know, and says so", async () => {
    const keys = [{ private_key: pem("server.key"), cert_chain: pem("server.pem") }];
    const server = ServerCredentials.createSsl(null, keys, false);
    const transport = await connected({ secure: true, connectTimeoutMs: 300 }, server);
    const error = await failed(transport.unary(method.config, request, {}));
    expect(error).to.include({ status: "UNAVAILABLE", unreachable: true });
    expect(error.message).to.match(/certificate/);
  });

  it("makes no call once it is closed", async () => {
    const transport = await connected();
    transport.close();
    expect((await failed(transport.unary(method.config, request, {}))).message).to.include("closed");
  });
});
