import { expect } from "chai";
import { StreamingQueryEventType as Type } from "../../../../gen/spark/connect/commands_pb.ts";
import { rowFields, rowValues } from "../../../../src/arrow/row.ts";
import { Decimal } from "../../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../../src/arrow/values/local-date.ts";
import { Timestamp } from "../../../../src/arrow/values/timestamp.ts";
import { parseProgress } from "../../../../src/sql/streaming/parse-progress.ts";
import { queryEvent } from "../../../../src/sql/streaming/query-events.ts";

const common =
  '"id":"q","runId":"r","name":null,"timestamp":"2026-11-25T03:12:56.966Z","batchId":9007199254740993,"batchDuration":3800';

/** As Spark 4.2 answers lastProgress: sums left out, offsets as text, metrics with their schema. */
const answered = `{${common},"durationMs":{"triggerExecution":3795,"addBatch":3071},
  "eventTime":{"max":"1970-01-01T00:00:01.000Z"},
  "stateOperators":[{"operatorName":"stateStoreSave","numRowsTotal":1,"numRowsUpdated":2,"allUpdatesTimeMs":3,
    "numRowsRemoved":4,"allRemovalsTimeMs":5,"commitTimeMs":6,"memoryUsedBytes":9223372036854775807,
    "numRowsDroppedByWatermark":8,"numShufflePartitions":9,"numStateStoreInstances":10,"customMetrics":{"a":-1}}],
  "sources":[{"description":"A","startOffset":null,"endOffset":"{\\"offset\\":5}","latestOffset":null,
    "numInputRows":5,"inputRowsPerSecond":0.0,"processedRowsPerSecond":1.5,"metrics":{"lag":"1"}},
    {"description":"B","startOffset":"1","endOffset":"2","latestOffset":"3",
    "numInputRows":6,"inputRowsPerSecond":0.25,"processedRowsPerSecond":2.5,"metrics":{}}],
  "sink":{"description":"S","numOutputRows":-1,"metrics":{}},
  "observedMetrics":{"m":{"values":[5,1000,1577836800000,10.00,{"values":[1,"NaN"],"schema":{"type":"struct","fields":[
    {"name":"a","type":"integer","nullable":false,"metadata":{}},{"name":"b","type":"double","nullable":true,"metadata":{}}]}},
    [1],{"7":1},null,"Af8=","Ünï",0.5],
    "schema":{"type":"struct","fields":[
    {"name":"n","type":"long","nullable":false,"metadata":{}},{"name":"t","type":"timestamp","nullable":true,"metadata":{}},
    {"name":"d","type":"date","nullable":true,"metadata":{}},{"name":"x","type":"decimal(30,2)","nullable":true,"metadata":{}},
    {"name":"st","type":{"type":"struct","fields":[]},"nullable":true,"metadata":{}},
    {"name":"arr","type":{"type":"array","elementType":"long","containsNull":false},"nullable":true,"metadata":{}},
    {"name":"mp","type":{"type":"map","keyType":"integer","valueType":"long","valueContainsNull":false},"nullable":true,"metadata":{}},
    {"name":"nul","type":"integer","nullable":true,"metadata":{}},{"name":"bin","type":"binary","nullable":true,"metadata":{}},
    {"name":"s","type":"string","nullable":true,"metadata":{}},{"name":"f","type":"float","nullable":true,"metadata":{}}]}}}}`;

/** As Spark 4.2 sends it to listeners: what is empty left out, offsets as JSON, metrics without types. */
const sent = `{"progress":{${common},"numInputRows":11,"inputRowsPerSecond":0.3,"durationMs":{},"stateOperators":[],
  "sources":[{"description":"A","startOffset":{"t":{"0":9007199254740993}},"endOffset":0,"latestOffset":null,
    "numInputRows":11}],
  "sink":{"description":"S","numOutputRows":1},
  "observedMetrics":{"m":{"n":9007199254740993,"t":"1970-01-01 00:00:00","x":1.5,"st":{"a":[1]}}}}}`;

