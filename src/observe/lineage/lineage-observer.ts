import type { DatasetConfig, NodeConfig, ObserveSettings, Project } from "../../config/project.ts";
import type { EventError } from "../../events/event-error.ts";
import type { Redactor } from "../../events/redactor.ts";
import type { DatasetWritten, RunEvent, RunEventHeader } from "../../events/run-event.ts";
import type { RunStatus } from "../../events/run-summary.ts";
import { DeliveryQueue } from "../delivery-queue.ts";
import { httpPost, originOf } from "../http-post.ts";
import type { ObservedOutput, Observer } from "../observer.ts";
import { appendTo } from "./append-file.ts";
import { type CatalogFacts, type DatasetIdentity, datasetIdentity } from "./dataset-identity.ts";
import { type DescribedOutput, describeOutput } from "./described-output.ts";
import { FacetMaker, type Facets } from "./facets.ts";
import { runUuid } from "./run-uuid.ts";

/** What of a plan lineage needs. */
export interface LineagePlan {
  readonly pipeline: string;
  readonly window: { readonly startDate: string; readonly endDate: string } | undefined;
  readonly nodes: readonly { readonly name: string; readonly config: NodeConfig }[];
  readonly datasets: ReadonlyMap<string, DatasetConfig>;
}

export interface LineageOptions {
  readonly settings: NonNullable<ObserveSettings["lineage"]>;
  readonly project: Pick<Project, "root"> & { readonly settings: Pick<Project["settings"], "spark"> };
  readonly plan: LineagePlan;
  readonly redactor: Redactor;
  /** Of the package. */
  readonly version: string;
  readonly onLoss: (error: unknown) => void;
  /** Limit of one attempt to post, milliseconds. @default 3000 */
  readonly timeoutMs?: number;
}

/** Sends every event to everywhere the settings name. */
export function lineageObserver(options: LineageOptions): Observer {
  const { settings, project, onLoss, timeoutMs } = options;
  const { file, url, apiKey } = settings;
  const queues: DeliveryQueue[] = [];
  if (file !== undefined)
    queues.push(new DeliveryQueue({ deliver: appendTo(project.root, file), onLoss, target: file }));
  if (url !== undefined) {
    const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    const deliver = httpPost({ url, headers, ...(timeoutMs !== undefined && { timeoutMs }) });
    queues.push(new DeliveryQueue({ deliver, onLoss, target: originOf(url) }));
  }
  const emitter = new LineageEmitter(options, (event) => {
    for (const queue of queues) queue.send(event);
  });
  return {
    handle: (event) => emitter.handle(event),
    onOutput: (output) => emitter.onOutput(output),
    close: async (graceMs) => {
      await Promise.all(queues.map((queue) => queue.close(graceMs)));
    },
  };
}

interface OutputFacts {
  readonly described?: Promise<DescribedOutput>;
  readonly written?: DatasetWritten;
}

/** Of the attempt that runs, by dataset. */
interface NodeFacts {
  readonly outputs: Map<string, OutputFacts>;
  readonly inputVersions: Map<string, bigint>;
}

const noFacts = (): NodeFacts => ({ outputs: new Map(), inputVersions: new Map() });

type EventType = "START" | "RUNNING" | "COMPLETE" | "FAIL" | "ABORT";

const endings: Readonly<Record<RunStatus, EventType>> = {
  success: "COMPLETE",
  failed: "FAIL",
  cancelled: "ABORT",
};

/** Turns the events of runs into those of OpenLineage: a job per pipeline and, as its children, one per node. */
class LineageEmitter {
  readonly #options: LineageOptions;
  readonly #send: (event: Promise<string | undefined>) => void;
  readonly #catalog: CatalogFacts;
  readonly #facets: FacetMaker;
  /** The nodes that have begun and not ended, by run and name. */
  readonly #nodes = new Map<string, NodeFacts>();

  constructor(options: LineageOptions, send: (event: Promise<string | undefined>) => void) {
    const { settings, project, version } = options;
    this.#options = options;
    this.#send = send;
    this.#catalog = { ...project.settings.spark, namespace: settings.namespace };
    this.#facets = new FacetMaker(`pkg:npm/sparkwright@${version}`);
  }

