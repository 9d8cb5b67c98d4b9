import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { LocalReceiver } from "./local-receiver.ts";
import { observe, plan, runId, script } from "./observed-run.ts";

interface LineageEvent {
  readonly eventType: string;
  readonly eventTime: string;
  readonly producer: string;
  readonly schemaURL: string;
  readonly run: { readonly runId: string; readonly facets: Record<string, Record<string, unknown>> };
  readonly job: {
    readonly namespace: string;
    readonly name: string;
    readonly facets: Record<string, Record<string, unknown>>;
  };
  readonly inputs: readonly LineageDataset[];
  readonly outputs: readonly LineageDataset[];
}

interface LineageDataset {
  readonly namespace: string;
  readonly name: string;
  readonly facets: Record<string, Record<string, unknown>>;
  readonly outputFacets?: Record<string, Record<string, unknown>>;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("lineage", () => {
  const folder = () => mkdtempSync(join(tmpdir(), "sparkwright-lineage-"));
  const lines = (file: string): LineageEvent[] =>
    readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as LineageEvent);

  const recorded = async (): Promise<LineageEvent[]> => {
    const root = folder();
    const { bus, observers, failures } = await observe(
      { lineage: { file: "logs/lineage.ndjson", namespace: "shop" } },
      root,
    );
    for (const body of script()) bus.publish(runId, body);
    await observers.close();
    expect(failures()).to.deep.equal([]);
    return lines(join(root, "logs/lineage.ndjson"));
  };

  it("tells the start and the end of the pipeline and of every node that ran, in order", async () => {
    const events = await recorded();
    expect(events.map(({ eventType, job }) => `${eventType} ${job.namespace}/${job.name}`)).to.deep.equal([
      "START shop/etl",
      "START shop/etl.load",
      "COMPLETE shop/etl.load",
      "START shop/etl.clean",
      "FAIL shop/etl.clean",
      "FAIL shop/etl",
    ]);
    for (const { producer, schemaURL, run, eventTime } of events) {
      expect(producer).to.match(/^pkg:npm\/sparkwright@\d/);
      expect(schemaURL).to.equal("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
      expect(run.runId).to.match(uuid);
      expect(new Date(eventTime).toISOString()).to.equal(eventTime);
    }
  });

  it("ties nodes to their pipeline's run, and their events to each other", async () => {
    const [pipeline, start, complete, other] = (await recorded()) as [
      LineageEvent,
      LineageEvent,
      LineageEvent,
      LineageEvent,
    ];
    expect(pipeline.run.runId).to.equal(runId);
    expect(pipeline.run.facets).to.not.have.property("parent");
    expect(start.run.runId).to.equal(complete.run.runId).and.not.equal(other.run.runId);
    const parent = { run: { runId }, job: { namespace: "shop", name: "etl" } };
    expect(complete.run.facets["parent"]).to.deep.include({ ...parent, root: parent });
    expect(complete.run.facets["nominalTime"]).to.include({
      nominalStartTime: "2001-01-30T00:00:00.000Z",
      nominalEndTime: "2001-02-01T00:00:00.000Z",
    });
  });

  it("describes jobs, datasets and errors, without secrets", async () => {
    const [, , load, , clean] = (await recorded()) as [
      LineageEvent,
      LineageEvent,
      LineageEvent,
      LineageEvent,
      LineageEvent,
    ];
    expect(load.job.facets["jobType"]).to.include({
      processingType: "BATCH",
      integration: "SPARKWRIGHT",
      jobType: "TASK",
    });
    expect(load.job.facets["documentation"]).to.include({ description: "Loads" });
    expect(load.outputs.map(({ namespace, name }) => `${namespace} ${name}`)).to.deep.equal([
      "file /data/orders",
    ]);
    expect(load.outputs[0]?.outputFacets?.["outputStatistics"]).to.include({ rowCount: 7 });
    expect(load.outputs[0]?.facets["dataSource"]).to.include({ name: "file" });
    expect(load.outputs[0]?.facets["storage"]).to.include({ storageLayer: "parquet", fileFormat: "parquet" });
    expect(clean.inputs.map(({ namespace, name }) => `${namespace} ${name}`)).to.deep.equal([
      "file /data/orders",
    ]);
    expect(clean.outputs.map(({ namespace, name }) => `${namespace} ${name}`)).to.deep.equal([
      "shop shop.orders",
    ]);
    expect(clean.outputs[0]?.facets["storage"]).to.include({ storageLayer: "delta" });
    expect(clean.job.facets["sql"]).to.include({
      query: "select * from raw.orders where key <> '***'",
      dialect: "spark",
    });
    expect(clean.run.facets["errorMessage"]).to.include({
      message: "NODE_THREW: boom <& ***",
      programmingLanguage: "TypeScript",
    });
  });

  it("goes on with what another process began, and tells the versions that were read", async () => {
    const root = folder();
    const { bus, observers } = await observe({ lineage: { file: "l.ndjson", namespace: "shop" } }, root);
    const { window } = plan;
    bus.publish(runId, {
      type: "run_resumed",
      pipeline: "etl",
      window,
      maxParallelNodes: 4,
      epoch: 2,
      nodes: [],
    });
    bus.publish(runId, { type: "node_started", node: "clean", attempt: 2 });
    const inputs = [{ dataset: "raw.orders", version: 41n }];
    bus.publish(runId, { type: "inputs_read", node: "clean", attempt: 2, inputs });
    bus.publish(runId, { type: "node_succeeded", node: "clean", attempt: 2, durationMs: 1, rows: 0n });
    await observers.close();
    const events = lines(join(root, "l.ndjson"));
    expect(events.map(({ eventType, job }) => `${eventType} ${job.name}`)).to.deep.equal([
      "RUNNING etl",
      "RUNNING etl.clean",
      "COMPLETE etl.clean",
    ]);
    expect(events[2]?.inputs[0]?.facets["version"]).to.include({ datasetVersion: "41" });
  });

  it("names the version of the schema of every facet", async () => {
    const facets = (await recorded()).flatMap(({ run, job, inputs, outputs }) => [
      run.facets,
      job.facets,
      ...[...inputs, ...outputs].flatMap((dataset) => [dataset.facets, dataset.outputFacets ?? {}]),
    ]);
    const all = facets.flatMap((one) => Object.values(one));
    expect(all.length).to.be.greaterThan(20);
    for (const facet of all) {
      expect(facet["_producer"]).to.match(/^pkg:npm\/sparkwright@/);
      expect(facet["_schemaURL"]).to.match(
        /^https:\/\/openlineage\.io\/spec\/facets\/\d-\d-\d\/(\w+)\.json#\/\$defs\/\1$/,
      );
    }
  });

  it("is posted in order, with the key, to a server", async () => {
    const receiver = new LocalReceiver();
    try {
      const url = `${await receiver.open()}/api/v1/lineage`;
      const { bus, observers, failures } = await observe({
        lineage: { url, namespace: "shop", apiKey: "key-12345678" },
      });
      for (const body of script()) bus.publish(runId, body);
      await observers.close();
      expect(failures()).to.deep.equal([]);
      expect(receiver.received.map(({ body }) => (body as LineageEvent).eventType)).to.deep.equal([
        "START",
        "START",
        "COMPLETE",
        "START",
        "FAIL",
        "FAIL",
      ]);
      expect(receiver.received[0]?.headers["authorization"]).to.equal("Bearer key-12345678");
    } finally {
      await receiver.close();
    }
  });

  it("that cannot be written is reported once, and the rest of the run is told to the others", async () => {
    const root = folder();
    writeFileSync(join(root, "logs"), "a file where a folder is needed");
    const { bus, observers, failures, events } = await observe(
      { lineage: { file: "logs/l.ndjson", namespace: "shop" } },
      root,
    );
    for (const body of script()) bus.publish(runId, body);
    await observers.close();
    expect(failures()).to.have.lengthOf(1);
    expect(failures()[0]).to.match(/^lineage: .*(EEXIST|ENOTDIR)/);
    expect(events.filter(({ type }) => type !== "subscriber_failed")).to.have.lengthOf(script().length);
  });

  it("is asked of Spark only when it is wanted", async () => {
    const off = await observe({});
    expect(off.observers.sessionConf).to.deep.equal({});
    const on = await observe({ lineage: { file: "l.ndjson", namespace: "shop" } }, folder());
    expect(on.observers.sessionConf).to.have.property("spark.sql.debug.maxToStringFields");
    await Promise.all([off.observers.close(), on.observers.close()]);
  });
});
