// Decoding and materialising 1,000,000 rows of (long, double, string, boolean, timestamp), 10,000 per batch as
// Spark sends them: flechette, apache-arrow and ours, interleaved, median of 5 after one warm-up.
// Run: node --expose-gc bench/decode/decode.bench.ts

import { tableFromIPC as flechetteTable } from "@uwdata/flechette";
import { tableFromIPC as apacheTable } from "apache-arrow";
import type { ArrowField } from "../../src/arrow/arrow-type.ts";
import { decodeBatch } from "../../src/arrow/decode.ts";
import { encodeBatches } from "../../src/arrow/encode.ts";
import { Timestamp } from "../../src/arrow/values/timestamp.ts";

const numRows = 1_000_000;
const rounds = 5;
const fields: readonly ArrowField[] = [
  { name: "id", type: { kind: "int", bits: 64, signed: true }, nullable: false },
  { name: "x", type: { kind: "float", bits: 64 }, nullable: true },
  { name: "name", type: { kind: "utf8" }, nullable: true },
  { name: "even", type: { kind: "boolean" }, nullable: true },
  {
    name: "at",
    type: { kind: "timestamp", unit: "microsecond", timezone: "UTC" },
    nullable: true,
  },
];

function* rows(): Generator<unknown[]> {
  for (let index = 0; index < numRows; index++) {
    const micros = BigInt(index) * 1_000_003n;
    yield [BigInt(index), index * 1.5, `name-${index}`, index % 2 === 0, new Timestamp(micros)];
  }
}

const encodeStart = performance.now();
const batches = [...encodeBatches(fields, rows(), { maxRows: 10_000, maxBytes: 1e9 })];
const encodeMs = performance.now() - encodeStart;

const decoders: Readonly<Record<string, (ipc: Uint8Array) => readonly unknown[]>> = {
  sparkwright: (ipc) => decodeBatch(ipc).rows(),
  flechette: (ipc) => flechetteTable(ipc, { useBigInt: true }).toArray(),
  "apache-arrow": (ipc) =>
    apacheTable(ipc)
      .toArray()
      .map((row) => row.toJSON()),
};

const times = new Map<string, number[]>(Object.keys(decoders).map((name) => [name, []]));
const streamed: number[] = [];
for (let round = 0; round <= rounds; round++) {
  for (const [name, decode] of Object.entries(decoders)) {
    globalThis.gc?.();
    const start = performance.now();
    const kept = batches.map(decode);
    const ms = performance.now() - start;
    const count = kept.reduce((sum, batch) => sum + batch.length, 0);
    if (count !== numRows) {
      throw new Error(`${name} gave ${count} rows`);
    }
    if (round > 0) {
      times.get(name)?.push(ms);
    }
  }
}

const ours = median(times.get("sparkwright") ?? []);
console.log(`${numRows} rows in ${batches.length} batches, ${rounds} rounds, Node ${process.version}`);
for (const [name, each] of times) {
  const ratio = (median(each) / ours).toFixed(2);
  const spread = `${Math.min(...each).toFixed(0)}-${Math.max(...each).toFixed(0)}`;
  console.log(`${name.padEnd(14)} ${median(each).toFixed(0).padStart(6)} ms (${spread})  ${ratio}x ours`);
}
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  for (const batch of batches) {
    decodeBatch(batch).rows();
  }
  streamed.push(performance.now() - start);
}
console.log(`streamed       ${median(streamed).toFixed(0).padStart(6)} ms (ours, no row kept)`);
console.log(`encode         ${encodeMs.toFixed(0).padStart(6)} ms (once, cold)`);

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
