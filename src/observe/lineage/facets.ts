import type { DatasetConfig } from "../../config/project.ts";
import type { EventError } from "../../events/event-error.ts";
import type { DatasetWritten } from "../../events/run-event.ts";
import { type DataType, StructType } from "../../sql/types/data-type.ts";
import type { ColumnLineage } from "./column-lineage.ts";
import type { DatasetIdentity } from "./dataset-identity.ts";

export type Facets = Readonly<Record<string, unknown>>;

/** Makes the facets of OpenLineage, each with the version of its schema. */
export class FacetMaker {
  readonly producer: string;

  constructor(producer: string) {
    this.producer = producer;
  }

  parent(runId: string, namespace: string, pipeline: string): Facets {
    const run = { run: { runId }, job: { namespace, name: pipeline } };
    return { parent: this.#facet("ParentRunFacet", "1-2-0", { ...run, root: run }) };
  }

  /** The days of the run; the end is not part of it. */
  nominalTime(window: { readonly startDate: string; readonly endDate: string } | undefined): Facets {
    if (window === undefined) return {};
    const end = new Date(Date.parse(`${window.endDate}T00:00:00.000Z`) + 86_400_000);
    return {
      nominalTime: this.#facet("NominalTimeRunFacet", "1-0-1", {
        nominalStartTime: `${window.startDate}T00:00:00.000Z`,
        nominalEndTime: end.toISOString(),
      }),
    };
  }

  processingEngine(version: string | undefined, adapterVersion: string): Facets {
    if (version === undefined) return {};
    return {
      processing_engine: this.#facet("ProcessingEngineRunFacet", "1-1-1", {
        name: "spark",
        version,
        openlineageAdapterVersion: adapterVersion,
      }),
    };
  }

  /** Secrets were masked before. */
  errorMessage(error: EventError | undefined): Facets {
    if (error === undefined) return {};
    const { code, message, stack } = error;
    return {
      errorMessage: this.#facet("ErrorMessageRunFacet", "1-0-1", {
        message: `${code}: ${message}`,
        programmingLanguage: "TypeScript",
        ...(stack !== undefined && { stackTrace: stack }),
      }),
    };
  }

  jobType(jobType: "DAG" | "TASK", processingType: "BATCH" | "STREAMING"): Facets {
    return {
      jobType: this.#facet("JobTypeJobFacet", "2-0-4", {
        processingType,
        integration: "SPARKWRIGHT",
        jobType,
      }),
    };
  }

  sql(query: string): Facets {
    return { sql: this.#facet("SQLJobFacet", "1-1-0", { query, dialect: "spark" }) };
  }

  documentation(kind: "Job" | "Dataset", description: string | undefined): Facets {
    if (description === undefined) return {};
    return { documentation: this.#facet(`Documentation${kind}Facet`, "1-1-0", { description }) };
  }

  /** What is known of a dataset without asking Spark. */
  dataset(dataset: DatasetConfig, identity: DatasetIdentity): Facets {
    const { format, schema, description } = dataset;
    return {
      dataSource: this.#facet("DatasourceDatasetFacet", "1-0-1", {
        name: identity.namespace,
        uri: identity.namespace.includes(":") ? identity.namespace : `${identity.namespace}:/`,
      }),
      ...(schema !== undefined && this.#schema(schema.map(({ name, type }) => ({ name, type })))),
      ...this.#storage(format),
      ...this.documentation("Dataset", description),
    };
  }

  schema(type: StructType): Facets {
    return this.#schema(schemaFields(type));
  }

  columnLineage({ fields, dataset }: ColumnLineage): Facets {
    const described = Object.fromEntries(
      Object.entries(fields).map(([name, inputFields]) => [name, { inputFields }]),
    );
    return {
      columnLineage: this.#facet("ColumnLineageDatasetFacet", "1-2-0", { fields: described, dataset }),
    };
  }

  /** Of a Delta table. */
  version(version: bigint | undefined): Facets {
    if (version === undefined) return {};
    return {
      version: this.#facet("DatasetVersionDatasetFacet", "1-0-1", { datasetVersion: String(version) }),
    };
  }

  /** Nothing when the write did not take place, or took more rows than a number can tell exactly. */
  outputStatistics({ outcome, rows }: DatasetWritten): Facets {
    const rowCount = Number(rows);
    const took = outcome === "written" || outcome === "already_written";
    if (!took || !Number.isSafeInteger(rowCount)) return {};
    return { outputStatistics: this.#facet("OutputStatisticsOutputDatasetFacet", "1-0-2", { rowCount }) };
  }

  #schema(fields: readonly SchemaField[]): Facets {
    return { schema: this.#facet("SchemaDatasetFacet", "1-2-0", { fields }) };
  }

  #storage(format: string): Facets {
    const files = ["parquet", "orc", "avro", "json", "csv", "text", "xml"];
    if (format !== "delta" && !files.includes(format)) return {};
    const fileFormat = format === "delta" ? "parquet" : format;
    return {
      storage: this.#facet("StorageDatasetFacet", "1-0-1", { storageLayer: format, fileFormat }),
    };
  }

  #facet(name: string, version: string, body: Facets): Facets {
    const _schemaURL = `https://openlineage.io/spec/facets/${version}/${name}.json#/$defs/${name}`;
    return { _producer: this.producer, _schemaURL, ...body };
  }
}

interface SchemaField {
  readonly name: string;
  readonly type: string;
  readonly ordinal_position?: number;
  readonly fields?: readonly SchemaField[];
}

function schemaFields(type: StructType): SchemaField[] {
  return type.fields.map(({ name, dataType }, index) => ({
    name,
    type: dataType.simpleString(),
    ordinal_position: index + 1,
    ...nested(dataType),
  }));
}

function nested(type: DataType): { readonly fields?: readonly SchemaField[] } {
  return type instanceof StructType ? { fields: schemaFields(type) } : {};
}
