import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { throwIfAny } from "../core/error-list.ts";
import { addOutputs, parseDatasets } from "./dataset-schema.ts";
import { defined } from "./defined.ts";
import { environmentFolder } from "./environment.ts";
import type { SecretKind, Variables } from "./interpolate.ts";
import { parseMlInfo } from "./ml-info-schema.ts";
import { parseNodes } from "./node-schema.ts";
import { defaultPipeline, parsePipelines } from "./pipeline-schema.ts";
import type { MissingSecret, NodeConfig, Project } from "./project.ts";
import { readSections, type Sections } from "./read-sections.ts";
import { resolveReferences } from "./resolve-references.ts";
import { Secrets } from "./secrets.ts";
import { parseSettings } from "./settings-schema.ts";
import { readSqlFiles } from "./sql-files.ts";

/** How a project is loaded. */
export interface LoadOptions {
  /** The environment whose files, `config/environments/<name>/…`, are merged over the others. @default SPARKWRIGHT_ENV */
  readonly environment?: string | undefined;
  /** What asks for that environment, as an error names it: `--env`. */
  readonly environmentAskedBy?: string | undefined;
  /** What `${VAR}`, secrets, SPARKWRIGHT_ENV and SPARK_REMOTE are looked up in. @default process.env */
  readonly variables?: Variables | undefined;
}

/**
 * Loads the configuration of a project folder.
 *
 * Positions name files relative to the working directory where they are inside it, else absolutely.
 * Thrown when anything is wrong: an `ErrorList` of every CONFIG_* error of all files. No error shows a secret. A
 * secret that is not set is no error here; it is one for whoever uses it (`missingSecrets`).
 */
export async function loadProject(dir: string, options: LoadOptions = {}): Promise<Project> {
  const root = resolve(dir);
  const variables = options.variables ?? process.env;
  const secrets = new Secrets(root, variables);
  const errors: SparkwrightError[] = [];
  await requireFolder(root);
  // An empty variable is how shells unset one.
  const environment = options.environment ?? (variables["SPARKWRIGHT_ENV"] || undefined);
  const askedBy = options.environment === undefined ? "SPARKWRIGHT_ENV" : options.environmentAskedBy;
  const folder = environment === undefined ? undefined : await environmentFolder(root, environment, askedBy);
  const sections = await readSections(root, folder, errors);
  const references = { variables, secret: (kind: SecretKind, name: string) => secrets.get(kind, name) };
  const missing: MissingSecret[] = [];
  for (const [name, { value }] of sections) resolveReferences(value, references, { errors, missing }, [name]);
  const project = await parseProject(root, sections, variables, errors);
  throwIfAny(errors.map((error) => secrets.masked(error)));
  return {
    ...project,
    ...defined({ environment }),
    ...(secrets.values.length > 0 && { secrets: secrets.values }),
    ...(secrets.short.length > 0 && { shortSecrets: secrets.short }),
    ...(missing.length > 0 && {
      missingSecrets: missing.map(({ path, error }) => ({ path, error: secrets.masked(error) })),
    }),
  };
}

async function parseProject(
  root: string,
  sections: Sections,
  variables: Variables,
  errors: SparkwrightError[],
): Promise<Project> {
  const settings = parseSettings(sections.get("global_settings"), root, variables, errors);
  const nodesSection = sections.get("nodes");
  const nodes = nodesSection ? parseNodes(nodesSection, root, errors) : new Map<string, NodeConfig>();
  const datasets = parseDatasets(sections.get("datasets"), root, settings, errors);
  addOutputs(datasets, nodes, settings, errors);
  const pipelinesSection = sections.get("pipelines");
  const pipelines = pipelinesSection
    ? parsePipelines(pipelinesSection, errors)
    : nodesSection
      ? defaultPipeline(nodes, nodesSection)
      : new Map();
  const mlInfoSection = sections.get("ml_info");
  const mlInfo = mlInfoSection && parseMlInfo(mlInfoSection, errors);
  if (nodesSection === undefined && errors.length === 0) errors.push(noNodes(root));
  await readSqlFiles(root, nodes, errors);
  return { root, settings, pipelines, nodes, datasets, ...defined({ mlInfo }) };
}

async function requireFolder(root: string): Promise<void> {
  const found = await stat(root).catch(() => undefined);
  if (found?.isDirectory()) return;
  const why = found === undefined ? "does not exist" : "is not a folder";
  throwIfAny([
    new SparkwrightError("CONFIG_PROJECT_MISSING", `the project folder ${displayPath(root)} ${why}`, {
      hint: "Name the folder that holds `config/` with --project.",
      position: { file: displayPath(root), line: 1, column: 1 },
    }),
  ]);
}

function noNodes(root: string): SparkwrightError {
  const file = displayPath(resolve(root, "config", "nodes.yaml"));
  return new SparkwrightError("CONFIG_FILE_MISSING", `the project has no nodes: ${file} does not exist`, {
    position: { file, line: 1, column: 1 },
    hint: "Create it, or add a `nodes` section to config.yaml.",
  });
}