  handle(event: RunEvent): void {
    switch (event.type) {
      case "run_started":
        this.#emitRun("START", event);
        break;
      case "run_resumed":
        this.#emitRun("RUNNING", event);
        break;
      case "run_finished":
        this.#emitRun(endings[event.status], event, event.summary.error ?? firstError(event));
        break;
      case "node_started": {
        const key = `${event.runId} ${event.node}`;
        const isNew = !this.#nodes.has(key);
        this.#nodes.set(key, noFacts());
        // A later attempt that is new here goes on with what another process began.
        if (isNew) this.#emitNode(event.attempt === 1 ? "START" : "RUNNING", event, noFacts());
        break;
      }
      case "inputs_read": {
        const versions = this.#nodes.get(`${event.runId} ${event.node}`)?.inputVersions;
        for (const { dataset, version } of event.inputs) {
          if (version !== undefined) versions?.set(dataset, version);
        }
        break;
      }
      case "dataset_written":
        this.#note(event, event.dataset, { written: event });
        break;
      case "node_succeeded":
        this.#endNode("COMPLETE", event);
        break;
      case "node_failed":
        this.#endNode("FAIL", event, event.error);
        break;
      case "node_cancelled":
        this.#endNode("ABORT", event);
        break;
    }
  }

  onOutput({ runId, node, dataset, frame }: ObservedOutput): Promise<unknown> {
    const inputs = this.#config(node)?.inputs ?? [];
    const declared = inputs.flatMap((input) => this.#options.plan.datasets.get(input.dataset) ?? []);
    const described = describeOutput(frame, declared, this.#catalog);
    this.#note({ runId, node }, dataset.name, { described });
    return described;
  }

  #note(
    { runId, node }: { readonly runId: string; readonly node: string },
    dataset: string,
    facts: OutputFacts,
  ): void {
    const outputs = this.#nodes.get(`${runId} ${node}`)?.outputs;
    outputs?.set(dataset, { ...outputs.get(dataset), ...facts });
  }

  #endNode(type: EventType, event: RunEventHeader & { readonly node: string }, error?: EventError): void {
    const key = `${event.runId} ${event.node}`;
    const facts = this.#nodes.get(key);
    // What never began has nothing to end.
    if (facts === undefined) return;
    this.#nodes.delete(key);
    this.#emitNode(type, event, facts, error);
  }

  #emitRun(type: EventType, { runId, at }: RunEventHeader, error?: EventError): void {
    const { plan, settings } = this.#options;
    const streaming =
      plan.nodes.length > 0 && plan.nodes.every(({ config }) => config.streaming !== undefined);
    const run = {
      runId: runUuid(runId),
      facets: { ...this.#facets.nominalTime(plan.window), ...this.#facets.errorMessage(error) },
    };
    const job = {
      namespace: settings.namespace,
      name: plan.pipeline,
      facets: this.#facets.jobType("DAG", streaming ? "STREAMING" : "BATCH"),
    };
    this.#emit(Promise.resolve({ eventType: type, eventTime: at, run, job, inputs: [], outputs: [] }));
  }

