import type { Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { PlannedNode } from "../planning/run-plan.ts";

/** Features of datasets that nobody declares, and of datasets that have no entities to join by. */
export function checkFeatures(project: Project, { name, config }: PlannedNode): SparkwrightError[] {
  return (config.features ?? []).flatMap(({ source, feature, position = config.position }) => {
    const dataset = project.datasets.get(source);
    if (dataset === undefined) {
      const meant = suggest(source, project.datasets.keys());
      const message = `node "${name}" wants the feature "${source}.${feature}", but no dataset is called "${source}"`;
      const hint = meant === undefined ? "" : `Did you mean "${meant}"? Else `;
      return new SparkwrightError("VALIDATION_UNKNOWN_DATASET", message, {
        position,
        hint: `${hint}${hint === "" ? "Declare" : "declare"} it in datasets.yaml, with entity_keys.`,
        details: { dataset: source, suggestion: meant },
      });
    }
    if (dataset.entityKeys !== undefined) return [];
    const message = `node "${name}" wants the feature "${source}.${feature}", but "${source}" has no entity_keys`;
    return new SparkwrightError("VALIDATION_FEATURES", message, {
      position,
      hint: `Name the columns that identify an entity with \`entity_keys\` of datasets.${source}.`,
      details: { dataset: source },
    });
  });
}
