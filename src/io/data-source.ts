import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { datasetLabel } from "./dataset-name.ts";
import type { DayWindow } from "./day-window.ts";

/** What a data source is asked for. */
export interface DataSourceRequest {
  /** The session that the DataFrame must belong to. */
  readonly session: SparkSession;
  readonly dataset: DatasetConfig;
  /** The dataset's `options`; they may hold secrets. */
  readonly options: Readonly<Record<string, string>>;
  /** The days that are needed, both included; all without it. Other days are left out afterwards anyway. */
  readonly window: DayWindow | undefined;
}

/** Reads datasets that name it with `source`, instead of one of Spark's own readers. */
export interface DataSource {
  /** The rows that the dataset stands for, as a DataFrame of the session given. */
  read(request: DataSourceRequest): DataFrame | Promise<DataFrame>;
  /** A number that grows when the data changes, for a resume to know whether a node that read it is still valid. */
  version?(request: DataSourceRequest): bigint | undefined | Promise<bigint | undefined>;
  /** The columns that every DataFrame of it has at least, as DDL: `id BIGINT, name STRING`. */
  readonly schema?: string;
}

/** Finds a data source by its name. Rejects when there is none. */
export type FindDataSource = (name: string) => DataSource | Promise<DataSource>;

const registered = new Map<string, DataSource>();

/**
 * Makes a data source known to all projects of this process. A later one of the same name replaces it.
 *
 * Thrown when it cannot read: `USAGE_DATA_SOURCE`.
 *
 * @example registerDataSource("crm", { read: ({ session }) => session.table("crm_raw.customers") });
 */
export function registerDataSource(name: string, source: DataSource): void {
  if (name === "" || typeof source?.read !== "function") {
    throw new SparkwrightError("USAGE_DATA_SOURCE", `'${name}' is no data source`, {
      hint: 'Give a name and an object with a function `read`: registerDataSource("crm", { read: … }).',
    });
  }
  registered.set(name, source);
}

/** The data sources that code has registered. */
export function registeredDataSources(): ReadonlyMap<string, DataSource> {
  return registered;
}

/** The registered data source of a name. Thrown when there is none: `DATASET_SOURCE`, with what was probably meant. */
export function registeredDataSource(name: string): DataSource {
  const source = registered.get(name);
  if (source !== undefined) return source;
  const meant = suggest(name, registered.keys());
  throw new SparkwrightError("DATASET_SOURCE", `there is no data source '${name}'`, {
    hint:
      meant === undefined
        ? "Name its function under `data_sources` of the global settings, or register it with registerDataSource()."
        : `Did you mean '${meant}'?`,
    details: { source: name, known: [...registered.keys()] },
  });
}

/**
 * What a data source reads.
 *
 * Thrown when it returns no DataFrame of the session (`DATASET_SOURCE_RESULT`) or one without the columns that it
 * promises (`DATASET_SOURCE_SCHEMA`).
 */
export async function readSource(source: DataSource, request: DataSourceRequest): Promise<DataFrame> {
  const { session, dataset } = request;
  const frame: unknown = await source.read(request);
  if (!(frame instanceof DataFrame) || frame.sparkSession !== session) {
    const what = frame instanceof DataFrame ? "a DataFrame of another session" : `${typeof frame}`;
    throw sourceError(
      "DATASET_SOURCE_RESULT",
      dataset,
      `returned ${what}`,
      "Return a DataFrame of request.session.",
    );
  }
  if (source.schema === undefined) return frame;
  const promised = await session.parseSchema(source.schema);
  const given = new Map(
    (await frame.schema()).fields.map((field) => [field.name.toLowerCase(), field.dataType]),
  );
  const faults = promised.fields.flatMap(({ name, dataType }) => {
    const type = given.get(name.toLowerCase())?.simpleString();
    if (type === dataType.simpleString()) return [];
    return type === undefined
      ? `column '${name}' is missing`
      : `column '${name}' is ${type}, promised as ${dataType.simpleString()}`;
  });
  if (faults.length === 0) return frame;
  const what = `does not return what its schema promises: ${faults.join("; ")}`;
  throw sourceError("DATASET_SOURCE_SCHEMA", dataset, what, "Correct `read` or `schema` of the data source.");
}

function sourceError(code: string, dataset: DatasetConfig, what: string, hint: string): SparkwrightError {
  return new SparkwrightError(code, `${datasetLabel(dataset)}: its data source '${dataset.source}' ${what}`, {
    hint,
    position: dataset.positions?.["source"] ?? dataset.position,
    details: { dataset: dataset.name, source: dataset.source },
  });
}
