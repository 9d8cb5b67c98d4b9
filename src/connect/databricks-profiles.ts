import { readFileSync } from "node:fs";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";

/** The keys and values of one profile; keys in lower case, no value empty. */
export type DatabricksProfile = ReadonlyMap<string, string>;

const settingsSection = "__settings__";

/**
 * The profile of that name, or, without a name, the default one: what `[__settings__]` names, else `DEFAULT`;
 * `undefined` when the file has no default profile or does not exist.
 *
 * Thrown when a named profile is not there: `DATABRICKS_PROFILE_NOT_FOUND`.
 */
export function readProfile(file: string, name: string | undefined): DatabricksProfile | undefined {
  const profiles = readProfiles(file);
  const chosen = name ?? profiles.get(settingsSection)?.get("default_profile") ?? "DEFAULT";
  const profile = chosen === settingsSection ? undefined : profiles.get(chosen);
  if (profile !== undefined || name === undefined) return profile;
  const names = [...profiles.keys()].filter((other) => other !== settingsSection);
  const meant = suggest(name, names);
  throw new SparkwrightError(
    "DATABRICKS_PROFILE_NOT_FOUND",
    names.length === 0
      ? `The Databricks profile "${name}" is not there: ${file} does not exist or has no profiles.`
      : `The Databricks profile "${name}" is not in ${file}.`,
    {
      hint:
        meant === undefined
          ? `Add [${name}] to the file, or set DATABRICKS_CONFIG_FILE to another one.`
          : `Did you mean "${meant}"?`,
      details: { file, profile: name, profiles: names },
    },
  );
}

function readProfiles(file: string): ReadonlyMap<string, DatabricksProfile> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw new SparkwrightError("DATABRICKS_CONFIG", `${file} cannot be read.`, { cause, details: { file } });
  }
  return parseProfiles(text, file);
}

/**
 * Profiles as the Databricks command line writes them: `[name]`, then `key = value`; lines that begin with `#` or `;`
 * are comments, and keys above the first name belong to `DEFAULT`. No profile inherits from another.
 *
 * Thrown at a line that is none of these: `DATABRICKS_CONFIG`, with its place and never its text, which may be a secret.
 */
export function parseProfiles(text: string, file: string): ReadonlyMap<string, DatabricksProfile> {
  const profiles = new Map<string, Map<string, string>>();
  const open = (name: string): Map<string, string> => {
    const profile = profiles.get(name) ?? new Map<string, string>();
    profiles.set(name, profile);
    return profile;
  };
  let current: Map<string, string> | undefined;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const section = /^\[([^\]]+)\]$/.exec(line)?.[1];
    if (section !== undefined) {
      current = open(section.trim());
      continue;
    }
    const [, key, value] = /^([A-Za-z_][\w.-]*)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) throw malformed(file, index + 1);
    current ??= open("DEFAULT");
    const plain = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
    if (plain !== "") current.set(key.toLowerCase(), plain);
  }
  return profiles;
}

function malformed(file: string, line: number): SparkwrightError {
  return new SparkwrightError(
    "DATABRICKS_CONFIG",
    `Line ${line} of ${file} is neither [profile] nor key = value.`,
    { position: { file, line, column: 1 }, hint: "Write one key = value a line; a comment begins with #." },
  );
}
