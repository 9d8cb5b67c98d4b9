import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { Variables } from "./interpolate.ts";
import type { Section } from "./parse-section.ts";
import { parseYaml } from "./parse-yaml.ts";
import { entriesOf, isRawMap, showValue } from "./raw-value.ts";
import { readText } from "./source-file.ts";

export const sectionNames = ["global_settings", "pipelines", "nodes", "datasets", "ml_info"] as const;
export type SectionName = (typeof sectionNames)[number];
export type Sections = ReadonlyMap<SectionName, Section>;

interface ConfigFile {
  readonly path: string;
  /** The section of a file of its own; `undefined` for a config.yaml. */
  readonly section: SectionName | undefined;
}

/**
 * Reads a project's configuration: `config/<section>.yaml`, and a `config.yaml` with the sections as keys in the
 * project folder or in `config/`. A section's own file holds it bare or below its name; below its name when the
 * name is a key of the file.
 */
export async function readSections(
  root: string,
  variables: Variables,
  errors: SparkwrightError[],
): Promise<Sections> {
  const files = await findFiles(root);
  if (files.length === 0) {
    const folder = displayPath(root);
    const message = `${folder} holds no configuration: neither config/nodes.yaml nor config.yaml`;
    const hint = "Create one of them, or name the project folder with --project.";
    const position = { file: join(folder, "config", "nodes.yaml"), line: 1, column: 1 };
    errors.push(new SparkwrightError("CONFIG_FILE_MISSING", message, { hint, position }));
  }
  const sections = new Map<SectionName, Section>();
  const contents = await Promise.all(
    files.map(({ path }) => readText(path).catch((error: unknown) => error)),
  );
  for (const [index, file] of files.entries()) {
    const content = contents[index];
    if (typeof content !== "string") {
      if (!(content instanceof SparkwrightError)) throw content;
      errors.push(content);
      continue;
    }
    for (const section of sectionsOf(file, content, variables, errors)) add(sections, section, errors);
  }
  return sections;
}

async function findFiles(root: string): Promise<ConfigFile[]> {
  const names = async (folder: string) => new Set(await readdir(folder).catch(() => []));
  const [top, config] = [await names(root), await names(join(root, "config"))];
  const found: ConfigFile[] = [];
  for (const extension of ["yaml", "yml"]) {
    if (top.has(`config.${extension}`)) {
      found.push({ path: join(root, `config.${extension}`), section: undefined });
    }
    for (const section of [undefined, ...sectionNames]) {
      const name = `${section ?? "config"}.${extension}`;
      if (config.has(name)) found.push({ path: join(root, "config", name), section });
    }
  }
  return found;
}

function sectionsOf(
  { path, section: own }: ConfigFile,
  text: string,
  variables: Variables,
  errors: SparkwrightError[],
): Section[] {
  const file = displayPath(path);
  const position = { file, line: 1, column: 1 };
  const parsed = parseYaml(text, file, variables);
  errors.push(...parsed.errors);
  if (parsed.errors.length > 0) return [];
  const { value } = parsed;
  if (value === null || value === undefined) {
    const hint =
      own === undefined ? `Write ${sectionNames.join(", ")}.` : `Write the ${own}, or remove the file.`;
    errors.push(new SparkwrightError("CONFIG_FILE_EMPTY", `${file} is empty`, { position, hint }));
    return [];
  }
  const bare = own !== undefined && !(isRawMap(value) && Object.hasOwn(value, own));
  if (bare) return [{ name: own, value, position }];
  if (!isRawMap(value)) {
    const message = `${file} must be a map of ${sectionNames.join(", ")}, but is ${showValue(value)}`;
    const hint = "Write `nodes:` and, indented below it, the nodes.";
    errors.push(new SparkwrightError("CONFIG_WRONG_TYPE", message, { position, hint }));
    return [];
  }
  return entriesOf(value).flatMap(({ name, value: content, place }) => {
    const key = place?.key ?? position;
    if (isSectionName(name)) return [{ name, value: content, position: key }];
    const meant = suggest(name, sectionNames);
    errors.push(
      new SparkwrightError("CONFIG_UNKNOWN_KEY", `unknown section "${name}" in ${file}`, {
        position: key,
        hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Allowed: ${sectionNames.join(", ")}.`,
      }),
    );
    return [];
  });
}

function add(sections: Map<SectionName, Section>, section: Section, errors: SparkwrightError[]): void {
  if (!isSectionName(section.name)) return;
  const first = sections.get(section.name);
  if (first === undefined) {
    sections.set(section.name, section);
    return;
  }
  const { file, line } = first.position;
  errors.push(
    new SparkwrightError("CONFIG_DUPLICATE_SECTION", `${section.name} also stands in ${file}:${line}`, {
      position: section.position,
      hint: "Keep the section in one file.",
    }),
  );
}

function isSectionName(name: string): name is SectionName {
  return (sectionNames as readonly string[]).includes(name);
}
