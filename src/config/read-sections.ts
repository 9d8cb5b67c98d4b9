import { join } from "node:path";
import { displayPath } from "../core/display-path.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { type ConfigFile, findFiles, noFiles } from "./config-files.ts";
import { mergeRaw } from "./merge-raw.ts";
import { parsePlainYaml } from "./parse-plain-yaml.ts";
import type { Section } from "./parse-section.ts";
import type { ParsedYaml } from "./parse-yaml.ts";
import { entriesOf, isRawMap, showValue } from "./raw-value.ts";
import { isSectionName, type SectionName, sectionNames } from "./section-names.ts";
import { readText } from "./source-file.ts";

export type Sections = ReadonlyMap<SectionName, Section>;

/**
 * Reads a project's configuration: `config/<section>.yaml`, and a `config.yaml` with the sections as keys in the
 * project folder or in `config/`. A section's own file holds it bare or below its name; below its name when the
 * name is a key of the file. The same files of `environment`, a folder, are merged over them per key.
 */
export async function readSections(
  root: string,
  environment: string | undefined,
  errors: SparkwrightError[],
): Promise<Sections> {
  const own = await findFiles(join(root, "config"), errors);
  const files = [...(await findFiles(root, [])).filter((file) => file.section === undefined), ...own];
  if (files.length === 0) errors.push(noFiles(root, true));
  const base = await readFiles(files, errors);
  if (environment === undefined) return base;
  const others = await findFiles(environment, errors);
  if (others.length === 0) errors.push(noFiles(environment, false));
  const over = await readFiles(others, errors);
  const names = new Set([...base.keys(), ...over.keys()]);
  return new Map([...names].map((name) => [name, merged(base.get(name), over.get(name), name)]));
}

function merged(base: Section | undefined, over: Section | undefined, name: SectionName): Section {
  if (base === undefined || over === undefined) return (base ?? over) as Section;
  const position = isRawMap(over.value) ? base.position : over.position;
  return { name, value: mergeRaw(base.value, over.value), position };
}

async function readFiles(files: readonly ConfigFile[], errors: SparkwrightError[]): Promise<Sections> {
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
    for (const section of await sectionsOf(file, content, errors)) add(sections, section, errors);
  }
  return sections;
}

/** The full parser takes as long to load as most commands to run, and few files need it. */
async function parse(text: string, file: string): Promise<ParsedYaml> {
  const plain = parsePlainYaml(text, file);
  if (plain !== undefined) return { value: plain.value, errors: [] };
  const { parseYaml } = await import("./parse-yaml.ts");
  return parseYaml(text, file);
}

async function sectionsOf(
  { path, section: own }: ConfigFile,
  text: string,
  errors: SparkwrightError[],
): Promise<Section[]> {
  const file = displayPath(path);
  const position = { file, line: 1, column: 1 };
  const parsed = await parse(text, file);
  errors.push(...parsed.errors);
  if (parsed.errors.length > 0) return [];
  const { value } = parsed;
  if (value === null || value === undefined) {
    // Settings all have defaults, and a section may be written elsewhere; a file of comments is a template.
    if (own !== "nodes" && own !== undefined && text.trim() !== "") return [];
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
