import { create } from "@bufbuild/protobuf";
import { expect } from "chai";
import fc from "fast-check";
import {
  type ExecutePlanResponse_ArrowBatch,
  ExecutePlanResponse_ArrowBatchSchema,
} from "../../../gen/spark/connect/base_pb.ts";
import { ArrowChunks } from "../../../src/connect/arrow-chunks.ts";

type Chunk = { rows: number; at?: number; index?: number; of?: number; data?: readonly number[] };

function chunk({ rows, at, index, of, data = [1] }: Chunk): ExecutePlanResponse_ArrowBatch {
  return create(ExecutePlanResponse_ArrowBatchSchema, {
    rowCount: BigInt(rows),
    data: Uint8Array.from(data),
    ...(at === undefined ? {} : { startOffset: BigInt(at) }),
    ...(index === undefined ? {} : { chunkIndex: BigInt(index) }),
    ...(of === undefined ? {} : { numChunksInBatch: BigInt(of) }),
  });
}

function assemble(chunks: readonly Chunk[]): { data: number[]; rowCount: number; startOffset: number }[] {
  const assembler = new ArrowChunks();
  const batches = chunks.map((one) => assembler.push(chunk(one))).filter((batch) => batch !== undefined);
  assembler.finish();
  return batches.map((batch) => ({ ...batch, data: [...batch.data] }));
}

describe("ArrowChunks", () => {
  it("passes on whole batches as they are", () => {
    const data = Uint8Array.of(1, 2);
    const whole = chunk({ rows: 2 });
    whole.data = data;
    expect(new ArrowChunks().push(whole)?.data).to.equal(data);
    expect(assemble([{ rows: 2, at: 0 }, { rows: 0, at: 2 }, { rows: 3 }])).to.eql([
      { data: [1], rowCount: 2, startOffset: 0 },
      { data: [1], rowCount: 0, startOffset: 2 },
      { data: [1], rowCount: 3, startOffset: 2 },
    ]);
  });

  it("puts any batches cut into any chunks together again", () => {
    const batches = fc.array(
      fc.record({
        rows: fc.nat(20),
        chunks: fc.array(fc.array(fc.nat(255), { maxLength: 5 }), { minLength: 1, maxLength: 5 }),
      }),
    );
    fc.assert(
      fc.property(batches, (list) => {
        let at = 0;
        const chunks = list.flatMap(({ rows, chunks: parts }) => {
          const start = at;
          at += rows;
          return parts.map((data, index) => ({ rows, at: start, index, of: parts.length, data }));
        });
        const expected = list.map(({ rows, chunks: parts }) => [parts.flat(), rows]);
        expect(assemble(chunks).map(({ data, rowCount }) => [data, rowCount])).to.eql(expected);
      }),
    );
  });

  const refused: [string, Chunk[], RegExp][] = [
    [
      "a gap in the rows",
      [
        { rows: 2, at: 0 },
        { rows: 1, at: 3 },
      ],
      /begins at row 3, but 2 rows/,
    ],
    [
      "a repeated batch",
      [
        { rows: 2, at: 0 },
        { rows: 2, at: 0 },
      ],
      /begins at row 0, but 2 rows/,
    ],
    ["a first chunk that is missing", [{ rows: 2, at: 0, index: 1, of: 2 }], /chunk 1 .* where chunk 0/],
    [
      "a chunk that is missing",
      [
        { rows: 2, index: 0, of: 3 },
        { rows: 2, index: 2, of: 3 },
      ],
      /chunk 2 .* where chunk 1/,
    ],
    [
      "a chunk that is doubled",
      [
        { rows: 2, index: 0, of: 3 },
        { rows: 2, index: 0, of: 3 },
      ],
      /chunk 0 .* where chunk 1/,
    ],
    [
      "chunks of different batches",
      [
        { rows: 2, index: 0, of: 3 },
        { rows: 3, index: 1, of: 3 },
      ],
      /does not agree/,
    ],
    [
      "another number of chunks",
      [
        { rows: 2, index: 0, of: 3 },
        { rows: 2, index: 1, of: 2 },
      ],
      /does not agree/,
    ],
    ["a batch of no chunks", [{ rows: 2, index: 0, of: 0 }], /0 chunks/],
    ["a batch left over at the end", [{ rows: 2, index: 0, of: 2 }], /ended after 1 of the 2 chunks/],
  ];
  for (const [name, chunks, message] of refused) {
    it(`refuses ${name}`, () => {
      expect(() => assemble(chunks))
        .to.throw(message)
        .with.property("code", "CONNECT_RESULT_CORRUPTED");
    });
  }
});