describe("the progress of a query", () => {
  it("keeps every type of Spark when it is asked for", () => {
    const progress = parseProgress(answered);
    expect(progress).to.deep.include({
      id: "q",
      runId: "r",
      name: null,
      batchId: 9007199254740993n,
      batchDuration: 3800n,
      numInputRows: 11n,
      inputRowsPerSecond: 0.25,
      processedRowsPerSecond: 4,
      durationMs: { triggerExecution: 3795n, addBatch: 3071n },
      sink: { description: "S", numOutputRows: -1n, metrics: {} },
      json: answered,
    });
    expect(progress.timestamp.equals(Timestamp.parse("2026-11-25T03:12:56.966Z"))).to.equal(true);
    expect(progress.eventTime["max"]?.epochMicros).to.equal(1_000_000n);
    expect(progress.stateOperators).to.deep.equal([
      {
        operatorName: "stateStoreSave",
        numRowsTotal: 1n,
        numRowsUpdated: 2n,
        allUpdatesTimeMs: 3n,
        numRowsRemoved: 4n,
        allRemovalsTimeMs: 5n,
        commitTimeMs: 6n,
        memoryUsedBytes: 2n ** 63n - 1n,
        numRowsDroppedByWatermark: 8n,
        numShufflePartitions: 9n,
        numStateStoreInstances: 10n,
        customMetrics: { a: -1n },
      },
    ]);
    expect(progress.sources[0]).to.deep.equal({
      description: "A",
      startOffset: null,
      endOffset: '{"offset":5}',
      latestOffset: null,
      numInputRows: 5n,
      inputRowsPerSecond: 0,
      processedRowsPerSecond: 1.5,
      metrics: { lag: "1" },
    });
    expect(progress.sources[1]).to.include({ startOffset: "1", endOffset: "2", latestOffset: "3" });
  });

  it("makes rows of observed metrics, each value of its own type", () => {
    const row = parseProgress(answered).observedMetrics["m"];
    if (row === undefined) throw new Error("no row");
    expect(rowFields(row)).to.deep.equal("n t d x st arr mp nul bin s f".split(" "));
    const [n, t, d, x, st, ...rest] = rowValues(row);
    expect([n, (t as Timestamp).epochMicros]).to.deep.equal([5n, 1_000_000n]);
    expect([String(d), d instanceof LocalDate]).to.deep.equal(["2020-01-01", true]);
    expect([String(x), x instanceof Decimal]).to.deep.equal(["10.00", true]);
    expect({ ...(st as object) }).to.deep.equal({ a: 1, b: Number.NaN });
    expect(rest).to.deep.equal([[1n], new Map([[7, 1n]]), null, new Uint8Array([1, 255]), "Ünï", 0.5]);
  });

  it("reads the form of events: exact numbers, offsets as the JSON that they are, NaN for what is absent", () => {
    const event = queryEvent({ eventType: Type.QUERY_PROGRESS_EVENT, eventJson: sent } as never);
    if (event?.method !== "onQueryProgress") throw new Error("not a progress");
    const { progress } = event.event;
    expect(progress).to.deep.include({
      batchId: 9007199254740993n,
      numInputRows: 11n,
      inputRowsPerSecond: 0.3,
      processedRowsPerSecond: Number.NaN,
      eventTime: {},
      sink: { description: "S", numOutputRows: 1n, metrics: {} },
    });
    expect(progress.sources[0]).to.deep.equal({
      description: "A",
      startOffset: '{"t":{"0":9007199254740993}}',
      endOffset: "0",
      latestOffset: null,
      numInputRows: 11n,
      inputRowsPerSecond: Number.NaN,
      processedRowsPerSecond: Number.NaN,
      metrics: {},
    });
    const [n, t, x, st] = rowValues(progress.observedMetrics["m"] as never);
    expect([n, t, x]).to.deep.equal([9007199254740993n, "1970-01-01 00:00:00", 1.5]);
    expect({ ...(st as object) }).to.deep.equal({ a: [1n] });
    expect(parseProgress(progress.json).batchId).to.equal(9007199254740993n);
  });

  it("names what a server sent instead", () => {
    for (const text of ["", "[]", "{}", answered.replace('"batchDuration":3800', '"batchDuration":"x"')]) {
      expect(() => parseProgress(text))
        .to.throw()
        .with.property("code", "CONNECT_MALFORMED_EVENT");
    }
  });
});
