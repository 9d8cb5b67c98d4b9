import { isJsonObject } from "./exact-json.ts";
import { JsonFields } from "./json-fields.ts";
import { observedRow } from "./observed-row.ts";
import type {
  SinkProgress,
  SourceProgress,
  StateOperatorProgress,
  StreamingQueryProgress,
} from "./streaming-query-progress.ts";

/** The progress in a JSON text of the server. Thrown when it is none: `CONNECT_MALFORMED_EVENT`. */
export function parseProgress(json: string): StreamingQueryProgress {
  return progressOf(JsonFields.parse(json, "progress"), json);
}

export function progressOf(fields: JsonFields, json: string): StreamingQueryProgress {
  const sources = fields.objects("sources").map(sourceOf);
  // One of the two forms in which Spark writes a progress leaves the sums out.
  const sum = (rate: (source: SourceProgress) => number) =>
    sources.reduce((total, source) => total + rate(source), 0);
  const rateOf = (name: "inputRowsPerSecond" | "processedRowsPerSecond") =>
    fields.raw("numInputRows") === undefined ? sum((source) => source[name]) : fields.double(name);
  return {
    id: fields.text("id"),
    runId: fields.text("runId"),
    name: fields.textOrNull("name"),
    timestamp: fields.timestamp("timestamp"),
    batchId: fields.long("batchId"),
    batchDuration: fields.long("batchDuration"),
    numInputRows:
      fields.longOrNull("numInputRows") ??
      sources.reduce((total, { numInputRows }) => total + numInputRows, 0n),
    inputRowsPerSecond: rateOf("inputRowsPerSecond"),
    processedRowsPerSecond: rateOf("processedRowsPerSecond"),
    durationMs: fields.longs("durationMs"),
    eventTime: fields.timestamps("eventTime"),
    stateOperators: fields.objects("stateOperators").map(stateOperatorOf),
    sources,
    sink: sinkOf(fields.object("sink")),
    observedMetrics: fields.record("observedMetrics", (name, metrics) => {
      const row = metrics.raw(name);
      return observedRow(isJsonObject(row) ? row : {});
    }),
    json,
  };
}

function stateOperatorOf(fields: JsonFields): StateOperatorProgress {
  return {
    operatorName: fields.text("operatorName"),
    numRowsTotal: fields.long("numRowsTotal"),
    numRowsUpdated: fields.long("numRowsUpdated"),
    numRowsRemoved: fields.long("numRowsRemoved"),
    allUpdatesTimeMs: fields.long("allUpdatesTimeMs"),
    allRemovalsTimeMs: fields.long("allRemovalsTimeMs"),
    commitTimeMs: fields.long("commitTimeMs"),
    memoryUsedBytes: fields.long("memoryUsedBytes"),
    numRowsDroppedByWatermark: fields.long("numRowsDroppedByWatermark"),
    numShufflePartitions: fields.long("numShufflePartitions"),
    numStateStoreInstances: fields.long("numStateStoreInstances"),
    customMetrics: fields.longs("customMetrics"),
  };
}

function sourceOf(fields: JsonFields): SourceProgress {
  return {
    description: fields.text("description"),
    startOffset: fields.jsonOrNull("startOffset"),
    endOffset: fields.jsonOrNull("endOffset"),
    latestOffset: fields.jsonOrNull("latestOffset"),
    numInputRows: fields.long("numInputRows"),
    inputRowsPerSecond: fields.double("inputRowsPerSecond"),
    processedRowsPerSecond: fields.double("processedRowsPerSecond"),
    metrics: fields.texts("metrics"),
  };
}

function sinkOf(fields: JsonFields): SinkProgress {
  return {
    description: fields.text("description"),
    numOutputRows: fields.long("numOutputRows"),
    metrics: fields.texts("metrics"),
  };
}
