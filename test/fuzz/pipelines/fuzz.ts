import { SparkSession } from "../../../src/sql/spark-session.ts";
import type { FuzzOptions, FuzzResult } from "../fuzzer.ts";
import { inputSeed } from "../random.ts";
import { fuzzRemote } from "../remote.ts";
import { type Bench, execute, type Outcome } from "./execute.ts";
import { generate } from "./generate.ts";
import { knownFindings } from "./known-findings.ts";
import type { Scenario } from "./scenario.ts";
import { smaller } from "./shrink.ts";

export const name = "pipelines";

/** How many scenarios run at once. */
const parallel = 4;
/** How long a failing input is made smaller, milliseconds. */
const shrinkMs = 60_000;

/**
 * Random small pipelines on Spark against a model in plain TypeScript over rows: what is stored after each run is what
 * the documents promise, or a node was refused with an error that they name.
 */
export async function run({
  seed,
  seconds,
  keep,
  log = () => {},
  first = false,
}: FuzzOptions): Promise<FuzzResult> {
  const bench = await openBench();
  const until = performance.now() + seconds * 1_000;
  const counts = { runs: 0, "runs that ended well": 0, "ran to the end": 0, known: 0 };
  const refused: Record<string, number> = {};
  const examples: Record<string, string> = {};
  const found = new Set<string>();
  let tried = 0;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < until && !(first && found.size > 0)) {
      const index = next;
      next += 1;
      const scenario = generate(inputSeed(seed, index));
      const outcome = await tryScenario(scenario, bench);
      tried += 1;
      if (tried % 100 === 0) log(`${tried} inputs`);
      counts.runs += outcome.runs;
      counts["runs that ended well"] += outcome.successes;
      if (outcome.ranToTheEnd) counts["ran to the end"] += 1;
      for (const { code, message } of outcome.refusals) {
        refused[`refused ${code}`] = (refused[`refused ${code}`] ?? 0) + 1;
        examples[`refused ${code}`] ??= `input ${index}: ${message}`;
      }
      const [fault] = outcome.faults;
      if (fault === undefined) continue;
      if (knownFindings.some((known) => known.test(fault.kind) || known.test(fault.message))) {
        counts.known += 1;
        continue;
      }
      const kind = signature(fault.kind);
      log(`input ${index}: ${fault.kind}: ${fault.message.slice(0, 1_500)}`);
      if (found.has(kind)) continue;
      found.add(kind);
      const input = first ? scenario : await shrink(scenario, kind, bench);
      const again = first ? fault : ((await tryScenario(input, bench)).faults[0] ?? fault);
      keep({ name: kind, input, message: `${again.message} (seed ${seed}, input ${index})` });
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } finally {
    await bench.session.stop();
  }
  return { tried, findings: found.size, counts: { ...counts, ...refused }, examples };
}

export async function replay(input: unknown): Promise<string | undefined> {
  const bench = await openBench();
  try {
    const { faults } = await tryScenario(input as Scenario, bench);
    return faults.length === 0 ? undefined : faults.map(({ message }) => message).join("\n");
  } finally {
    await bench.session.stop();
  }
}

async function openBench(): Promise<Bench> {
  const remote = await fuzzRemote();
  const session = new SparkSession({ remote });
  await session.sql("CREATE DATABASE IF NOT EXISTS fuzz_elsewhere");
  return { remote, session };
}

/** What the harness itself cannot do is a finding too. */
async function tryScenario(scenario: Scenario, bench: Bench): Promise<Outcome> {
  try {
    return await execute(scenario, bench);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const kind = `harness ${error instanceof Error ? error.message : message}`;
    return { faults: [{ kind, message }], runs: 0, successes: 0, ranToTheEnd: false, refusals: [] };
  }
}

function signature(kind: string): string {
  return kind.replaceAll(/fuzz_\w+/g, "DB").slice(0, 160);
}

/** The smallest input found in a while that shows the same fault. */
async function shrink(scenario: Scenario, kind: string, bench: Bench): Promise<Scenario> {
  const until = performance.now() + shrinkMs;
  let best = scenario;
  for (let improved = true; improved; ) {
    improved = false;
    for (const candidate of smaller(best)) {
      if (performance.now() > until) return best;
      const { faults } = await tryScenario(candidate, bench);
      if (faults[0] === undefined || signature(faults[0].kind) !== kind) continue;
      best = candidate;
      improved = true;
      break;
    }
  }
  return best;
}
