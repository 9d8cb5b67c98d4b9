import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type LoadOptions, loadProject } from "../config/load-project.ts";
import type {
  DatasetConfig,
  GlobalSettings,
  MlInfo,
  NodeConfig,
  PipelineConfig,
  Project,
} from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { type FormatPolicy, formatPolicies } from "../formats/format-policy.ts";
import { checkText } from "./check-argument.ts";

/** What sparkwright knows about formats, by their names. */
export type FormatPolicies = ReadonlyMap<string, FormatPolicy>;

/** A loaded project, for everything that runs it from code. */
export class Context {
  readonly project: Project;

  /** Wraps a project that was loaded with `loadProject`. */
  constructor(project: Project) {
    this.project = project;
  }

  /**
   * Loads a project: its folder, or the `config.yaml` in it (or in its `config` folder).
   *
   * Thrown when there is none: `USAGE_PROJECT_NOT_FOUND`; when anything in it is wrong: an `ErrorList` of every
   * CONFIG_* error of all files.
   *
   * @example
   * const context = await Context.load("config.yaml");
   */
  static async load(path: string, options: LoadOptions = {}): Promise<Context> {
    checkText("path", path);
    return new Context(await loadProject(folderOf(path), options));
  }

  /** Absolute path of the project's folder. */
  get root(): string {
    return this.project.root;
  }

  /** The environment whose files were merged over the others, if one was asked for. */
  get environment(): string | undefined {
    return this.project.environment;
  }

  /** The content of `global_settings`, with defaults. */
  get settings(): GlobalSettings {
    return this.project.settings;
  }

  /** The pipelines of the project by name. */
  get pipelines(): ReadonlyMap<string, PipelineConfig> {
    return this.project.pipelines;
  }

  /** The nodes of the project by name. */
  get nodes(): ReadonlyMap<string, NodeConfig> {
    return this.project.nodes;
  }

  /** The declared datasets and, as managed tables in the default format, every output nobody declared. */
  get datasets(): ReadonlyMap<string, DatasetConfig> {
    return this.project.datasets;
  }

  /** The content of `ml_info.yaml`, if there is one. */
  get mlInfo(): MlInfo | undefined {
    return this.project.mlInfo;
  }

  /** What may be read, written and streamed in which format. */
  get formatPolicy(): FormatPolicies {
    return formatPolicies;
  }
}

function folderOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return path;
  if (found !== undefined && /^config\.ya?ml$/.test(basename(path))) {
    const folder = dirname(resolve(path));
    return basename(folder) === "config" ? dirname(folder) : folder;
  }
  const why = found === undefined ? "does not exist" : "is neither a folder nor a config.yaml";
  throw new SparkwrightError("USAGE_PROJECT_NOT_FOUND", `${path} ${why}`, {
    hint: "Name the project's folder, or the config.yaml in it.",
    details: { path },
  });
}
