import { join } from "node:path";
import { python } from "../harness/python.ts";
import { median, spread } from "../harness/statistics.ts";
import { Worker } from "../harness/worker.ts";

const here = import.meta.dirname;

/** Ours and two Python clients, each in a process of its own, at the same server. */
export function startRivals(remote: string): Readonly<Record<string, Worker>> {
  const script = join(here, "pyspark_client.py");
  const connectMode = { SPARK_CONNECT_MODE_ENABLED: "1" };
  const rival = (name: string): Worker =>
    new Worker(python(name, `${name}==4.2.0`), [script, remote], connectMode);
  return {
    sparkwright: new Worker(process.execPath, [join(here, "ours.ts"), remote]),
    "pyspark-client-rust 4.2.0": rival("pyspark-client-rust"),
    "pyspark-client 4.2.0": rival("pyspark-client"),
  };
}

/** The milliseconds that each took for a command: `warmUp` times for nothing, then `times` times in every round. */
export async function measure(
  rivals: Readonly<Record<string, Worker>>,
  command: string,
  { rounds, times, warmUp }: { readonly rounds: number; readonly times: number; readonly warmUp: number },
): Promise<Map<string, number[]>> {
  const samples = new Map(Object.keys(rivals).map((name) => [name, [] as number[]]));
  for (const worker of Object.values(rivals)) await worker.ask(`${command} ${warmUp}`);
  for (let round = 0; round < rounds; round++) {
    // Nobody always comes after the same neighbour.
    const order = Object.entries(rivals);
    order.push(...order.splice(0, round % order.length));
    for (const [name, worker] of order) samples.get(name)?.push(...(await worker.ask(`${command} ${times}`)));
  }
  return samples;
}

/** The medians of all, and how they compare with ours. */
export function table(samples: ReadonlyMap<string, readonly number[]>, digits: number): string[][] {
  const ours = median(samples.get("sparkwright") ?? []);
  return [
    ["client", "median ms", "spread ms", "samples", "time relative to ours"],
    ...[...samples].map(([name, values]) => [
      name,
      median(values).toFixed(digits),
      spread(values, digits),
      String(values.length),
      `${(median(values) / ours).toFixed(2)}x`,
    ]),
  ];
}
