import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { type SectionName, sectionNames } from "./section-names.ts";

export interface ConfigFile {
  readonly path: string;
  /** The section of a file of its own; `undefined` for a config.yaml. */
  readonly section: SectionName | undefined;
}

const extensions = ["yaml", "yml"];

/** The files of a folder that belong to the configuration; one that probably should is an error. */
export async function findFiles(folder: string, errors: SparkwrightError[]): Promise<ConfigFile[]> {
  const names = new Set(await readdir(folder).catch(() => []));
  const found = extensions.flatMap((extension) =>
    [undefined, ...sectionNames].flatMap((section): ConfigFile[] => {
      const name = `${section ?? "config"}.${extension}`;
      return names.has(name) ? [{ path: join(folder, name), section }] : [];
    }),
  );
  const missing = sectionNames.filter((section) => found.every((file) => file.section !== section));
  for (const name of names) {
    const [, stem = ""] = /^(.+)\.ya?ml$/.exec(name) ?? [];
    const meant = stem === "config" ? undefined : suggest(stem, missing);
    if (meant === undefined) continue;
    const file = displayPath(join(folder, name));
    errors.push(
      new SparkwrightError("CONFIG_UNKNOWN_FILE", `${file} would not be read`, {
        position: { file, line: 1, column: 1 },
        hint: `Did you mean "${meant}.yaml"? Else give it a name less like it.`,
      }),
    );
  }
  return found;
}

/** The error of a folder, the project's own or that of an environment, without any such file. */
export function noFiles(folder: string, isProject: boolean): SparkwrightError {
  const shown = displayPath(folder);
  const file = isProject ? join("config", "nodes.yaml") : "global_settings.yaml";
  return new SparkwrightError(
    "CONFIG_FILE_MISSING",
    `${shown} holds no configuration: neither ${file} nor config.yaml`,
    {
      position: { file: join(shown, file), line: 1, column: 1 },
      hint: isProject
        ? "Create one of them, or name the project folder with --project."
        : "Create one of them, with what differs in this environment.",
    },
  );
}
