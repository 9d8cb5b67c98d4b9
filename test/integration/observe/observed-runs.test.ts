import { readFileSync } from "node:fs";
import { join } from "node:path";
import { trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { EventBus } from "../../../src/events/event-bus.ts";
import { toNdjson } from "../../../src/events/ndjson.ts";
import type { RunEvent } from "../../../src/events/run-event.ts";
import type { RunSummary } from "../../../src/events/run-summary.ts";
import { executePlan } from "../../../src/facade/execute-plan.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { eventFaults } from "../../unit/events/event-faults.ts";
import { LocalReceiver } from "../../unit/observe/local-receiver.ts";
import { EngineProject, engineSession } from "../engine/engine-project.ts";
import { getSpark } from "../spark.ts";

const code = `
export const extract = (flights, ctx) => flights
  .selectExpr("*", "to_date(date) as flight_date")
  .where("flight_date between '" + ctx.startDate + "' and '" + ctx.endDate + "'");
export const clean = (flights, airports) => flights
  .where("coalesce(delay < 1440, true)")
  .join(airports.selectExpr("iata as origin", "city as origin_city"), "origin", "left")
  .selectExpr("flight_date", "date as departed_at", "origin", "origin_city", "delay", "distance", "delay > 15 as is_late");
export const boom = () => { throw new Error("no such engine"); };
let attempts = 0;
export const flaky = async (ctx) => {
  attempts += 1;
  if (attempts === 1) await ctx.spark.sql("select raise_error('ExecutorLostFailure')").then((frame) => frame.collect());
  return ctx.spark.range(3);
};
export const sleeps = (ctx) => ctx.spark.sql("select reflect('java.lang.Thread', 'sleep', 60000L) as slept");
`;

const config = (observe: string) => `
global_settings:
  start_date: 2001-01-01
  end_date: 2001-01-01
  execution: { retries: { max: 1, initial_delay: 1ms, jitter: none } }
  observe: ${observe}
pipelines:
  etl: { nodes: [extract, clean, delays, rank, mirror] }
  broken: { nodes: [boom] }
  shaky: { nodes: [flaky] }
  slow: { nodes: [sleeps] }
nodes:
  extract: { function: nodes.extract, input: source.flights, output: $DB.bronze }
  clean: { function: nodes.clean, input: [$DB.bronze, source.airports], output: $DB.silver }
  delays:
    sql: >-
      select flight_date, origin, count(1) as flights, avg(delay) as mean_delay, avg(cast(is_late as int)) as late_share
      from $DB.silver group by flight_date, origin
    input: $DB.silver
    output: $DB.delays
  rank:
    sql: >-
      with routes as (select origin, sum(distance) as miles from $DB.silver group by origin)
      select origin, miles, row_number() over (order by miles desc) as place from routes order by place limit 2
    input: $DB.silver
    output: $DB.rank
  mirror: { sql: "select origin as code, place from $DB.rank union all select iata, 0 from \`source.airports\`", input: [$DB.rank, source.airports], output: $DB.mirror }
  boom: { function: nodes.boom, output: $DB.boom }
  flaky: { function: nodes.flaky, output: $DB.flaky }
  sleeps: { function: nodes.sleeps, output: $DB.slept }
datasets:
  source.flights: { path: $ROOT/flights, format: parquet }
  source.airports: { path: $ROOT/airports.csv, format: csv, options: { header: true } }
  $DB.bronze: { mode: overwrite }
`;

interface Fields {
  readonly name: string;
  readonly field: string;
  readonly transformations: readonly { readonly subtype: string }[];
}

interface LineageEvent {
  readonly eventType: string;
  readonly job: { readonly name: string };
  readonly run: { readonly facets: Record<string, Record<string, unknown>> };
  readonly inputs: readonly { readonly name: string }[];
  readonly outputs: readonly {
    readonly facets: {
      readonly columnLineage?: {
        readonly fields: Record<string, { readonly inputFields: readonly Fields[] }>;
        readonly dataset: readonly Fields[];
      };
      readonly schema?: { readonly fields: readonly { readonly name: string; readonly type: string }[] };
      readonly version?: { readonly datasetVersion: string };
    };
    readonly outputFacets?: Record<string, Record<string, unknown>>;
  }[];
}

describe("observed runs", function () {
  this.timeout(300_000);
  const made: EngineProject[] = [];
  const project = (observe: string) => {
    const one = new EngineProject({ "config.yaml": config(observe), "src/nodes.mjs": code });
    made.push(one);
    return one;
  };
  after(async () => {
    for (const one of made) await one.drop();
  });

  const prepare = async ({ root }: EngineProject) => {
    const spark = await getSpark();
    const flights = await spark.sql(
      "select timestamp_ntz'2001-01-01 10:00:00' as date, 20 as delay, 300 as distance, 'ABE' as origin union all select timestamp_ntz'2001-01-01 11:00:00', cast(null as int), 500, 'JFK'",
    );
    await flights.write.format("parquet").save(`${root}/flights`);
    const airports = await spark.sql(
      "select * from values ('ABE', 'Allentown'), ('JFK', 'New York') as a(iata, city)",
    );
    await airports.coalesce(1).write.format("csv").option("header", "true").save(`${root}/airports.csv`);
  };

  const run = async (
    one: EngineProject,
    pipeline: string,
    onEvent: (event: RunEvent, stop: () => void) => void = () => {},
  ): Promise<{ summary: RunSummary; events: RunEvent[] }> => {
    const loaded = await loadProject(one.root);
    const bus = new EventBus();
    const events: RunEvent[] = [];
    const stop = new AbortController();
    bus.subscribe("test", (event) => {
      events.push(event);
      onEvent(event, () => stop.abort());
    });
    const summary = await executePlan({
      project: loaded,
      plan: planRun(loaded, pipeline),
      openSession: async () => await engineSession(),
      bus,
      signal: stop.signal,
    });
    return { summary, events };
  };

  const lineageOf = ({ root }: EngineProject): LineageEvent[] =>
    readFileSync(join(root, "lineage.ndjson"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as LineageEvent);

  it("say where every column comes from", async () => {
    const one = project("{ lineage: { file: lineage.ndjson, namespace: shop } }");
    await prepare(one);
    const { summary, events } = await run(one, "etl");
    expect(summary.status, JSON.stringify(summary.nodes.map(({ error }) => error))).to.equal("success");
    expect(events.flatMap((event) => eventFaults(JSON.parse(toNdjson(event))))).to.deep.equal([]);

    const complete = new Map(
      lineageOf(one)
        .filter(({ eventType }) => eventType === "COMPLETE")
        .map((event) => [event.job.name, event]),
    );
    const short = (name: string) => name.replace(`${one.db}.`, "").replace(`${one.root}/`, "");
    const shown = (fields: readonly Fields[]) =>
      fields
        .map(({ name, field, transformations }) => {
          return `${short(name)}.${field} ${transformations.map(({ subtype }) => subtype).join("+")}`;
        })
        .join(", ");
    const lineage = (node: string) => {
      const facet = complete.get(`etl.${node}`)?.outputs[0]?.facets.columnLineage;
      const fields = Object.entries(facet?.fields ?? {}).map(([name, { inputFields }]) => [
        name,
        shown(inputFields),
      ]);
      return { ...Object.fromEntries(fields), "*": shown(facet?.dataset ?? []) };
    };
    expect(lineage("extract")).to.deep.equal({
      date: "flights.date IDENTITY",
      delay: "flights.delay IDENTITY",
      distance: "flights.distance IDENTITY",
      origin: "flights.origin IDENTITY",
      flight_date: "flights.date TRANSFORMATION",
      "*": "flights.date FILTER",
    });
    expect(lineage("clean")).to.deep.equal({
      flight_date: "bronze.flight_date IDENTITY",
      departed_at: "bronze.date IDENTITY",
      origin: "bronze.origin IDENTITY",
      origin_city: "airports.csv.city IDENTITY",
      delay: "bronze.delay IDENTITY",
      distance: "bronze.distance IDENTITY",
      is_late: "bronze.delay TRANSFORMATION",
      "*": "bronze.delay FILTER, bronze.origin JOIN, airports.csv.iata JOIN",
    });
    expect(lineage("delays")).to.deep.equal({
      flight_date: "silver.flight_date IDENTITY",
      origin: "silver.origin IDENTITY",
      flights: "",
      mean_delay: "silver.delay AGGREGATION",
      late_share: "silver.is_late AGGREGATION",
      "*": "silver.flight_date GROUP_BY, silver.origin GROUP_BY",
    });
    expect(lineage("rank")).to.deep.equal({
      origin: "silver.origin IDENTITY",
      miles: "silver.distance AGGREGATION",
      place: "silver.distance WINDOW",
      "*": "silver.origin GROUP_BY, silver.distance SORT",
    });
    expect(lineage("mirror")).to.deep.equal({
      code: "rank.origin IDENTITY, airports.csv.iata IDENTITY",
      place: "rank.place IDENTITY",
      "*": "",
    });

    const delays = complete.get("etl.delays");
    expect(delays?.inputs.map(({ name }) => short(name))).to.deep.equal(["silver"]);
    expect(delays?.outputs[0]?.outputFacets?.["outputStatistics"]).to.include({ rowCount: 2 });
    expect(delays?.outputs[0]?.facets.version).to.include({ datasetVersion: "0" });
    expect(
      delays?.outputs[0]?.facets.schema?.fields.map(({ name, type }) => `${name} ${type}`),
    ).to.deep.equal([
      "flight_date date",
      "origin string",
      "flights bigint",
      "mean_delay double",
      "late_share double",
    ]);
    expect(String(delays?.run.facets["processing_engine"]?.["version"])).to.match(/^4\./);
  });

  it("go on as if nobody listened, when a server hangs, another answers 500 and no file can be written", async () => {
    const [hanging, failing] = [new LocalReceiver(() => undefined), new LocalReceiver(() => 500)];
    try {
      const one = project(
        `{ tracing: true, lineage: { file: config.yaml/lineage.ndjson }, webhooks: [{ url: "${await hanging.open()}/a", on: [success] }, { url: "${await failing.open()}/b", on: [success] }] }`,
      );
      const started = performance.now();
      const { summary, events } = await run(one, "shaky");
      const waited = performance.now() - started - summary.durationMs;
      expect(summary.status).to.equal("success");
      expect(summary.nodes[0]).to.include({ attempts: 2, rows: 3n });
      expect(waited).to.be.lessThan(8_000);
      const failed = events.flatMap((event) =>
        event.type === "subscriber_failed" ? [event.subscriber] : [],
      );
      expect(failed.map((name) => name.replace(/ \(.*/, "")).toSorted()).to.deep.equal([
        "lineage",
        "webhook 1",
        "webhook 2",
      ]);
      expect(events.map(({ type }) => type)).to.include("node_retrying");
      expect(events.flatMap((event) => eventFaults(JSON.parse(toNdjson(event))))).to.deep.equal([]);
      expect(await one.rows("select count(*) from $DB.flaky")).to.deep.equal(["3"]);
    } finally {
      await Promise.all([hanging.close(), failing.close()]);
    }
  });

  it("that fail or are stopped say so to everybody", async () => {
    const exporter = new InMemorySpanExporter();
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
    );
    const receiver = new LocalReceiver();
    try {
      const one = project(
        `{ tracing: true, lineage: { file: lineage.ndjson }, webhooks: [{ url: "${await receiver.open()}", on: [failure, cancelled] }] }`,
      );
      const broken = await run(one, "broken");
      const stopped = await run(one, "slow", (event, stop) => {
        if (event.type === "operation_submitted") stop();
      });
      expect([broken.summary.status, stopped.summary.status]).to.deep.equal(["failed", "cancelled"]);
      const all = [...broken.events, ...stopped.events];
      expect(all.flatMap((event) => eventFaults(JSON.parse(toNdjson(event))))).to.deep.equal([]);
      expect(all.filter(({ type }) => type === "subscriber_failed")).to.deep.equal([]);

      expect(lineageOf(one).map(({ eventType, job }) => `${eventType} ${job.name}`)).to.deep.equal([
        "START broken",
        "START broken.boom",
        "FAIL broken.boom",
        "FAIL broken",
        "START slow",
        "START slow.sleeps",
        "ABORT slow.sleeps",
        "ABORT slow",
      ]);
      const told = receiver.received.map(({ body }) => body as { text: string; status: string });
      expect(told.map(({ status }) => status)).to.deep.equal(["failed", "cancelled"]);
      expect(told[0]?.text).to.contain("• boom: NODE_THREW no such engine");
      const spans = exporter.getFinishedSpans();
      const outcomes = spans.map(
        ({ name, attributes }) => `${name} ${String(attributes["sparkwright.outcome"])}`,
      );
      expect(outcomes).to.deep.equal([
        "attempt boom failed",
        "node boom failed",
        "run broken failed",
        "attempt sleeps cancelled",
        "node sleeps cancelled",
        "run slow cancelled",
      ]);
      const [slept] = spans.filter(({ name }) => name === "attempt sleeps");
      expect(slept?.events.map(({ name }) => name)).to.include("spark.operation.submitted");
    } finally {
      trace.disable();
      await receiver.close();
    }
  });
});
