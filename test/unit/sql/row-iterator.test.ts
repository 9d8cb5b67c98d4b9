import { expect } from "chai";
import type { DecodedBatch } from "../../../src/arrow/decode.ts";
import { makeRow } from "../../../src/arrow/row.ts";
import { CancelledError } from "../../../src/core/error.ts";
import { RowIterator } from "../../../src/sql/row-iterator.ts";

const batch: DecodedBatch = {
  fields: [],
  numRows: 3,
  rows: () => [1, 2, 3].map((id) => makeRow(["id"], [id])),
};

describe("rows one by one", () => {
  it("end as cancelled amid a batch, and with them the query", async () => {
    let open = true;
    const batches = (async function* () {
      try {
        yield batch;
      } finally {
        open = false;
      }
    })();
    const stop = new AbortController();
    const seen: unknown[] = [];
    let thrown: unknown;
    try {
      for await (const row of new RowIterator(batches, stop.signal)) {
        seen.push(row["id"]);
        if (seen.length === 2) stop.abort();
      }
    } catch (error) {
      thrown = error;
    }
    expect(seen).to.deep.equal([1, 2]);
    expect(thrown).to.be.instanceOf(CancelledError);
    expect(open).to.equal(false);
  });
});
