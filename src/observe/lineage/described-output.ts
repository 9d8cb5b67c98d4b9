import type { DatasetConfig } from "../../config/project.ts";
import type { DataFrame } from "../../sql/data-frame.ts";
import type { StructType } from "../../sql/types/data-type.ts";
import { type ColumnLineage, columnLineage } from "./column-lineage.ts";
import type { CatalogFacts } from "./dataset-identity.ts";

/** What Spark says about an output before it is written; what it does not say is absent. */
export interface DescribedOutput {
  readonly schema?: StructType;
  readonly lineage?: ColumnLineage;
  /** Of Spark. */
  readonly version?: string;
}

/** How long Spark may take to explain a plan, milliseconds. */
const longestMs = 10_000;

/** Asks Spark for columns and plan. Never rejects: what is wrong with the DataFrame is told by the write. */
export async function describeOutput(
  frame: DataFrame,
  inputs: readonly DatasetConfig[],
  catalog: CatalogFacts,
): Promise<DescribedOutput> {
  const tooLate = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => tooLate.resolve(undefined), longestMs);
  const soon = <T>(asked: Promise<T>) => Promise.race([asked.catch(() => undefined), tooLate.promise]);
  try {
    const [schema, explained, version] = await Promise.all([
      soon(frame.schema()),
      soon(frame.explainString("extended")),
      soon(frame.sparkSession.version()),
    ]);
    const lineage =
      schema === undefined || explained === undefined
        ? undefined
        : columnLineage(explained, schema.names, { inputs, catalog });
    return {
      ...(schema !== undefined && { schema }),
      ...(lineage !== undefined && { lineage }),
      ...(version !== undefined && { version }),
    };
  } catch {
    return {};
  } finally {
    clearTimeout(timer);
  }
}