  #emitNode(
    type: EventType,
    { runId, at, node }: RunEventHeader & { readonly node: string },
    facts: NodeFacts,
    error?: EventError,
  ): void {
    const { plan, settings, version } = this.#options;
    const config = this.#config(node);
    const facets = this.#facets;
    const sql = config?.code.kind === "sql" ? facets.sql(config.code.text) : {};
    const job = {
      namespace: settings.namespace,
      name: `${plan.pipeline}.${node}`,
      facets: {
        ...facets.jobType("TASK", config?.streaming === undefined ? "BATCH" : "STREAMING"),
        ...facets.documentation("Job", config?.description),
        ...sql,
      },
    };
    const build = async () => {
      const described = await this.#described(facts);
      const [spark] = [...described.values()].flatMap((one) => one.version ?? []);
      const run = {
        runId: runUuid(runId, node),
        facets: {
          ...facets.parent(runUuid(runId), settings.namespace, plan.pipeline),
          ...facets.nominalTime(plan.window),
          ...facets.processingEngine(spark, version),
          ...facets.errorMessage(error),
        },
      };
      const inputs = this.#inputs(config, facts, [...described.values()]);
      const outputs = (config?.outputs ?? []).flatMap((name) =>
        this.#output(name, facts, described.get(name) ?? {}),
      );
      return { eventType: type, eventTime: at, run, job, inputs, outputs };
    };
    this.#emit(build());
  }

  async #described({ outputs }: NodeFacts): Promise<ReadonlyMap<string, DescribedOutput>> {
    const all = [...outputs].map(async ([name, { described }]) => [name, (await described) ?? {}] as const);
    return new Map(await Promise.all(all));
  }

  /** Those that the node names and, beyond them, what its plans turned out to read. */
  #inputs(
    config: NodeConfig | undefined,
    { inputVersions }: NodeFacts,
    described: readonly DescribedOutput[],
  ): readonly unknown[] {
    const declared = (config?.inputs ?? []).flatMap(({ dataset: name }) => {
      const dataset = this.#options.plan.datasets.get(name);
      if (dataset === undefined) return [];
      const identity = datasetIdentity(dataset, this.#catalog);
      const version = this.#facets.version(inputVersions.get(name));
      return [{ ...identity, facets: { ...this.#facets.dataset(dataset, identity), ...version } }];
    });
    const read = described
      .flatMap(({ lineage }) => lineage?.inputs ?? [])
      .map(({ namespace, name }) => ({ namespace, name, facets: {} }));
    return unique([...declared, ...read]);
  }

  #output(name: string, { outputs }: NodeFacts, { schema, lineage }: DescribedOutput): readonly unknown[] {
    const dataset = this.#options.plan.datasets.get(name);
    if (dataset === undefined) return [];
    const identity = datasetIdentity(dataset, this.#catalog);
    const written = outputs.get(name)?.written;
    const facets: Facets = {
      ...this.#facets.dataset(dataset, identity),
      ...(schema !== undefined && this.#facets.schema(schema)),
      ...(lineage !== undefined && this.#facets.columnLineage(lineage)),
      ...this.#facets.version(written?.version),
    };
    return [
      {
        ...identity,
        facets,
        ...(written !== undefined && { outputFacets: this.#facets.outputStatistics(written) }),
      },
    ];
  }

  #emit(body: Promise<Readonly<Record<string, unknown>>>): void {
    const { redactor, onLoss } = this.#options;
    const { producer } = this.#facets;
    const schemaURL = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    const text = body.then((event) =>
      JSON.stringify({ ...event, producer, schemaURL }, (key, value: unknown) =>
        typeof value === "string" ? shownText(key, value, redactor) : value,
      ),
    );
    this.#send(
      text.catch((error: unknown) => {
        onLoss(error);
        return undefined;
      }),
    );
  }

  #config(node: string): NodeConfig | undefined {
    return this.#options.plan.nodes.find(({ name }) => name === node)?.config;
  }
}

const freeText: ReadonlySet<string> = new Set(["description", "query", "message", "stackTrace"]);
const places: ReadonlySet<string> = new Set(["name", "namespace", "uri"]);

/** Ids, times and names stay as they are; a path or URL that was put together with a secret does not. */
function shownText(key: string, text: string, redactor: Redactor): string {
  if (freeText.has(key)) return redactor.text(text);
  return places.has(key) && /[/:]/.test(text) ? redactor.unmistakable(text) : text;
}

function unique<T extends DatasetIdentity>(datasets: readonly T[]): T[] {
  const first = new Map<string, T>();
  for (const dataset of datasets) {
    const key = `${dataset.namespace} ${dataset.name}`;
    if (!first.has(key)) first.set(key, dataset);
  }
  return [...first.values()];
}

/** The first failure of a node, when the run as a whole has none. */
function firstError({
  summary,
}: Extract<RunEvent, { readonly type: "run_finished" }>): EventError | undefined {
  return summary.nodes.find(({ error }) => error !== undefined)?.error;
}
