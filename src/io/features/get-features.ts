import type { DatasetConfig, FeatureRef, Project } from "../../config/project.ts";
import type { DataFrame } from "../../sql/data-frame.ts";
import type { SparkSession } from "../../sql/spark-session.ts";
import { loadInput } from "../load-input.ts";
import { bySource, parseFeatureRef } from "./feature-source.ts";
import { joinFeatures } from "./join-features.ts";

/** How features are joined to a spine. */
export interface FeatureOptions {
  /** The TIMESTAMP or DATE column of the spine as of which features are joined; without it, the latest are. */
  readonly asOf?: string | undefined;
  /** Reads a source. @default as it is stored */
  readonly load?: ((dataset: DatasetConfig) => Promise<DataFrame>) | undefined;
}

/**
 * The rows of the spine, each once, with the features beside them, in the order in which sources are first named.
 *
 * @example await getFeatures(project, spark, ["customer.orders_30d"], orders, { asOf: "ordered_at" })
 */
export async function getFeatures(
  project: Pick<Project, "datasets">,
  session: SparkSession,
  features: readonly (string | FeatureRef)[],
  spine: DataFrame,
  { asOf, load = (dataset) => loadInput(session, dataset, undefined) }: FeatureOptions = {},
): Promise<DataFrame> {
  const refs = features.map((one) => (typeof one === "string" ? parseFeatureRef(one) : one));
  let rows = spine;
  for (const requested of bySource(project, refs)) {
    rows = await joinFeatures(rows, await load(requested.dataset), requested, asOf);
  }
  return rows;
}
