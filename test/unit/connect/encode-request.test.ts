import { create, equals, fromBinary, toBinary } from "@bufbuild/protobuf";
import { expect } from "chai";
import fc from "fast-check";
import { AddArtifactsRequestSchema, ConfigRequestSchema } from "../../../gen/spark/connect/base_pb.ts";
import { RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { encodeRequest } from "../../../src/connect/encode-request.ts";

describe("encodeRequest", () => {
  it("writes a chunk of an artifact so that the same is read", () => {
    const chunk = fc.record({
      data: fc.uint8Array({ maxLength: 300 }),
      crc: fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
    });
    fc.assert(
      fc.property(chunk, fc.string(), (value, sessionId) => {
        const request = create(AddArtifactsRequestSchema, {
          sessionId,
          clientType: "c",
          userContext: { userId: "u" },
          payload: { case: "chunk", value },
        });
        const encoded = encodeRequest(AddArtifactsRequestSchema, request);
        expect(
          equals(AddArtifactsRequestSchema, fromBinary(AddArtifactsRequestSchema, encoded), request),
        ).to.equal(true);
      }),
    );
  });

  it("names the field that a value does not fit", () => {
    const limit = create(RelationSchema, { relType: { case: "limit", value: { limit: 1.5 } } });
    expect(() => encodeRequest(RelationSchema, limit))
      .to.throw("an argument does not fit Limit.limit: invalid int32: 1.5")
      .with.property("code", "USAGE_INVALID_ARGUMENT");
  });

  it("writes every other message with toBinary", () => {
    const request = create(ConfigRequestSchema, { sessionId: "s" });
    expect([...encodeRequest(ConfigRequestSchema, request)]).to.eql([
      ...toBinary(ConfigRequestSchema, request),
    ]);
  });
});
