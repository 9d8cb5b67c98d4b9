import type { DatasetConfig } from "../../../src/config/project.ts";
import type { CheckedRows } from "../../../src/io/checks/check-result.ts";
import type { DayWindow } from "../../../src/io/day-window.ts";
import { loadInput } from "../../../src/io/load-input.ts";
import { saveOutput } from "../../../src/io/save-output.ts";
import type { SavedDataset, SaveRequest } from "../../../src/io/save-request.ts";
import { unreadableFile } from "../../../src/io/unreadable-file.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { engineSession } from "../engine/engine-project.ts";
import { scratchFolder } from "../spark.ts";

/** What a write did or why it failed, and what it told on its way. */
export interface Saved {
  readonly saved?: SavedDataset;
  readonly error?: { readonly code: string; readonly message: string; readonly position?: unknown };
  readonly checked?: CheckedRows;
  readonly warnings: readonly string[];
}

const fileFormats = ["delta", "parquet", "orc", "json", "csv"] as const;

/** A database of its own for the tests of one file. */
export class DatasetFixture {
  readonly db: string;
  readonly session: SparkSession;
  #run = 0;

  private constructor(db: string, session: SparkSession) {
    this.db = db;
    this.session = session;
  }

  static async open(name: string): Promise<DatasetFixture> {
    const session = await engineSession();
    const db = `${name}_${process.pid}_${Date.now().toString(36)}`;
    await session.sql(`CREATE DATABASE ${db}`);
    return new DatasetFixture(db, session);
  }

  dataset(name: string, some: Partial<DatasetConfig> = {}): DatasetConfig {
    return {
      name,
      location: { kind: "table", table: `${this.db}.${name}` },
      format: "delta",
      mode: "overwrite",
      partitionBy: [],
      mergeKeys: [],
      options: {},
      ...some,
    };
  }

  /** Saves the rows of a query in a run of their own. */
  async save(dataset: DatasetConfig, query: string, some: Partial<SaveRequest> = {}): Promise<Saved> {
    const warnings: string[] = [];
    let checked: CheckedRows | undefined;
    const facts = () => ({ warnings, ...(checked !== undefined && { checked }) });
    this.#run += 1;
    try {
      const saved = await saveOutput({
        session: this.session,
        dataset,
        frame: some.frame ?? (await this.session.sql(query)),
        window: { startDate: "2001-01-01", endDate: "2001-01-02" },
        tag: { pipeline: "p", node: "n", runId: `run-${this.#run}`, attempt: 1 },
        onChecked: (found) => {
          checked = found;
        },
        onWarning: (message) => warnings.push(message),
        ...some,
      });
      return { saved, ...facts() };
    } catch (error) {
      return { error: error as NonNullable<Saved["error"]>, ...facts() };
    }
  }

  /** The dataset in every place of its own, as `delta table` or `csv path`. */
  stores(
    name: string,
    some: Partial<DatasetConfig> = {},
    formats: readonly string[] = fileFormats,
  ): ReadonlyMap<string, DatasetConfig> {
    return new Map(
      formats.flatMap((format) => {
        const options = format === "csv" ? { header: "true" } : {};
        const table = this.dataset(`${name}_${format}`, { format, options, ...some });
        const path = { ...table, location: { kind: "path", path: `${scratchFolder()}/x` } } as const;
        return [
          [`${format} table`, table],
          [`${format} path`, path],
        ];
      }),
    );
  }

  /** The rows of a dataset as a node reads them, sorted, as texts: `null`, numbers and ISO 8601. */
  async read(
    dataset: DatasetConfig,
    window?: DayWindow,
    session: SparkSession = this.session,
  ): Promise<string[]> {
    const rows = await (await loadInput(session, dataset, window)).collect().catch((error: unknown) => {
      throw unreadableFile([dataset], error);
    });
    return rows.map((row) => [...row].map(String).join(" ")).sort();
  }

  /** The columns of a dataset as a node reads them: `id bigint`. */
  async columns(dataset: DatasetConfig): Promise<string[]> {
    const { fields } = await (await loadInput(this.session, dataset, undefined)).schema();
    return fields.map(({ name, dataType }) => `${name} ${dataType.simpleString()}`);
  }

  /** The rows of a query as texts, `$DB` being the database. */
  async rows(query: string): Promise<string[]> {
    const frame = await this.session.sql(query.replaceAll("$DB", this.db));
    return (await frame.collect()).map((row) => Object.values(row).map(String).join(" "));
  }

  async close(): Promise<void> {
    await this.session.sql(`DROP DATABASE ${this.db} CASCADE`);
    await this.session.stop();
  }
}
