import { expect } from "chai";
import { loadInput } from "../../../src/io/load-input.ts";
import { DatasetFixture } from "./dataset-fixture.ts";
import { has, KafkaBroker } from "./kafka-broker.ts";

describe("kafka", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  let broker: KafkaBroker;
  before(async function () {
    if (process.env["SPARK_REMOTE"] || !has("mvn") || !has("java")) {
      // The broker listens on this machine's loopback, and comes from Maven.
      console.warn("      skipped: kafka needs Maven, Java and a Spark server on this machine");
      this.skip();
    }
    on = await DatasetFixture.open("kafka");
    broker = await KafkaBroker.start();
  });
  after(async () => {
    await broker?.stop();
    await on?.close();
  });

  it("is appended to and read by offsets, as a batch", async () => {
    const options = { "kafka.bootstrap.servers": broker.servers };
    const sink = on.dataset("clicks", {
      format: "kafka",
      location: { kind: "options" },
      mode: "append",
      options: { ...options, topic: "clicks" },
    });
    const first = await on.save(
      sink,
      "select cast(id as string) as key, concat('click ', id) as value from range(5)",
    );
    expect(first.error).to.equal(undefined);
    expect(first.saved).to.include({ outcome: "written", rows: 5n });
    await on.save(sink, "select cast(null as string) as key, 'late' as value");

    const read = async (offsets: Readonly<Record<string, string>>) => {
      const source = { ...sink, options: { ...options, subscribe: "clicks", ...offsets } };
      const frame = await loadInput(on.session, source, undefined);
      const rows = await frame
        .selectExpr("offset", "cast(key as string) as key", "cast(value as string) as value")
        .orderBy("offset")
        .collect();
      return rows.map((row) => Object.values(row).map(String).join(" "));
    };
    const all = ["0 0 click 0", "1 1 click 1", "2 2 click 2", "3 3 click 3", "4 4 click 4", "5 null late"];
    expect((await read({})).map((row) => row.replace(/^\d+ /, "")).sort()).to.deep.equal(
      all.map((row) => row.replace(/^\d+ /, "")).sort(),
    );
    const range = {
      startingOffsets: JSON.stringify({ clicks: { 0: 2 } }),
      endingOffsets: JSON.stringify({ clicks: { 0: 4 } }),
    };
    expect((await read(range)).map((row) => row.split(" ")[0])).to.deep.equal(["2", "3"]);

    expect((await on.save({ ...sink, mode: "overwrite" }, "select 'x' as value")).error).to.include({
      code: "DATASET_MODE",
      hint: "Use mode append.",
    });
  });
});
