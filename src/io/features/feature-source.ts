import type { DatasetConfig, FeatureRef, Project } from "../../config/project.ts";
import { SparkwrightError } from "../../core/error.ts";
import { suggest } from "../../core/suggestion.ts";

/** A dataset whose columns can be asked for as features. */
export interface FeatureSource {
  readonly source: string;
  readonly description?: string;
  readonly entityKeys: readonly string[];
  /** When a row became known; without it only the latest features can be had. */
  readonly timestampColumn?: string;
  /** The columns that are features, where the dataset declares its schema. */
  readonly features?: readonly string[];
}

/** Every source of features of a project, in the order of its datasets. */
export function listFeatures({ datasets }: Pick<Project, "datasets">): readonly FeatureSource[] {
  return [...datasets.values()].flatMap((dataset) => {
    const { name, description, entityKeys, timestampColumn, schema } = dataset;
    if (entityKeys === undefined) return [];
    const others = new Set([...entityKeys, timestampColumn ?? ""].map((column) => column.toLowerCase()));
    const features = schema
      ?.map((column) => column.name)
      .filter((column) => !others.has(column.toLowerCase()));
    return {
      source: name,
      entityKeys,
      ...(description !== undefined && { description }),
      ...(timestampColumn !== undefined && { timestampColumn }),
      ...(features !== undefined && { features }),
    };
  });
}

/** `customer.orders_30d`: the feature is what follows the last dot. Thrown when there is none: `USAGE_FEATURE`. */
export function parseFeatureRef(text: string): FeatureRef {
  const dot = text.lastIndexOf(".");
  if (dot > 0 && dot < text.length - 1) return { source: text.slice(0, dot), feature: text.slice(dot + 1) };
  throw new SparkwrightError("USAGE_FEATURE", `"${text}" is not a feature`, {
    hint: "Write the name of its dataset and of its column: customer.orders_30d.",
  });
}

export interface RequestedFeatures {
  readonly dataset: DatasetConfig;
  readonly entityKeys: readonly string[];
  readonly features: readonly string[];
}

/**
 * The features of each source, in the order in which sources are first named.
 *
 * Thrown when a source is none (`FEATURE_SOURCE`) or two features have one name (`FEATURE_NAME`).
 */
export function bySource(
  { datasets }: Pick<Project, "datasets">,
  refs: readonly FeatureRef[],
): readonly RequestedFeatures[] {
  const names = new Map<string, FeatureRef>();
  for (const ref of refs) {
    const first = names.get(ref.feature.toLowerCase());
    if (first !== undefined) throw sameName(first, ref);
    names.set(ref.feature.toLowerCase(), ref);
  }
  return [...Map.groupBy(refs, ({ source }) => source)].map(([source, asked]) => {
    const dataset = datasets.get(source);
    const entityKeys = dataset?.entityKeys;
    if (dataset === undefined || entityKeys === undefined) {
      const known = listFeatures({ datasets }).map((one) => one.source);
      throw noSource(source, dataset !== undefined, known, asked[0]?.position);
    }
    return { dataset, entityKeys, features: asked.map(({ feature }) => feature) };
  });
}

function noSource(
  source: string,
  exists: boolean,
  known: readonly string[],
  position: FeatureRef["position"],
): SparkwrightError {
  const meant = suggest(source, known);
  const why = exists ? `dataset '${source}' has no entity_keys, so it is no source of features` : undefined;
  return new SparkwrightError("FEATURE_SOURCE", why ?? `there is no source of features '${source}'`, {
    hint: exists
      ? "Name the columns that identify an entity with `entity_keys` of the dataset."
      : meant === undefined
        ? `Sources of features: ${known.join(", ") || "none"}.`
        : `Did you mean '${meant}'?`,
    position,
    details: { source, known },
  });
}

function sameName(first: FeatureRef, second: FeatureRef): SparkwrightError {
  const [one, other] = [first, second].map(({ source, feature }) => `${source}.${feature}`);
  return new SparkwrightError("FEATURE_NAME", `${one} and ${other} would be columns of the same name`, {
    hint: "Ask for one of them, or rename the column of one source.",
    position: second.position,
  });
}
