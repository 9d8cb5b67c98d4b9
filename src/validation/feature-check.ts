import type { DatasetConfig, FeatureRef, NodeConfig, Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { PlannedNode } from "../planning/run-plan.ts";

/** What is wrong with the features that a node asks for, as far as the configuration tells. */
export function checkFeatures(project: Project, { config: node }: PlannedNode): SparkwrightError[] {
  const { features = [] } = node;
  const errors: SparkwrightError[] = [];
  const names = new Map<string, FeatureRef>();
  for (const ref of features) {
    const first = names.get(ref.feature.toLowerCase());
    names.set(ref.feature.toLowerCase(), ref);
    if (first !== undefined) {
      const what = `wants ${first.source}.${first.feature} and ${ref.source}.${ref.feature}, two columns of one name`;
      errors.push(fault(node, ref, what, "Ask for one of them, or rename the column of one source."));
    }
    const dataset = project.datasets.get(ref.source);
    errors.push(
      ...(dataset === undefined ? [unknown(project, node, ref)] : sourceFaults(node, ref, dataset)),
    );
  }
  if (features.length > 0 && node.inputs.length === 0 && errors.length === 0) {
    const what = "has no input that features could be joined to";
    errors.push(fault(node, features[0], what, "Name the rows as its first `input`."));
  }
  return errors;
}

function unknown(project: Project, node: NodeConfig, ref: FeatureRef): SparkwrightError {
  const { source, feature, position = node.position } = ref;
  const meant = suggest(source, project.datasets.keys());
  const message = `node "${node.name}" wants the feature "${source}.${feature}", but no dataset is called "${source}"`;
  const hint = meant === undefined ? "" : `Did you mean "${meant}"? Else `;
  return new SparkwrightError("VALIDATION_UNKNOWN_DATASET", message, {
    position,
    hint: `${hint}${hint === "" ? "Declare" : "declare"} it in datasets.yaml, with entity_keys.`,
    details: { dataset: source, suggestion: meant },
  });
}

function sourceFaults(node: NodeConfig, ref: FeatureRef, dataset: DatasetConfig): SparkwrightError[] {
  const { source, feature } = ref;
  const { entityKeys, timestampColumn, schema } = dataset;
  const wanted = `wants the feature "${source}.${feature}", but`;
  if (entityKeys === undefined) {
    const hint = `Name the columns that identify an entity with \`entity_keys\` of datasets.${source}.`;
    return [fault(node, ref, `${wanted} "${source}" has no entity_keys`, hint)];
  }
  if (node.asOf !== undefined && timestampColumn === undefined) {
    const hint =
      "Name the column that says when a row became known, or remove `as_of` for the latest features.";
    return [fault(node, ref, `${wanted} as_of needs a timestamp_column of "${source}"`, hint)];
  }
  const known = schema?.map(({ name }) => name);
  if (known === undefined || known.some((name) => name.toLowerCase() === feature.toLowerCase())) return [];
  const meant = suggest(feature, known);
  const hint = meant === undefined ? `Its columns: ${known.join(", ")}.` : `Did you mean "${meant}"?`;
  return [fault(node, ref, `${wanted} "${source}" declares no such column`, hint)];
}

function fault(
  { name, position }: NodeConfig,
  ref: FeatureRef | undefined,
  what: string,
  hint: string,
): SparkwrightError {
  return new SparkwrightError("VALIDATION_FEATURES", `node "${name}" ${what}`, {
    position: ref?.position ?? position,
    hint,
    details: { node: name, ...(ref && { dataset: ref.source, feature: ref.feature }) },
  });
}
