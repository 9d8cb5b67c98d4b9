import fc from "fast-check";
import { StructType } from "../../../src/sql/index.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { typeFromJson } from "../../../src/sql/types/type-json.ts";
import type { FuzzOptions, FuzzResult } from "../fuzzer.ts";
import { inputSeed } from "../random.ts";
import { fuzzRemote } from "../remote.ts";
import { type AnyFrame, frames } from "./columns.ts";
import { pack, unpack } from "./packed.ts";
import { throughAllWays } from "./ways.ts";

export const name = "values";

/** How many inputs run at once. */
const parallel = 3;
/** How long a failing input is made smaller, milliseconds. */
const shrinkMs = 60_000;

interface Kept {
  readonly schema: string;
  readonly rows: readonly (readonly unknown[])[];
}

/** Random values of all types: each way in and out gives back what was sent, or refuses with an error of its own. */
export async function run({ seed, seconds, keep, log = () => {}, first }: FuzzOptions): Promise<FuzzResult> {
  const spark = await openSession();
  const until = performance.now() + seconds * 1_000;
  const counts: Record<string, number> = {};
  const examples: Record<string, string> = {};
  const found = new Set<string>();
  let tried = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < until && !(first === true && found.size > 0)) {
      const index = next;
      next += 1;
      const sampleSeed = inputSeed(seed, index);
      const [frame] = fc.sample(frames, { seed: sampleSeed, numRuns: 1 });
      if (frame === undefined) continue;
      const results = await throughAllWays(spark, frame);
      tried += 1;
      for (const { way, wrong, refused } of results) {
        const key =
          refused === undefined
            ? `${way} ${wrong === undefined ? "same" : "wrong"}`
            : `refused ${refused.code}`;
        counts[key] = (counts[key] ?? 0) + 1;
        if (refused !== undefined) examples[key] ??= `input ${index}: ${refused.message}`;
        if (wrong === undefined || found.has(way)) continue;
        found.add(way);
        log(`input ${index}: ${way}: ${wrong.slice(0, 1_500)}`);
        const small =
          first === true ? { frame, wrong } : await shrink(spark, way, sampleSeed, { frame, wrong });
        keep({
          name: way,
          input: packed(small.frame),
          message: `${small.wrong} (seed ${seed}, input ${index})`,
        });
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } finally {
    await spark.stop();
  }
  return { tried, findings: found.size, counts, examples };
}

export async function replay(input: unknown): Promise<string | undefined> {
  const { schema, rows } = input as Kept;
  const type = typeFromJson(JSON.parse(schema));
  if (!(type instanceof StructType)) throw new TypeError("the kept schema is no struct");
  const spark = await openSession();
  try {
    const results = await throughAllWays(spark, { schema: type, rows: rows.map((row) => row.map(unpack)) });
    const wrong = results.flatMap((result) =>
      result.wrong === undefined ? [] : [`${result.way}: ${result.wrong}`],
    );
    return wrong.length === 0 ? undefined : wrong.join("\n");
  } finally {
    await spark.stop();
  }
}

function packed({ schema, rows }: AnyFrame): Kept {
  return { schema: schema.json(), rows: rows.map((row) => row.map(pack)) };
}

/** The smallest input found in a while that one way does not give back. */
async function shrink(
  spark: SparkSession,
  way: string,
  seed: number,
  fault: { readonly frame: AnyFrame; readonly wrong: string },
): Promise<{ readonly frame: AnyFrame; readonly wrong: string }> {
  let smallest = fault;
  const property = fc.asyncProperty(frames, async (frame) => {
    const wrong = (await throughAllWays(spark, frame)).find((result) => result.way === way)?.wrong;
    if (wrong === undefined) return true;
    smallest = { frame, wrong };
    return false;
  });
  await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: shrinkMs });
  return smallest;
}

async function openSession(): Promise<SparkSession> {
  const remote = await fuzzRemote();
  const spark = new SparkSession({ remote });
  await spark.conf.set("spark.sql.timeType.enabled", true);
  return spark;
}
