import { nodeNames } from "../config/names.ts";
import type { PipelineConfig, Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { ErrorList } from "../core/error-list.ts";
import { suggest } from "../core/suggestion.ts";

/**
 * The pipeline of this name. A project that declares none is one pipeline of all its nodes, and that one takes the
 * name it is asked for: its runs are recorded under it.
 *
 * Thrown when there is none: an `ErrorList` of `USAGE_UNKNOWN_PIPELINE`.
 */
export function findPipeline({ pipelines }: Project, name: string): PipelineConfig {
  const declared = pipelines.get(name);
  if (declared !== undefined) return declared;
  const [only] = pipelines.values();
  if (only?.implicit === true && nodeNames.test(name)) return { ...only, name };
  const known = [...pipelines.keys()];
  const meant = suggest(name, known);
  const shown = known.length > 20 ? [...known.slice(0, 20), "…"] : known;
  const unknown = new SparkwrightError("USAGE_UNKNOWN_PIPELINE", `there is no pipeline "${name}"`, {
    hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Pipelines: ${shown.join(", ") || "none"}.`,
    details: { pipeline: name, known, suggestion: meant },
  });
  throw new ErrorList([unknown]);
}
