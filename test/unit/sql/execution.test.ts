import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { expect } from "chai";
import { ExecutePlanResponseSchema } from "../../../gen/spark/connect/base_pb.ts";
import { encodeBatches } from "../../../src/arrow/encode.ts";
import type { ConnectClient } from "../../../src/connect/connect-client.ts";
import { Execution } from "../../../src/sql/execution.ts";
import { count } from "../../../src/sql/functions/aggregate-functions.ts";
import { Observation } from "../../../src/sql/observation.ts";
import { RowIterator } from "../../../src/sql/row-iterator.ts";
import { spark } from "./plan-json.ts";

type Response = MessageInitShape<typeof ExecutePlanResponseSchema>;

/** A client that answers every plan with these responses. */
function clientOf(responses: readonly Response[]): ConnectClient {
  const execute = async function* () {
    for (const response of responses) yield create(ExecutePlanResponseSchema, response);
  };
  return { execute } as unknown as ConnectClient;
}

function arrowBatch(
  ids: readonly number[],
  says: { rowCount?: number; startOffset?: number } = {},
): Response {
  const fields = [{ name: "id", type: { kind: "int", bits: 32, signed: true }, nullable: false }] as const;
  const [data] = [
    ...encodeBatches(
      fields,
      ids.map((id) => [id]),
      { maxRows: 99, maxBytes: 9_999 },
    ),
  ];
  return {
    responseType: {
      case: "arrowBatch",
      value: {
        rowCount: BigInt(says.rowCount ?? ids.length),
        data: data as Uint8Array<ArrayBuffer>,
        startOffset: BigInt(says.startOffset ?? 0),
      },
    },
  };
}

const execute = (responses: readonly Response[], plan = spark.range(1).toPlan()) =>
  Execution.query(clientOf(responses), plan, {});

describe("Execution", () => {
  it("gives the rows of all batches in order", async () => {
    const rows = await execute([
      arrowBatch([1, 2]),
      arrowBatch([3], { startOffset: 2 }),
      arrowBatch([], { startOffset: 3 }),
    ]).collect();
    expect(rows.map((row) => row["id"])).to.deep.equal([1, 2, 3]);
  });

  it("refuses a batch that has not the rows it says, and one out of place", async () => {
    for (const [responses, code] of [
      [[arrowBatch([1, 2], { rowCount: 3 })], "SPARK_RESULT_CORRUPT"],
      [[arrowBatch([1]), arrowBatch([2], { startOffset: 5 })], "CONNECT_RESULT_CORRUPTED"],
    ] as const) {
      const error = await execute(responses)
        .collect()
        .catch((thrown: unknown) => thrown);
      expect(error).to.have.property("code", code);
    }
  });

  it("hands metrics to the observation of the plan that reported them", async () => {
    const [mine, other] = [new Observation("same"), new Observation("same")];
    const df = spark.range(1).observe(mine, count("*").as("rows"));
    spark.range(1).observe(other, count("*").as("rows"));
    const metrics = {
      name: "same",
      keys: ["rows"],
      values: [{ literalType: { case: "long" as const, value: 12n } }],
      planId: df.toPlan().common?.planId ?? 0n,
    };
    await execute([{ observedMetrics: [metrics] }], df.select("id").toPlan()).run();
    expect(mine.metrics).to.deep.equal({ rows: 12n });
    expect(await mine.get()).to.deep.equal({ rows: 12n });
    expect(other.metrics).to.equal(undefined);
  });

  it("hands what an action threw to its observation, until one completes", async () => {
    const seen = new Observation("seen");
    const plan = spark.range(1).observe(seen, count("*").as("rows")).toPlan();
    const waiting = seen.get();
    const failed = await execute([arrowBatch([1], { rowCount: 2 })], plan)
      .run()
      .catch((error: unknown) => error);
    expect(failed).to.have.property("code", "SPARK_RESULT_CORRUPT");
    for (const outcome of [waiting, seen.get()]) {
      expect(await outcome.catch((error: unknown) => error)).to.equal(failed);
    }
    seen.complete({ rows: 1n });
    expect(await seen.get()).to.deep.equal({ rows: 1n });
  });

  it("iterates rows over batches, empty ones too, and ends the run when it is left", async () => {
    let closed = false;
    const execution = execute([arrowBatch([]), arrowBatch([1, 2]), arrowBatch([3], { startOffset: 2 })]);
    const batches = (async function* () {
      try {
        yield* execution.batches();
      } finally {
        closed = true;
      }
    })();
    const seen: unknown[] = [];
    for await (const row of new RowIterator(batches)) {
      seen.push(row["id"]);
      if (seen.length === 2) break;
    }
    expect({ seen, closed }).to.deep.equal({ seen: [1, 2], closed: true });
  });
});
