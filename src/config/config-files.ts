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

/** The files of a folder that belong to the configuration; any other YAML file there is an error. */
export async function findFiles(folder: string, errors: SparkwrightError[]): Promise<ConfigFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = new Set(entries.map(({ name }) => name));
  const found = extensions.flatMap((extension) =>
    [undefined, ...sectionNames].flatMap((section): ConfigFile[] => {
      const name = `${section ?? "config"}.${extension}`;
      return names.has(name) ? [{ path: join(folder, name), section }] : [];
    }),
  );
  for (const entry of entries) {
    const right = rightName(entry.name, entry.isDirectory());
    if (right === undefined || found.some(({ path }) => path === join(folder, entry.name))) continue;
    const file = displayPath(join(folder, entry.name));
    errors.push(
      new SparkwrightError("CONFIG_UNKNOWN_FILE", `${file} would not be read`, {
        position: { file, line: 1, column: 1 },
        hint: `${right === "" ? `The files of this folder are ${known}.` : `Did you mean "${right}"?`} ${elsewhere}`,
      }),
    );
  }
  return found;
}

const known = ["config", ...sectionNames].map((name) => `${name}.yaml`).join(", ");
const elsewhere = "Move what it holds there, or move it out of the folder.";

/** What a file that is not read should be called: "" when nobody knows, `undefined` when it is none of ours. */
function rightName(name: string, isFolder: boolean): string | undefined {
  // Editors leave `.nodes.yaml.swp`, `nodes.yaml~`, `#nodes.yaml#` and the like.
  if (/^[.#]/.test(name)) return undefined;
  const stem = isFolder ? name : /^(.+)\.ya?ml$/i.exec(name)?.[1];
  if (stem === undefined || name === "environments") return undefined;
  const words = ["config", ...sectionNames];
  const meant = words.find((word) => word === stem.toLowerCase()) ?? suggest(stem.toLowerCase(), words);
  // Folders that are called otherwise may hold anything.
  if (isFolder) return meant === undefined ? undefined : `${meant}.yaml`;
  return meant === undefined ? "" : `${meant}.yaml`;
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
